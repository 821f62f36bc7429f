"""``devices probe``: what is connected, what could not be looked for, and the configuration that follows from it."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

from devices.probing.findings import Finding, Places, Reason
from devices.probing.proposal import as_yaml, propose
from devices.probing.sources import SourceReport, ask_all
from kiosk.base.sentences import Language, sentence


def main(argv: Sequence[str], places: Places | None = None) -> int:
    """Returns 0 when anything was found that can be proposed, 1 when nothing was, 2 when the proposal cannot be written,
    130 when interrupted."""
    arguments = _parser().parse_args(argv)
    places = msgspec.structs.replace(
        places or Places(),
        talks=arguments.talk,
        ports=tuple(str(Path(port).absolute()) for port in arguments.port),
        descriptions=tuple(arguments.description),
    )
    language: Language = arguments.language
    try:
        reports = ask_all(places)
    except KeyboardInterrupt:
        return 130
    proposal = propose(finding for report in reports for finding in report.findings)
    if arguments.json:
        data = {"sources": reports, "proposal": as_yaml(proposal)}
        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(data)) + b"\n")
    else:
        sys.stdout.write(as_text(reports, language) + "\n")
    if arguments.write is None:
        if not arguments.json:
            sys.stdout.write(as_yaml(proposal))
    elif not _write(arguments.write, as_yaml(proposal), language):
        return 2
    return 0 if proposal.chosen else 1


def as_text(reports: Sequence[SourceReport], language: Language) -> str:
    """A paragraph for each source."""
    lines = []
    for report in reports:
        lines.append(f"{sentence(f'probe.source_{report.source}', language)}")
        lines += [line for finding in report.findings for line in _finding(finding, language)]
        if report.problem is not None:
            lines.append(f"  ! {_told(report.problem, language)}")
        elif not report.findings:
            lines.append(f"  {sentence('probe.none_found', language)}")
    return "\n".join(lines) + "\n"


def _finding(finding: Finding, language: Language) -> list[str]:
    use = "" if finding.device is None else f" → {sentence(f'probe.class_{finding.device.value}', language)}"
    return [
        f"  {finding.place}  {finding.name}{use}",
        *(f"    {_told(note, language)}" for note in finding.notes),
    ]


def _told(reason: Reason, language: Language) -> str:
    return sentence(reason.key, language, **reason.values)


def _write(path: Path, text: str, language: Language) -> bool:
    """Writes a new file of the owner alone; an existing one is never touched."""
    try:
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    except FileExistsError:
        sys.stderr.write(sentence("probe.file_exists", language, path=str(path)) + "\n")
        return False
    except OSError:
        sys.stderr.write(sentence("probe.file_refused", language, path=str(path)) + "\n")
        return False
    with os.fdopen(number, "w", encoding="utf-8") as file:
        file.write(text)
    sys.stdout.write(sentence("probe.written", language, path=str(path)) + "\n")
    return True


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="main.py devices probe", description="找出接着的设备并提出配置 finds devices and proposes a configuration"
    )
    parser.add_argument(
        "--write", type=Path, metavar="FILE", help="把提出的配置写进新文件 writes the proposal to a new file"
    )
    parser.add_argument(
        "--talk",
        action="store_true",
        help="允许向串口发问，未知的设备可能会动 lets it speak to serial ports; an unknown device may move",
    )
    parser.add_argument(
        "--port", action="append", default=[], metavar="PATH", help="再看这个串口，可多次 one more serial port"
    )
    parser.add_argument(
        "--description",
        action="append",
        default=[],
        metavar="FILE",
        help="再试这个设备描述文件 one more description to try",
    )
    parser.add_argument("--language", choices=("zh_CN", "zh_HK", "en"), default="zh_CN", help="语言 language")
    parser.add_argument("--json", action="store_true", help="机器可读 for programs")
    return parser
