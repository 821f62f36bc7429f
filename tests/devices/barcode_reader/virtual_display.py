"""A real X server without a screen (Xvfb) and a hand that types on it (xdotool, through the XTEST keyboard)."""

import contextlib
import itertools
import os
import select
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.devices.scenes import PATIENCE_S

KEYBOARD = "Virtual core XTEST keyboard"


_numbers = itertools.count()


class VirtualDisplay:
    """A running X server; `name` is what DISPLAY would be.

    Each has a number of its own: with the lowest free one, a server that is started again could find it taken.
    """

    def __init__(self) -> None:
        self.name = ""
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Raises AssertionError when the server does not come up."""
        wanted = (
            [self.name] if self.name else [f":{1000 + (os.getpid() * 8 + next(_numbers)) % 8000}" for _ in range(5)]
        )
        self.name = next((name for name in wanted if self._starts(name)), "")
        assert self.name, "the X server does not start"

    def _starts(self, name: str) -> bool:
        reading, writing = os.pipe()
        with os.fdopen(reading, "rb") as told:
            process = subprocess.Popen(
                ["Xvfb", name, "-displayfd", str(writing), "-screen", "0", "64x64x24", "-nolisten", "tcp"],
                pass_fds=(writing,),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            os.close(writing)
            is_up = bool(select.select([told], [], [], PATIENCE_S)[0]) and bool(told.readline().strip())
        if is_up:
            self._process = process
        else:
            process.kill()
            process.wait(PATIENCE_S)
        return is_up

    def stop(self) -> None:
        """Twice is allowed."""
        process, self._process = self._process, None
        if process is not None:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(PATIENCE_S)

    def kill(self) -> None:
        """The server dies, as a pulled keyboard's whole path; its lock is taken away as a restart would."""
        process, self._process = self._process, None
        assert process is not None
        process.kill()
        process.wait(PATIENCE_S)
        Path(f"/tmp/.X{self.name[1:]}-lock").unlink(missing_ok=True)
        Path(f"/tmp/.X11-unix/X{self.name[1:]}").unlink(missing_ok=True)

    def type(self, text: str, every_ms: int = 0) -> None:
        """Types `text`; a line end is Enter."""
        self._xdotool("type", "--delay", str(every_ms), text)

    def scan(self, text: str) -> None:
        """Types as a scanner does: at once, then Enter."""
        self.type(text + "\n")

    def _xdotool(self, *arguments: str) -> None:
        environment = {**os.environ, "DISPLAY": self.name}
        subprocess.run(["xdotool", *arguments], env=environment, check=True, timeout=PATIENCE_S, capture_output=True)


@contextmanager
def virtual_display() -> Iterator[VirtualDisplay]:
    """A display that ends with the block."""
    display = VirtualDisplay()
    display.start()
    try:
        yield display
    finally:
        display.stop()
