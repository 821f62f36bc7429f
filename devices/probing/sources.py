"""Asks every source side by side, each in a process of its own with its own time: a library that hangs is killed, a crash is a
sentence, and what was told before stays.

A source's process is ``python -m devices.probing.source_process NAME``; findings come over a pipe of its own, because vendors'
libraries print what they like.
"""

import contextlib
import os
import selectors
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import msgspec

import devices
from devices.probing.findings import Finding, Places, Reason, Trouble
from kiosk.base import memory

_ROOT = Path(devices.__file__).resolve().parent.parent
_END_S = 1.0
_CHUNK = 65536
_MOST_BYTES = 2_000_000

SOURCES: Mapping[str, tuple[str, float]] = MappingProxyType(
    {
        "serial": ("devices.probing.serial_source", 6.0),
        "usb": ("devices.probing.usb_source", 6.0),
        "pcsc": ("devices.probing.pcsc_source", 6.0),
        "cups": ("devices.probing.cups_source", 6.0),
        "sane": ("devices.probing.sane_source", 20.0),
        "v4l2": ("devices.probing.v4l2_source", 6.0),
        "nut": ("devices.probing.nut_source", 6.0),
        "alsa": ("devices.probing.alsa_source", 6.0),
    }
)
"""Source -> its module with a function ``look(places)``, and its time in seconds."""

TALK_S = 120.0
"""For the serial source when it may speak: some four seconds a silent port."""


class SourceReport(msgspec.Struct, frozen=True):
    """What one source told. `problem` is why it told nothing, or not all."""

    source: str
    findings: tuple[Finding, ...] = ()
    problem: Reason | None = None


class _Asked:
    """One source at work."""

    def __init__(self, name: str, places: Places, ends: float) -> None:
        self.name = name
        self.ends = ends
        self.came = bytearray()
        self.pipe, theirs = os.pipe()
        try:
            path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-m", "devices.probing.source_process", name, str(theirs), str(os.getpid())],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=(theirs,),
                env={**os.environ, **memory.WANTED, "PYTHONPATH": path},
            )
        except OSError:
            os.close(self.pipe)
            raise
        finally:
            os.close(theirs)
        assert self.process.stdin is not None
        with contextlib.suppress(BrokenPipeError), self.process.stdin as stdin:
            stdin.write(msgspec.json.encode(places))  # one that ended at once is told by its exit status

    def end(self) -> int | None:
        """Kills it if it still runs; returns the exit status, ``None`` when it had to be killed."""
        os.close(self.pipe)
        try:
            return self.process.wait(0.0 if time.monotonic() >= self.ends else _END_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(_END_S)
            return None


def ask_all(
    places: Places, names: Sequence[str] = tuple(SOURCES), bounds: Mapping[str, float] | None = None
) -> list[SourceReport]:
    """Asks the sources and waits for all; each is given up at its own time (`bounds` replaces the table's).

    Must be called on a thread that outlives it: the kernel ends the sources with their parent thread.
    """
    asked: list[_Asked] = []
    with selectors.DefaultSelector() as selector:
        try:
            for name in names:
                bound = SOURCES[name][1] if name != "serial" or not places.talks else TALK_S
                source = _Asked(name, places, time.monotonic() + (bounds or {}).get(name, bound))
                asked.append(source)
                selector.register(source.pipe, selectors.EVENT_READ, source)
            _collect(selector)
        except BaseException:  # also an interrupt: nobody wants the rest any more
            for source in asked:
                source.process.kill()
            raise
        finally:
            statuses = [source.end() for source in asked]
    return [_report(source, status) for source, status in zip(asked, statuses, strict=True)]


def _collect(selector: selectors.BaseSelector) -> None:
    while waiting := [key.data for key in selector.get_map().values()]:
        now = time.monotonic()
        for source in waiting:
            if now >= source.ends:
                selector.unregister(source.pipe)
        left = min(source.ends for source in waiting) - now
        for key, _ in selector.select(max(left, 0)):
            data = os.read(key.fd, _CHUNK)
            key.data.came += data
            if not data or len(key.data.came) > _MOST_BYTES:
                selector.unregister(key.fd)


def _report(source: _Asked, status: int | None) -> SourceReport:
    findings: list[Finding] = []
    problem: Reason | None = None
    for line in bytes(source.came).split(b"\n")[:-1]:
        try:
            told = msgspec.json.decode(line, type=Finding | Trouble)
        except msgspec.MsgspecError:
            problem = Reason("probe.source_failed", {"source": source.name})
            continue
        if isinstance(told, Finding):
            findings.append(told)
        else:
            problem = told.problem
    if status is None:
        problem = Reason("probe.source_too_slow", {"source": source.name})
    elif status != 0 and problem is None:
        problem = Reason("probe.source_failed", {"source": source.name})
    return SourceReport(source.name, tuple(findings), problem)
