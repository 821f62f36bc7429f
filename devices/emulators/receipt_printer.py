"""Emulator of an 80 mm ESC/POS receipt printer on a pseudo-terminal and on TCP.

It behaves as printers do where it hurts: it keeps what it has taken in when the paper ends or the cable is pulled, goes on with it when
it can, answers DLE EOT at once also in the middle of a job, and answers GS r only when its buffer has got there. As printers of other makers
do, it may answer the FULL status alone (DLE EOT 20), or speak by itself (automatic status back) and answer no DLE EOT at all.
"""

import os
import random
import re
import threading
import time
from typing import cast

from devices.emulators.escpos_render import EscposMachine
from devices.emulators.printer_cables import Cables, Host
from devices.emulators.traffic import Traffic
from devices.emulators.traffic_serial import escpos

_REAL_TIME = re.compile(rb"\x10\x04([\x01-\x04\x14])|\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08", re.DOTALL)
_CLEAR_REPLY = b"\x37\x25\x00"
_LONGEST_REAL_TIME = 10
_DOTS_PER_MM = 8
_BUFFER = 64 * 1024
_NORMAL_SPEED = 250.0
_STEPS_AT_ONCE = 400
_DIALECTS = ("escpos", "full6", "asb4")
_FULL_STATUS = 0x14
_ACTIONS = (
    "paper_out", "paper_low", "paper_out_after", "refill", "open_cover", "close_cover", "cutter_jam", "clear_jam", "unplug",
    "unplug_after", "power_cut", "plug", "dialect", "silence", "garbage", "slow", "normal", "save", "forget",
)  # fmt: skip


class ReceiptPrinterEmulator:
    """Fulfils `devices.emulators.control.Emulator`. All public members may be used from any thread.

    Args:
        paced: the pseudo-terminal takes no more than `baudrate` allows, and paper moves at `mm_per_s`; False for soaks.
        keep: pieces kept as pictures.
        dialect: escpos = all of it; full6 = of real-time questions DLE EOT 20 alone; asb4 = none.
    """

    name = "receipt_printer"

    def __init__(
        self,
        *,
        paced: bool = True,
        baudrate: int = 115200,
        mm_per_s: float = _NORMAL_SPEED,
        keep: int = 8,
        dialect: str = "escpos",
    ) -> None:
        self.traffic = Traffic(escpos)
        self._paced = paced
        self._baudrate = baudrate
        self._normal_mm_per_s = mm_per_s
        self._mm_per_s = mm_per_s
        self._lock = threading.Lock()
        self._machine = EscposMachine(keep)
        self._buffer = bytearray()
        self._paper = "full"
        self._cover_open = False
        self._voice = "normal"
        self._dialect = dialect
        self._told = b""
        self._reply_delay_s = 0.0
        self._bytes = 0
        self._unplug_at: int | None = None
        self._noise = random.Random(20261121)
        self._answers: list[tuple[float, Host, bytes]] = []
        self._cables: Cables | None = None
        self._thread: threading.Thread | None = None
        self._is_stopping = False
        self._last_host: Host | None = None
        self._paper_still_at = 0.0

    # -- life

    @property
    def port(self) -> str:
        """Path of the serial line; stays the same over unplugging."""
        assert self._cables is not None
        return self._cables.port

    @property
    def tcp_port(self) -> int:
        """TCP port on 127.0.0.1; stays the same over unplugging."""
        assert self._cables is not None
        return self._cables.tcp_port

    def start(self) -> None:
        """Opens both wires and starts the thread."""
        self._cables = Cables(is_paced=self._paced, baudrate=self._baudrate, traffic=self.traffic)
        self._cables.plug()
        self._is_stopping = False
        self._thread = threading.Thread(target=self._run, name="receipt-printer-emulator", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ends within two seconds; twice is allowed."""
        if self._thread is None or self._cables is None:
            return
        self._is_stopping = True
        self._cables.wake()
        self._thread.join(2.0)
        self._thread = None
        self._cables.close()
        self._cables = None

    # -- the panel

    def do(self, action: str, arguments: dict[str, object]) -> None:
        """Carries out an action; it holds from the next byte on."""
        if action not in _ACTIONS:
            raise ValueError(f"凭条打印机没有“{action}”这个动作")
        with self._lock:
            getattr(self, "_do_" + action)(arguments)
            if self._cables is not None:
                self._cables.wake()

    def state(self) -> dict[str, object]:
        """Paper, cover, cable and counters; `cuts_by_job` holds one number for each ESC @ that was followed by print and a cut."""
        with self._lock:
            counters = self._machine.counters
            return {
                "actions": list(_ACTIONS),
                "paper": self._paper,
                "cover": "open" if self._cover_open else "closed",
                "cutter": "jammed" if self._machine.cutter_jammed else "ok",
                "cable": "in" if self._cables is not None and self._cables.is_plugged else "out",
                "port": self.port if self._cables is not None else None,
                "tcp_port": self.tcp_port if self._cables is not None else None,
                "voice": self._voice,
                "dialect": self._dialect,
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
        self._unplug_at = None
        self._last_host = None
        if self._cables is not None:
            self._cables.unplug()

    def _do_unplug_after(self, arguments: dict[str, object]) -> None:
        self._unplug_at = self._bytes + _whole(arguments, "bytes")

    def _do_power_cut(self, _: dict[str, object]) -> None:
        self._do_unplug({})
        self._buffer.clear()
        self._machine.drop_line()
        self._machine.asb = 0

    def _do_plug(self, _: dict[str, object]) -> None:
        if self._cables is not None:
            self._cables.plug()

    def _do_dialect(self, arguments: dict[str, object]) -> None:
        name = arguments.get("name")
        if name not in _DIALECTS:
            raise ValueError("“name”要填 " + "、".join(_DIALECTS))
        self._dialect = str(name)

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

    def _do_save(self, arguments: dict[str, object]) -> None:
        """Writes the last slip as PNG (0600) to `path`: the storyboard's picture, asked for over the control socket."""
        path = arguments.get("path")
        if not isinstance(path, str) or not self._machine.pieces:
            raise ValueError("还没有打印出凭条，或没有写明“path”")
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(self._machine.pieces[-1].png())

    def _do_forget(self, _: dict[str, object]) -> None:
        self._machine.pieces.clear()

    # -- the thread

    def _run(self) -> None:
        cables = self._cables
        assert cables is not None
        while not self._is_stopping:
            with self._lock:
                wait_s = self._turn(cables)
            for descriptor in cables.wait(wait_s):
                with self._lock:
                    self._hear(cables, descriptor)

    def _hear(self, cables: Cables, descriptor: int) -> None:
        room = _BUFFER - len(self._buffer)
        if self._unplug_at is not None:
            room = min(room, self._unplug_at - self._bytes)
        taken = cables.take(descriptor, max(room, 1))
        if taken is None:
            return
        self._last_host, data = taken
        self._bytes += len(data)
        self._take_in(self._last_host, data)
        if self._unplug_at is not None and self._bytes >= self._unplug_at:
            self._do_unplug({})

    def _take_in(self, host: Host, data: bytes) -> None:
        """Real-time commands are carried out as they come in.

        They stay in the buffer, where they may be part of a picture; a printer that has stopped does not fill its buffer with them.
        """
        seen = host.tail + data
        pending = data
        is_stopped = self._has_stopped()
        if is_stopped and self._buffer.endswith(host.tail):
            del self._buffer[len(self._buffer) - len(host.tail) :]
            pending = seen
        end = 0
        for match in _REAL_TIME.finditer(seen):
            end = match.end()
            if match.group(1):
                self._say(host, self._real_time(match.group(1)[0]))
            else:
                self._buffer.clear()
                self._machine.drop_line()
                pending = seen[end:]
                self._say(host, _CLEAR_REPLY)
        self._buffer += _REAL_TIME.sub(b"", pending) if is_stopped else pending
        host.tail = seen[max(end, len(seen) - _LONGEST_REAL_TIME + 1) :]

    def _real_time(self, question: int) -> bytes:
        is_known = {"escpos": True, "full6": question == _FULL_STATUS}.get(self._dialect, False)
        if not is_known:
            return b""
        is_out, is_cut = self._is_out(), self._machine.cutter_jammed
        match question:
            case 1:
                return bytes([0x12 | (0x08 if self._has_stopped() else 0)])
            case 2:
                cover = 0x04 if self._cover_open else 0
                return bytes([0x12 | cover | (0x20 if is_out else 0) | (0x40 if is_cut else 0)])
            case 3:
                return bytes([0x12 | (0x08 if is_cut else 0)])
            case 4:
                return bytes([0x12 | (0x6C if is_out else 0x0C if self._paper == "low" else 0)])
            case _:
                paper = 0x05 if is_out else 0x04 if self._paper == "low" else 0
                return bytes([0x10, 0x0F, paper, 0x02 if self._cover_open else 0, 0, 0x01 if is_cut else 0])

    def _automatic_status(self) -> bytes:
        """GS a: printer, errors, roll paper, reserved."""
        printer = 0x10 | (0x08 if self._has_stopped() else 0) | (0x20 if self._cover_open else 0)
        paper = 0x0F if self._is_out() else 0x03 if self._paper == "low" else 0
        return bytes([printer, 0x08 if self._machine.cutter_jammed else 0, paper, 0])

    def _is_out(self) -> bool:
        return self._paper == "out" or self._machine.lines_left == 0

    def _has_stopped(self) -> bool:
        return self._is_out() or self._cover_open or self._machine.cutter_jammed

    def _say(self, host: Host, data: bytes) -> None:
        if self._voice == "silent" or not data:
            return
        if self._voice == "garbage":
            data = self._noise.randbytes(len(data) + 2)
        self._answers.append((time.monotonic() + self._reply_delay_s, host, data))

    def _turn(self, cables: Cables) -> float | None:
        """Sends what is due, prints what can be printed; returns how long to wait for more, None = until something comes."""
        if self._machine.lines_left == 0:
            self._paper = "out"
        now = time.monotonic()
        has_more = self._print(now)
        self._speak_up()
        due = [entry for entry in self._answers if entry[0] <= now]
        self._answers = [entry for entry in self._answers if entry[0] > now]
        for _, host, data in due:
            cables.send(host, data)
        waits = [at - now for at, _, _ in self._answers]
        if self._paper_still_at > now:
            waits.append(self._paper_still_at - now)
        free = cables.listen(now, is_full=len(self._buffer) >= _BUFFER)
        if free is not None:
            waits.append(free)
        if has_more:
            waits.append(0.0)
        return max(0.0, min(waits)) if waits else None

    def _speak_up(self) -> None:
        """Automatic status back: what has changed is said without being asked."""
        status = self._automatic_status()
        if self._machine.asb and self._last_host is not None and status != self._told:
            self._told = status
            self._say(self._last_host, status)

    def _print(self, now: float) -> bool:
        """Carries out what the buffer holds; whether it ended only because others want their turn."""
        for _ in range(_STEPS_AT_ONCE):
            if self._paper_still_at > now or self._has_stopped() or not self._machine.step(self._buffer):
                return False
            if self._paced and self._machine.dots_moved:
                self._paper_still_at = (
                    max(now, self._paper_still_at) + self._machine.dots_moved / _DOTS_PER_MM / self._mm_per_s
                )
            self._machine.dots_moved = 0
            if self._machine.asb_is_new:
                self._machine.asb_is_new, self._told = False, b""
                self._speak_up()
            self._machine.paper_sensor = 0x0F if self._is_out() else 0x03 if self._paper == "low" else 0
            if self._machine.replies:
                if self._last_host is not None:
                    self._say(self._last_host, bytes(self._machine.replies))
                self._machine.replies.clear()
        return True


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
