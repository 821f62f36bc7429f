"""``python -m devices.emulators.try_described FILE``: a technician tries a description without the device.

The driver runs in this process on the emulator made of the same file; one line of standard input is one action.
"""

import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TextIO

import msgspec

from devices.described.driver import DescribedDevice
from devices.emulators.described import DescribedEmulator
from devices.messages import Command
from devices.status import DeviceStatus
from kiosk.base.sentences import sentence
from kiosk.base.yaml_reading import ConfigError

USAGE = "用法 / usage: try_described FILE\n"
HELP = (
    "set KEY WORD | event NAME [VALUE] | give COMMAND name=value ... | fault NAME [NUMBER] | normal | status | quit\n"
)
_TIMEOUT_S = 20.0


class _Try:
    """The `Execution` of one command; nothing cancels it."""

    action_id = "try"

    def is_cancelled(self) -> bool:
        return False

    def emit(self, name: str, payload: bytes = b"") -> None:
        raise NotImplementedError(name)


def told(status: DeviceStatus) -> str:
    """A status in one line, its reason as a sentence."""
    words = [f"device={status.state.value}"]
    words += [f"{name}={word.value}" for name, word in (("media", status.media), ("action", status.action)) if word]
    words += [f"{part.name}={part.word}" for part in status.parts]
    if status.reason is not None:
        words.append(sentence(status.reason, "zh_CN"))
    return " ".join(words)


def act(line: str, emulator: DescribedEmulator, driver: DescribedDevice) -> str:
    """Carries out one line; returns what is to be told. Raises ValueError with a sentence for a wrong line."""
    verb, *words = line.split()
    if verb == "set" and len(words) == 2:
        emulator.do("set", {"key": words[0], "word": words[1]})
    elif verb == "event" and words:
        emulator.do("event", {"name": words[0], **({"value": int(words[1], 0)} if len(words) > 1 else {})})
    elif verb == "fault" and words:
        emulator.do(words[0], {"value": int(words[1])} if len(words) > 1 else {})
    elif verb == "normal":
        emulator.do("normal", {})
    elif verb == "give" and words:
        pairs = dict(word.partition("=")[::2] for word in words[1:])
        arguments = {name: int(value) if value.isdecimal() else value for name, value in pairs.items()}
        command = Command("try", words[0], _TIMEOUT_S, msgspec.msgpack.encode(arguments))
        completion = driver.execute(command, _Try())
        reason = f" {sentence(completion.reason, 'zh_CN')}" if completion.reason is not None else ""
        return f"{completion.code.value}{reason}"
    elif verb != "status":
        raise ValueError(HELP.strip())
    time.sleep(driver.poll_s)  # so that every poll is due
    return told(driver.status())


def run(path: Path, lines: Iterable[str], out: TextIO) -> int:
    """Takes lines until ``quit`` or their end. Raises `ConfigError` for a wrong file."""
    emulator = DescribedEmulator(path)
    driver = DescribedDevice(emulator.port, path)
    emulator.start()
    try:
        out.write(told(driver.open()) + "\n" + HELP)
        for line in lines:
            if line.strip() == "quit":
                break
            if line.strip():
                try:
                    out.write(act(line, emulator, driver) + "\n")
                except ValueError as error:
                    out.write(f"{error}\n")
            out.flush()
        return 0
    finally:
        driver.close()
        emulator.stop()


def main(argv: Sequence[str]) -> int:
    """Returns the exit status: 2 for a wrong call or a wrong file."""
    if len(argv) != 1:
        sys.stderr.write(USAGE)
        return 2
    try:
        return run(Path(argv[0]), sys.stdin, sys.stdout)
    except ConfigError as error:
        return error.tell(sys.stderr)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
