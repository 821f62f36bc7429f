"""Records a serial conversation: stands between the driver and the device and writes down what each says.

`record` opens the real port and offers a pseudo-terminal; the driver's configuration points there meanwhile. A recorder
is a tool for the bench: a production profile refuses pseudo-terminals.
"""

import contextlib
import os
import select
import termios
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import serial

from devices.described.description import Description
from devices.emulators.pty_wire import PtyWire
from devices.recorder.recording_codec import DEVICE, HEADER, HOST, Decoder, Piece, line_of

LARGEST_FILE = 20_000_000
"""A recording stops growing there; the conversation goes on."""

_TURN_S = 0.2
_QUIET_S = 0.02


class Recorder:
    """Between `start` and `stop` a thread passes bytes on and writes them down.

    Args:
        port: path of the real serial port.
        file: is made anew, readable by its owner only.
        description: its line's settings are used and its frames told beside the bytes.

    Attributes:
        driver_port: what the driver opens instead of `port`.
    """

    def __init__(self, port: str, file: Path, description: Description | None = None, baud_rate: int = 9600) -> None:
        rate = description.line.baud_rate if description is not None else baud_rate
        self._wire = PtyWire("recorded", rate, is_paced=False)
        self._port_path = port
        self._rate = rate
        self._file_path = file
        self._decoder = Decoder(description) if description is not None else None
        self._written = 0
        self._is_stopping = False
        self._has_ended = threading.Event()
        self._thread: threading.Thread | None = None
        self.driver_port = self._wire.path

    def start(self) -> None:
        """Opens both ends. Raises OSError (SerialException is one) when the port or the file cannot be opened."""
        self._port = serial.Serial(self._port_path, self._rate, timeout=0, exclusive=True)
        try:
            handle = os.open(self._file_path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        except OSError:
            self._port.close()
            raise
        self._file = os.fdopen(handle, "w", encoding="utf-8")
        self._file.write(HEADER)
        self._wire.plug()
        self._thread = threading.Thread(target=self._run, name="serial-recorder", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ends within two seconds and closes the file; twice is allowed."""
        thread, self._thread = self._thread, None
        if thread is None:
            return
        self._is_stopping = True
        thread.join(2)
        self._wire.close()
        with contextlib.suppress(OSError, termios.error):
            self._port.close()
        self._file.close()

    def wait(self, timeout_s: float | None = None) -> bool:
        """Waits until the device went away; whether it did."""
        return self._has_ended.wait(timeout_s)

    def _run(self) -> None:
        began = time.monotonic()
        ends = {self._port.fileno(): DEVICE, self._wire.fileno(): HOST}
        try:
            while not self._is_stopping:
                for end in select.select(list(ends), [], [], _TURN_S)[0]:
                    at_s = time.monotonic() - began
                    data = self._gather(end)
                    if not data:
                        continue
                    # written down first: who has the answer may rely on the line being there
                    self._write(Piece(at_s, ends[end], data))
                    self._pass_on(self._wire.fileno() if ends[end] == DEVICE else self._port.fileno(), data)
        except (OSError, ValueError):
            pass  # the device went; the driver sees a silent line
        self._has_ended.set()

    def _gather(self, end: int) -> bytes:
        """What is said in one breath, so that a frame is one line."""
        data = os.read(end, 4096)
        if not data:
            raise OSError("the line hung up")
        while len(data) < 4096 and select.select([end], [], [], _QUIET_S)[0]:
            more = os.read(end, 4096)
            if not more:
                break
            data += more
        return data

    def _pass_on(self, end: int, data: bytes) -> None:
        while data and select.select([], [end], [], 0.5)[1]:
            data = data[os.write(end, data) :]

    def _write(self, piece: Piece) -> None:
        note = self._decoder.note(piece) if self._decoder is not None else ""
        line = line_of(piece, note)
        self._written += len(line)
        if self._written <= LARGEST_FILE:
            self._file.write(line)
            self._file.flush()


@contextmanager
def record(port: str, file: Path, description: Description | None = None, baud_rate: int = 9600) -> Iterator[Recorder]:
    """Records while the block runs; the driver opens the recorder's `driver_port`."""
    recorder = Recorder(port, file, description, baud_rate)
    recorder.start()
    try:
        yield recorder
    finally:
        recorder.stop()
