"""A pseudo-terminal that stands for a serial cable: stable path, both ends raw, paced like the real line."""

import contextlib
import os
import select
import tempfile
import termios
import time
import tty
from collections.abc import Callable
from pathlib import Path

from devices.emulators.traffic import Direction, Traffic

SLICE_BYTES = 16


class PtyWire:
    """The device's end of a serial line. One thread uses it; `path` may be read by any.

    `path` is a symbolic link that outlives `cut` and `plug`, as udev's names do; it points to nothing while cut.

    Args:
        name: file name of the link.
        baud_rate: 8N1: ten bits a byte.
        is_paced: whether sending takes the time that the line would take; off for soaks.
        traffic: is told what goes over the line.
    """

    def __init__(
        self, name: str, baud_rate: int = 115200, is_paced: bool = True, traffic: Traffic | None = None
    ) -> None:
        self._folder = tempfile.mkdtemp(prefix="budayang-emulator-")
        self.path = str(Path(self._folder) / name)
        self.is_paced = is_paced
        self._traffic = traffic
        self.byte_s = 10 / baud_rate
        self._master = -1
        self._slave = -1

    @property
    def is_plugged(self) -> bool:
        return self._master >= 0

    def fileno(self) -> int:
        """For select; -1 while cut."""
        return self._master

    def plug(self) -> None:
        """Opens a new pseudo-terminal behind `path`; nothing happens when it is plugged already."""
        if self.is_plugged:
            return
        self._master, self._slave = os.openpty()
        tty.setraw(self._master, termios.TCSANOW)
        # our own hold on the far end: a driver that closes and opens again must not hang up the line
        tty.setraw(self._slave, termios.TCSANOW)
        os.set_blocking(self._master, False)
        link = Path(self.path)
        link.unlink(missing_ok=True)
        link.symlink_to(os.ttyname(self._slave))

    def cut(self) -> None:
        """Pulls the plug: who has the line open gets a hang-up."""
        for descriptor in (self._slave, self._master):
            if descriptor >= 0:
                os.close(descriptor)
        self._master = self._slave = -1
        Path(self.path).unlink(missing_ok=True)

    def close(self) -> None:
        """Pulls the plug and removes the path; twice is allowed."""
        self.cut()
        with contextlib.suppress(OSError):
            Path(self._folder).rmdir()

    def receive(self) -> bytes:
        """What has come; empty when nothing has."""
        try:
            data = os.read(self._master, 4096)
        except OSError:
            return b""
        if self._traffic is not None:
            self._traffic.note(Direction.TO_DEVICE, data)
        return data

    def send(
        self,
        data: bytes,
        started_at: float,
        go_on: Callable[[], bool],
        slice_bytes: int = SLICE_BYTES,
        pause_s: float = 0.0,
        on_last: Callable[[float], None] | None = None,
    ) -> None:
        """Sends `data` as the line would from `started_at` (monotonic) on; blocks for that time.

        Args:
            go_on: asked after each slice; false ends the sending, as a pulled plug does.
            slice_bytes: how many bytes reach the driver at once.
            pause_s: an additional pause after each slice.
            on_last: told the monotonic time just before the last slice goes out, so that nobody can see its effect
                before.
        """
        sent = 0
        while sent < len(data):
            piece = data[sent : sent + slice_bytes]
            sent += len(piece)
            if self.is_paced:
                # against the absolute schedule, so that late wake-ups do not add up
                time.sleep(max(0.0, started_at + sent * self.byte_s - time.monotonic()))
            if sent == len(data) and on_last is not None:
                on_last(time.monotonic())
            self._write(piece)
            if pause_s:
                time.sleep(pause_s)
            if not go_on():
                return

    def _write(self, piece: bytes) -> None:
        """Writes what the line's buffer takes; a driver that does not read loses bytes, as on a real line."""
        with contextlib.suppress(OSError):
            # a panel may have pulled the plug between two sendings
            while piece and self.is_plugged and select.select([], [self._master], [], 0.05)[1]:
                written = os.write(self._master, piece)
                if self._traffic is not None:
                    self._traffic.note(Direction.FROM_DEVICE, piece[:written])
                piece = piece[written:]
