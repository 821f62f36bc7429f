"""A real X server without a screen (Xvfb) and a hand that types on it (xdotool, through the XTEST keyboard)."""

import contextlib
import os
import select
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.devices.scenes import PATIENCE_S

KEYBOARD = "Virtual core XTEST keyboard"


class VirtualDisplay:
    """A running X server; `name` is what DISPLAY would be."""

    def __init__(self) -> None:
        self.name = ""
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Raises AssertionError when the server does not come up."""
        reading, writing = os.pipe()
        with os.fdopen(reading, "rb") as told:
            arguments = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "64x64x24", "-nolisten", "tcp"]
            if self.name:
                arguments.insert(1, self.name)
            self._process = subprocess.Popen(
                arguments, pass_fds=(writing,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            os.close(writing)
            assert select.select([told], [], [], PATIENCE_S)[0], "the X server does not start"
            number = told.readline().strip().decode()
        assert number, "the X server ended at once"
        self.name = f":{number}"

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
