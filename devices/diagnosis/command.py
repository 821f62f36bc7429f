"""``devices diagnose``: gathers the bundle. Nothing personal gets in: what could hold any is never asked for, logs are the
catalogue's, and a last sieve goes over every member (`devices.diagnosis.screening`)."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from devices.diagnosis import configuration, facts, screening
from devices.diagnosis.bundle import pack
from devices.inspection import configured, quiet_log
from devices.inspection.listing import as_data, look
from devices.inspection.new_file import NewFile
from devices.probing.findings import Places
from devices.probing.sources import ask_all
from kiosk.base.clock import Clock, SystemClock
from kiosk.base.config import Config, ConfigError, load_config
from kiosk.base.sentences import Language, sentence

_LINES = 2000
_TAIL_BYTES = 2_000_000
_README = (
    ("README.txt", "这份说明。This text."),
    (
        "configuration.json",
        "配置里与设备有关的部分，没有密码、密钥和文件内容。The configuration without secrets or any file's contents.",
    ),
    ("devices.json", "各设备此刻的状态。The devices' status now."),
    ("found.json", "接着的设备和各项服务（devices probe）。What is connected, as devices probe tells."),
    ("log/", "终端日志的最后若干行，只有目录里登记过的事件。The end of the log: events of the catalogue only."),
    ("machine.json", "磁盘、内存、负载。Disk, memory, load."),
    ("usb.json", "USB 设备表，没有序列号。USB devices, without serial numbers."),
    ("versions.json", "程序和各软件包的版本。Versions of the program and of the packages."),
)


def main(argv: Sequence[str], default_config: Path, places: Places | None = None, clock: Clock | None = None) -> int:
    """Returns 0 when the bundle was written (also of a wrong configuration: that is when it is needed), 2 when it cannot
    be written, 130 when interrupted: then no file is left."""
    arguments = _parser(default_config).parse_args(argv)
    language: Language = "zh_CN"
    config: Config | None = None
    wrong: dict[str, Any] = {}
    try:
        config = load_config(arguments.config, at_start=False)
        language = config.language
    except ConfigError as error:
        error.tell(sys.stderr)
        wrong = configuration.complaints(error)
    out: Path = arguments.out
    try:
        with NewFile(out) as file:
            file.write(pack(_members(config, wrong, places or Places(), clock or SystemClock(), arguments.lines)))
    except KeyboardInterrupt:
        return 130
    except FileExistsError:
        sys.stderr.write(sentence("probe.file_exists", language, path=str(out)) + "\n")
        return 2
    except OSError:
        sys.stderr.write(sentence("probe.file_refused", language, path=str(out)) + "\n")
        return 2
    sys.stdout.write(sentence("probe.bundle_written", language, path=str(out)) + "\n")
    return 0


def _members(
    config: Config | None, wrong: dict[str, Any], places: Places, clock: Clock, lines: int
) -> dict[str, bytes]:
    statuses: list[dict[str, Any]] = []
    if config is not None:
        with quiet_log.quiet():
            statuses = [as_data(entry, "en") for entry in look(configured.devices_of(config))]
    members = {
        "README.txt": _readme(clock).encode(),
        "configuration.json": _json(configuration.shown(config) if config is not None else wrong),
        "devices.json": _json(statuses),
        "found.json": _json(msgspec.to_builtins(ask_all(places))),
        "machine.json": _json(facts.machine(config.state_dir if config is not None else None)),
        "usb.json": _json(facts.usb(Path(places.sys))),
        "versions.json": _json(facts.versions()),
        **(_logs(config.state_dir / "log", lines) if config is not None else {}),
    }
    return {name: screening.screened(data) for name, data in members.items()}


def _logs(folder: Path, lines: int) -> dict[str, bytes]:
    found = {}
    for path in sorted(folder.glob("*.log")) if folder.is_dir() else ():
        found[f"log/{path.name}"] = _text(screening.log_lines(_tail(path, lines)))
    for path in sorted(folder.glob("*.crash")) if folder.is_dir() else ():
        found[f"log/{path.name}"] = _text(screening.crash_lines(_tail(path, lines)))
    return found


def _tail(path: Path, lines: int) -> list[str]:
    """The last lines of a file; of a longer one than `_TAIL_BYTES` only whole ones."""
    try:
        with path.open("rb") as file:
            size = file.seek(0, 2)
            file.seek(max(0, size - _TAIL_BYTES))
            data = file.read(_TAIL_BYTES)
    except OSError:
        return []
    if size > _TAIL_BYTES:
        data = data.partition(b"\n")[2]
    return data.decode("utf-8", "replace").splitlines()[-lines:]


def _readme(clock: Clock) -> str:
    rows = "".join(f"{name:20} {words}\n" for name, words in _README)
    return (
        f"不打烊终端诊断包 A Budayang terminal's diagnostic bundle, {clock.now().isoformat(timespec='seconds')}\n\n{rows}\n"
        "里面没有任何办事人的信息；发出之前仍可自己打开看一遍。\n"
        "It holds nothing of any citizen; you may still look through it before you send it.\n"
    )


def _json(data: object) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def _text(lines: Sequence[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def _parser(default_config: Path) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="main.py devices diagnose", description="诊断包，没有办事人信息 a bundle without personal data"
    )
    parser.add_argument("--config", type=Path, default=default_config, help="配置文件 the configuration file")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.tar.gz", help="写到这个新文件 the new file")
    parser.add_argument("--lines", type=int, default=_LINES, help="每个日志的最后多少行 last lines of each log")
    return parser
