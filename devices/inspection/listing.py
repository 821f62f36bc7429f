"""``devices list``: each configured device and its present status, asked through the real host and supervisor.

A status is taken when it has settled: drivers count three misses before a device is gone, so a first silence is waited
out, `BOUND_S` at most. A device file that another program holds is not opened at all.
"""

import argparse
import json
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from devices.inspection import configured, quiet_log
from devices.inspection.configured import device_file_of, place_of
from devices.inspection.port_holders import holder_of
from devices.inspection.words import name_of, sentences_of, words_of
from devices.status import STARTING, Action, DeviceClass, DeviceState, DeviceStatus
from devices.supervisor import Supervisor
from kiosk.base.config import ConfigError, load_config
from kiosk.base.sentences import Language, sentence

BOUND_S = 8.0
"""From the start of the hosts to the answer, whatever the devices do."""


class Entry(msgspec.Struct, frozen=True):
    """One configured device as it was found.

    Attributes:
        device, driver, place: from the configuration.
        status: the last one told; `deviceBusy` when the device file was not opened.
        held_by: the program that has the device file.
    """

    device: DeviceClass
    driver: str
    place: str
    status: DeviceStatus
    held_by: str | None = None

    @property
    def is_usable(self) -> bool:
        """Whether this look found it in order."""
        return self.held_by is None and self.status.is_usable


class Board:
    """The last status of each device; filled on the supervisor's thread."""

    def __init__(self) -> None:
        self._statuses: dict[DeviceClass, DeviceStatus] = {}
        self._changed = threading.Condition()

    def take(self, device: DeviceClass, status: DeviceStatus) -> None:
        """Fits `Supervisor`'s `on_status`."""
        with self._changed:
            self._statuses[device] = status
            self._changed.notify_all()

    def settled(self, devices: Sequence[DeviceClass], bound_s: float) -> dict[DeviceClass, DeviceStatus]:
        """Waits until every status has settled or the time is over; returns what was told until then."""
        ends = time.monotonic() + bound_s
        with self._changed:
            while not all(_has_settled(self._statuses.get(device)) for device in devices):
                left = ends - time.monotonic()
                if left <= 0:
                    break
                self._changed.wait(left)
            return {device: self._statuses.get(device, STARTING) for device in devices}


def _has_settled(status: DeviceStatus | None) -> bool:
    if status is None or status.state is DeviceState.STARTING:
        return False
    return not (status.state is DeviceState.ONLINE and status.action is Action.SUSPEND)


def look(
    devices: Mapping[DeviceClass, Mapping[str, Any]],
    bound_s: float = BOUND_S,
    holder: Callable[[str], str | None] = holder_of,
) -> list[Entry]:
    """Asks every device once; blocks for `bound_s` and the end of the hosts (2 s) at most."""
    held = {
        device: owner
        for device, settings in devices.items()
        if (path := device_file_of(settings)) is not None and (owner := holder(path)) is not None
    }
    asked = {device: settings for device, settings in devices.items() if device not in held}
    board = Board()
    supervisor = Supervisor(asked, board.take)
    supervisor.start()
    try:
        statuses = board.settled(list(asked), bound_s)
    finally:
        supervisor.stop()
    statuses |= dict.fromkeys(held, DeviceStatus(DeviceState.DEVICE_BUSY))
    return [
        Entry(device, str(settings["driver"]), place_of(settings), statuses[device], held.get(device))
        for device, settings in devices.items()
    ]


def told(entry: Entry, language: Language) -> list[str]:
    """The sentences that belong to an entry."""
    if entry.held_by is not None:
        return [sentence("probe.held", language, holder=entry.held_by)]
    return sentences_of(entry.status, language)


def as_data(entry: Entry, language: Language) -> dict[str, Any]:
    """An entry as JSON has it."""
    return {
        "class": entry.device.value,
        "driver": entry.driver,
        "port": entry.place,
        "usable": entry.is_usable,
        "held_by": entry.held_by,
        "status": msgspec.to_builtins(entry.status),
        "words": words_of(entry.status),
        "sentences": told(entry, language),
    }


def main(argv: Sequence[str], default_config: Path) -> int:
    """``list``; returns 0, 1 when a device is not usable, 2 for a wrong configuration, 130 when interrupted."""
    arguments = _parser(default_config).parse_args(argv)
    try:
        config = load_config(arguments.config, at_start=False)
    except ConfigError as error:
        return error.tell(sys.stderr)
    try:
        with quiet_log.quiet():
            entries = look(configured.devices_of(config))
    except KeyboardInterrupt:
        return 130
    if arguments.json:
        data = [as_data(entry, config.language) for entry in entries]
        sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.write(as_text(entries, config.language))
    return 0 if all(entry.is_usable for entry in entries) else 1


def as_text(entries: Sequence[Entry], language: Language) -> str:
    """Three lines a device: whether it is usable and what it is, XFS4IoT's words, the sentences."""
    if not entries:
        return sentence("probe.none_configured", language) + "\n"
    lines = []
    for entry in entries:
        mark = sentence("probe.usable" if entry.is_usable else "probe.not_usable", language)
        lines.append(
            f"[{mark}] {name_of(entry.device, language)} {entry.device.value}  {entry.driver}  {entry.place}\n"
            f"    {' '.join(words_of(entry.status))}\n"
            f"    {' '.join(told(entry, language))}\n"
        )
    return "".join(lines)


def _parser(default_config: Path) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="main.py devices list", description="已配置的设备和现状 the configured devices"
    )
    parser.add_argument("--config", type=Path, default=default_config, help="配置文件 the configuration file")
    parser.add_argument("--json", action="store_true", help="机器可读 for programs")
    return parser
