"""``devices probe``: what is connected, what could not be looked for, and the configuration that follows from it."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

from devices.inspection.new_file import NewFile
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
        if arguments.write is None:
            return _probe(places, language, None, is_json=arguments.json)
        with NewFile(arguments.write) as file:
            status = _probe(places, language, file, is_json=arguments.json)
        # stdout may be a program's
        sys.stderr.write(sentence("probe.written", language, path=str(arguments.write)) + "\n")
    except KeyboardInterrupt:
        return 130
    except FileExistsError:
        sys.stderr.write(sentence("probe.file_exists", language, path=str(arguments.write)) + "\n")
        return 2
    except OSError:
        if arguments.write is None:
            raise
        sys.stderr.write(sentence("probe.file_refused", language, path=str(arguments.write)) + "\n")
        return 2
    return status


def _probe(places: Places, language: Language, file: NewFile | None, *, is_json: bool) -> int:
    """Asks, tells, and writes the proposal to `file`, else to the screen."""
    reports = ask_all(places)
    proposal = propose(finding for report in reports for finding in report.findings)
    text = as_yaml(proposal)
    if is_json:
        data = {"sources": reports, "proposal": text}
        sys.stdout.write(msgspec.json.format(msgspec.json.encode(data)).decode() + "\n")
    else:
        sys.stdout.write(as_text(reports, language) + "\n")
    if file is not None:
        file.write(text.encode())
    elif not is_json:
        sys.stdout.write(text)
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
