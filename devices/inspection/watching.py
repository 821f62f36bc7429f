"""``devices watch``: one line for each change of a device's status, until it is ended.

The signals' handlers only put a word into the queue that the statuses come through, so that the end is in order:
supervisor stopped, hosts gone within two seconds.
"""

import argparse
import json
import os
import queue
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import FrameType

import msgspec

from devices.inspection import configured, quiet_log
from devices.inspection.configured import device_file_of
from devices.inspection.port_holders import holder_of
from devices.inspection.words import name_of, sentences_of, words_of
from devices.status import DeviceClass, DeviceStatus
from devices.supervisor import Supervisor
from kiosk.base.clock import Clock, SystemClock
from kiosk.base.config import ConfigError, load_config
from kiosk.base.sentences import Language, sentence

Change = tuple[datetime, DeviceClass, DeviceStatus]


@contextmanager
def _ended_by_signals(changes: "queue.SimpleQueue[Change | None]") -> Iterator[None]:
    """SIGINT and SIGTERM put ``None``; a simple queue's put may interrupt its own get."""

    def end(_number: int, _frame: FrameType | None) -> None:
        changes.put(None)

    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def main(argv: Sequence[str], default_config: Path, clock: Clock | None = None) -> int:
    """``watch``; returns 0 at its end, 2 for a wrong configuration. Main thread only, since it takes signals."""
    arguments = _parser(default_config).parse_args(argv)
    try:
        config = load_config(arguments.config, at_start=False)
    except ConfigError as error:
        return error.tell(sys.stderr)
    clock = clock or SystemClock()
    language = config.language
    devices = configured.devices_of(config)
    for device, settings in list(devices.items()):
        path = device_file_of(settings)
        owner = holder_of(path) if path is not None else None
        if owner is not None:
            del devices[device]
            sys.stderr.write(f"{name_of(device, language)}: {sentence('probe.held', language, holder=owner)}\n")
    if not devices:
        sys.stderr.write(sentence("probe.nothing_to_watch", language) + "\n")
        return 1
    changes: queue.SimpleQueue[Change | None] = queue.SimpleQueue()
    with quiet_log.quiet(), _ended_by_signals(changes):
        supervisor = Supervisor(devices, lambda device, status: changes.put((clock.now(), device, status)))
        supervisor.start()
        try:
            _follow(changes, clock, arguments.seconds, language, is_json=arguments.json)
        except BrokenPipeError:
            # the reader has gone; the interpreter will flush once more at its end
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        finally:
            supervisor.stop()
    return 0


def _follow(
    changes: "queue.SimpleQueue[Change | None]",
    clock: Clock,
    seconds: float | None,
    language: Language,
    *,
    is_json: bool,
) -> None:
    ends = clock.monotonic() + seconds if seconds is not None else None
    while True:
        left = None if ends is None else ends - clock.monotonic()
        if left is not None and left <= 0:
            return
        try:
            change = changes.get(timeout=left)
        except queue.Empty:
            return
        if change is None:
            return
        sys.stdout.write((_json(change, language) if is_json else _line(change, language)) + "\n")
        sys.stdout.flush()


def _line(change: Change, language: Language) -> str:
    at, device, status = change
    words = " ".join(words_of(status))
    return f"{at.isoformat(timespec='milliseconds')} {device.value} {words} {' '.join(sentences_of(status, language))}"


def _json(change: Change, language: Language) -> str:
    at, device, status = change
    data = {
        "time": at.isoformat(timespec="milliseconds"),
        "class": device.value,
        "status": msgspec.to_builtins(status),
        "words": words_of(status),
        "sentences": sentences_of(status, language),
    }
    return json.dumps(data, ensure_ascii=False)


def _parser(default_config: Path) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="main.py devices watch", description="状态变化一行一条 one line a change")
    parser.add_argument("--config", type=Path, default=default_config, help="配置文件 the configuration file")
    parser.add_argument("--for", dest="seconds", type=float, metavar="SECONDS", help="看多少秒 how long; until Ctrl-C")
    parser.add_argument("--json", action="store_true", help="每行一个 JSON one JSON object a line")
    return parser
