"""Emulator of an 80 mm ESC/POS receipt printer on a pseudo-terminal and on TCP.

It behaves as printers do where it hurts: it keeps what it has taken in when the paper ends or the cable is pulled, goes on with it when
it can, answers DLE EOT at once also in the middle of a job, and answers GS r only when its buffer has got there.
"""

import contextlib
import errno
import os
import random
import re
import selectors
import socket
import struct
import tempfile
import threading
import time
import tty
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from devices.emulators.escpos_render import EscposMachine

_REAL_TIME = re.compile(rb"\x10\x04([\x01-\x04])|\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08", re.DOTALL)
_CLEAR_REPLY = b"\x37\x25\x00"
_LONGEST_REAL_TIME = 10
_DOTS_PER_MM = 8
_BUFFER = 64 * 1024
_NORMAL_SPEED = 250.0
_STEPS_AT_ONCE = 400
_ACTIONS = (
    "paper_out", "paper_low", "paper_out_after", "refill", "open_cover", "close_cover", "cutter_jam", "clear_jam", "unplug",
    "unplug_after", "power_cut", "plug", "silence", "garbage", "slow", "normal", "forget",
)  # fmt: skip


@dataclass
class _Host:
    """One cable's other end: descriptor, and the tail of a real-time command that came in half."""

    descriptor: int
    connection: socket.socket | None
    tail: bytes = b""


class ReceiptPrinterEmulator:
    """Fulfils `devices.emulators.control.Emulator`. All public members may be used from any thread.

    Args:
        paced: the pseudo-terminal takes no more than `baudrate` allows, and paper moves at `mm_per_s`; False for soaks.
        keep: pieces kept as pictures.
    """

    name = "receipt_printer"

    def __init__(
        self, *, paced: bool = True, baudrate: int = 115200, mm_per_s: float = _NORMAL_SPEED, keep: int = 8
    ) -> None:
        self._paced = paced
        self._bytes_per_s = baudrate / 10
        self._normal_mm_per_s = mm_per_s
        self._mm_per_s = mm_per_s
        self._lock = threading.Lock()
        self._machine = EscposMachine(keep)
        self._buffer = bytearray()
        self._paper = "full"
        self._cover_open = False
        self._plugged = True
        self._voice = "normal"
        self._reply_delay_s = 0.0
        self._bytes = 0
        self._unplug_at: int | None = None
        self._noise = random.Random(20261121)
        self._answers: list[tuple[float, _Host, bytes]] = []
        self._selector: selectors.BaseSelector | None = None
        self._thread: threading.Thread | None = None
        self._stopping = False
        self._wake_read = self._wake_write = -1
        self._directory: tempfile.TemporaryDirectory[str] | None = None
        self._listener: socket.socket | None = None
        self._master = self._slave = -1
        self._hosts: dict[int, _Host] = {}
        self._last_host: _Host | None = None
        self._line_free_at = 0.0
        self._paper_still_at = 0.0

    # -- life

    @property
    def port(self) -> str:
        """Path of the serial line; stays the same over unplugging."""
        assert self._directory is not None
        return str(Path(self._directory.name) / "receipt_printer")

    @property
    def tcp_port(self) -> int:
        """TCP port on 127.0.0.1."""
        assert self._listener is not None
        return int(self._listener.getsockname()[1])

    def start(self) -> None:
        """Opens both wires and starts the thread."""
        self._directory = tempfile.TemporaryDirectory(prefix="receipt-printer-")
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.setblocking(False)
        self._wake_read, self._wake_write = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._wake_read, selectors.EVENT_READ)
        self._selector.register(self._listener, selectors.EVENT_READ)
        self._open_line()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="receipt-printer-emulator", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ends within two seconds; twice is allowed."""
        if self._thread is None:
            return
        self._stopping = True
        self._wake()
        self._thread.join(2.0)
        self._thread = None
        with self._lock:
            self._drop_hosts()
            assert self._selector is not None
            assert self._listener is not None
            assert self._directory is not None
            self._selector.close()
            self._listener.close()
            os.close(self._wake_read)
            os.close(self._wake_write)
            self._directory.cleanup()

    # -- the panel

    def do(self, action: str, arguments: dict[str, object]) -> None:
        """Carries out an action; it holds from the next byte on."""
        if action not in _ACTIONS:
            raise ValueError(f"凭条打印机没有“{action}”这个动作")
        with self._lock:
            getattr(self, "_do_" + action)(arguments)
        self._wake()

    def state(self) -> dict[str, object]:
        """Paper, cover, cable and counters; `cuts_by_job` holds one number for each ESC @ that was followed by print and a cut."""
        with self._lock:
            counters = self._machine.counters
            return {
                "actions": list(_ACTIONS),
                "paper": self._paper,
                "cover": "open" if self._cover_open else "closed",
                "cutter": "jammed" if self._machine.cutter_jammed else "ok",
                "cable": "in" if self._plugged else "out",
                "voice": self._voice,
                "mm_per_s": self._mm_per_s,
                "bytes": self._bytes,
                "buffered": len(self._buffer),
                "fragment": self._machine.fragment_dots > 0,
                "lines": counters.lines,
                "receipts": counters.receipts,
                "cuts": counters.cuts,
                "blank_cuts": counters.blank_cuts,
                "unknown": counters.unknown,
                "cuts_by_job": list(counters.cuts_by_job.values()),
                "jobs": len(counters.cuts_by_job),
            }

    def last_receipt_png(self) -> bytes | None:
        """The last piece that was cut off, 576 dots wide."""
        with self._lock:
            return self._machine.pieces[-1].png() if self._machine.pieces else None

    def receipt_pngs(self) -> list[bytes]:
        """All pieces kept, oldest first."""
        with self._lock:
            return [piece.png() for piece in self._machine.pieces]

    def _do_paper_out(self, _: dict[str, object]) -> None:
        self._paper = "out"

    def _do_paper_low(self, _: dict[str, object]) -> None:
        self._paper = "low"

    def _do_paper_out_after(self, arguments: dict[str, object]) -> None:
        self._machine.lines_left = _whole(arguments, "lines")

    def _do_refill(self, _: dict[str, object]) -> None:
        self._paper = "full"
        self._machine.lines_left = None

    def _do_open_cover(self, _: dict[str, object]) -> None:
        self._cover_open = True

    def _do_close_cover(self, _: dict[str, object]) -> None:
        self._cover_open = False

    def _do_cutter_jam(self, _: dict[str, object]) -> None:
        self._machine.cutter_jammed = True

    def _do_clear_jam(self, _: dict[str, object]) -> None:
        self._machine.cutter_jammed = False

    def _do_unplug(self, _: dict[str, object]) -> None:
        self._plugged = False
        self._unplug_at = None
        self._drop_hosts()

    def _do_unplug_after(self, arguments: dict[str, object]) -> None:
        self._unplug_at = self._bytes + _whole(arguments, "bytes")

    def _do_power_cut(self, _: dict[str, object]) -> None:
        self._do_unplug({})
        self._buffer.clear()
        self._machine.drop_line()

    def _do_plug(self, _: dict[str, object]) -> None:
        if not self._plugged:
            self._plugged = True
            self._open_line()

    def _do_silence(self, _: dict[str, object]) -> None:
        self._voice = "silent"

    def _do_garbage(self, _: dict[str, object]) -> None:
        self._voice = "garbage"

    def _do_slow(self, arguments: dict[str, object]) -> None:
        self._mm_per_s = _number(arguments, "mm_per_s", 20.0)
        self._reply_delay_s = _number(arguments, "reply_delay_s", 0.0)

    def _do_normal(self, _: dict[str, object]) -> None:
        self._voice = "normal"
        self._mm_per_s = self._normal_mm_per_s
        self._reply_delay_s = 0.0

    def _do_forget(self, _: dict[str, object]) -> None:
        self._machine.pieces.clear()

    # -- wires (with the lock held)

    def _open_line(self) -> None:
        self._master, self._slave = os.openpty()
        tty.setraw(self._master)
        tty.setraw(self._slave)
        os.set_blocking(self._master, False)
        link = Path(self.port)
        link.unlink(missing_ok=True)
        link.symlink_to(os.ttyname(self._slave))
        self._hosts[self._master] = _Host(self._master, None)
        assert self._selector is not None
        self._selector.register(self._master, selectors.EVENT_READ)

    def _drop_hosts(self) -> None:
        for host in list(self._hosts.values()):
            self._drop(host)
        if self._slave >= 0:
            os.close(self._slave)
            self._slave = -1
            Path(self.port).unlink(missing_ok=True)

    def _drop(self, host: _Host) -> None:
        assert self._selector is not None
        with contextlib.suppress(KeyError, ValueError):
            self._selector.unregister(host.descriptor)
        self._hosts.pop(host.descriptor, None)
        self._answers = [entry for entry in self._answers if entry[1] is not host]
        if self._last_host is host:
            self._last_host = None
        if host.connection is None:
            os.close(host.descriptor)
        else:
            # a pulled plug is a reset, not an orderly end
            host.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            host.connection.close()

    def _wake(self) -> None:
        with contextlib.suppress(BlockingIOError):
            os.write(self._wake_write, b"!")

    # -- the thread

    def _run(self) -> None:
        assert self._selector is not None
        while not self._stopping:
            with self._lock:
                wait = self._turn()
            for key, _ in self._selector.select(wait):
                if key.fd == self._wake_read:
                    with contextlib.suppress(BlockingIOError):
                        os.read(self._wake_read, 4096)
                    continue
                with self._lock:
                    self._ready(key.fd)

    def _ready(self, descriptor: int) -> None:
        assert self._listener is not None
        if descriptor == self._listener.fileno():
            self._accept()
        elif descriptor in self._hosts:
            self._receive(self._hosts[descriptor])

    def _accept(self) -> None:
        assert self._listener is not None
        assert self._selector is not None
        try:
            connection, _ = self._listener.accept()
        except OSError:
            return
        connection.setblocking(False)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        host = _Host(connection.fileno(), connection)
        self._hosts[host.descriptor] = host
        self._selector.register(host.descriptor, selectors.EVENT_READ)
        if not self._plugged:
            self._drop(host)

    def _receive(self, host: _Host) -> None:
        room = min(4096, _BUFFER - len(self._buffer))
        if self._paced and host.connection is None:
            room = min(room, 64)
        if self._unplug_at is not None:
            room = min(room, max(self._unplug_at - self._bytes, 1))
        try:
            data = os.read(host.descriptor, room)
        except BlockingIOError:
            return
        except OSError as error:
            if error.errno == errno.EIO and host.connection is None:
                return
            data = b""
        if not data:
            self._drop(host)
            return
        if self._paced and host.connection is None:
            self._line_free_at = max(self._line_free_at, time.monotonic()) + len(data) / self._bytes_per_s
        self._bytes += len(data)
        self._last_host = host
        self._take_in(host, data)
        if self._unplug_at is not None and self._bytes >= self._unplug_at:
            self._do_unplug({})

    def _take_in(self, host: _Host, data: bytes) -> None:
        """Real-time commands are carried out as they come in, and stay in the buffer as on a real printer."""
        seen = host.tail + data
        self._buffer += data
        end = 0
        for match in _REAL_TIME.finditer(seen):
            end = match.end()
            if match.group(1):
                self._say(host, bytes([self._real_time(match.group(1)[0])]))
            else:
                self._buffer[:] = seen[match.end() :]
                self._machine.drop_line()
                self._say(host, _CLEAR_REPLY)
        host.tail = seen[max(end, len(seen) - _LONGEST_REAL_TIME + 1) :]

    def _real_time(self, question: int) -> int:
        is_out = self._is_out()
        match question:
            case 1:
                return 0x12 | (0x08 if self._has_stopped() else 0)
            case 2:
                is_error = self._machine.cutter_jammed
                return 0x12 | (0x04 if self._cover_open else 0) | (0x20 if is_out else 0) | (0x40 if is_error else 0)
            case 3:
                return 0x12 | (0x08 if self._machine.cutter_jammed else 0)
            case _:
                return 0x12 | (0x6C if is_out else 0x0C if self._paper == "low" else 0)

    def _is_out(self) -> bool:
        return self._paper == "out" or self._machine.lines_left == 0

    def _has_stopped(self) -> bool:
        return self._is_out() or self._cover_open or self._machine.cutter_jammed

    def _say(self, host: _Host, data: bytes) -> None:
        if self._voice == "silent":
            return
        if self._voice == "garbage":
            data = self._noise.randbytes(len(data) + 2)
        self._answers.append((time.monotonic() + self._reply_delay_s, host, data))

    def _turn(self) -> float | None:
        """Sends what is due, prints what can be printed; returns how long to wait for more, None = until something comes."""
        if self._machine.lines_left == 0:
            self._paper = "out"
        now = time.monotonic()
        self._print(now)
        due = [entry for entry in self._answers if entry[0] <= now]
        self._answers = [entry for entry in self._answers if entry[0] > now]
        for _, host, data in due:
            with contextlib.suppress(OSError):
                os.write(host.descriptor, data)
        waits = [at - now for at, _, _ in self._answers]
        if self._paper_still_at > now:
            waits.append(self._paper_still_at - now)
        self._pace(now, waits)
        return max(0.0, min(waits)) if waits else None

    def _pace(self, now: float, waits: list[float]) -> None:
        """Hears the line only when its bytes can have arrived, and no wire while the buffer is full."""
        assert self._selector is not None
        is_full = len(self._buffer) >= _BUFFER
        for host in self._hosts.values():
            is_deaf = is_full or (host.connection is None and self._line_free_at > now)
            is_heard = host.descriptor in self._selector.get_map()
            if is_deaf and is_heard:
                self._selector.unregister(host.descriptor)
            elif not is_deaf and not is_heard:
                self._selector.register(host.descriptor, selectors.EVENT_READ)
        if self._line_free_at > now:
            waits.append(self._line_free_at - now)

    def _print(self, now: float) -> None:
        for _ in range(_STEPS_AT_ONCE):
            if self._paper_still_at > now or self._has_stopped() or not self._machine.step(self._buffer):
                return
            if self._paced and self._machine.dots_moved:
                self._paper_still_at = (
                    max(now, self._paper_still_at) + self._machine.dots_moved / _DOTS_PER_MM / self._mm_per_s
                )
            self._machine.dots_moved = 0
            self._machine.paper_sensor = 0x0F if self._is_out() else 0x03 if self._paper == "low" else 0
            if self._machine.replies:
                if self._last_host is not None:
                    self._say(self._last_host, bytes(self._machine.replies))
                self._machine.replies.clear()
        self._wake()


def _whole(arguments: dict[str, object], name: str) -> int:
    value = arguments.get(name)
    if not isinstance(value, int) or value < 0:
        raise ValueError(f"“{name}”要填不小于 0 的整数")
    return value


def _number(arguments: dict[str, object], name: str, default: float) -> float:
    value = arguments.get(name, default)
    if not isinstance(value, (int, float)) or value < 0:
        raise ValueError(f"“{name}”要填不小于 0 的数")
    return float(cast("float", value))
