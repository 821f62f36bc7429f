"""Faults by class: each is played into a visit of a full hall, which must neither be lost nor print anything twice.

The wire faults are what the emulators themselves offer (`PAIRS`: how to break, how to mend); each host is killed and stopped
besides. The reader is broken while the page waits for the card, every other device while the result is shown, just before
the papers: printers must then print once, say what is missing or ask, and the others must not be felt at all.
"""

import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kiosk.base.config import load_config
from tests.bench.figures import Figure, load
from tests.faults.visits import FaultyHall

READER = "id_card_reader"
PRINTERS = ("sheet_printer", "receipt_printer")
PAIRS = {
    "unplug": "plug",
    "cut": "reconnect",
    "silence": "normal",
    "silent": "answering",
    "stall": "normal",
    "repeat": "normal",
    "truncate": "normal",
    "garbage": "normal",
    "noise": "normal",
    "wrong_checksum": "normal",
    "wrong_check": "normal",
    "slow": "normal",
    "mute": "normal",
    "die": "revive",
    "busy": "idle",
    "paper_out": "refill",
    "open_cover": "close_cover",
    "open_hatch": "close_hatch",
    "cutter_jam": "clear_jam",
    "jam": "clear_jam",
}
LOUD = frozenset({"unplug", "cut", "silence", "silent", "die"})
"""Faults that make a device unusable within seconds; a bystander's is waited for, so that the papers meet it."""
UNHEARD = frozenset({("barcode_reader", "silence")})
"""A reader that only listens cannot tell silence from nobody there."""
ARGUMENTS: dict[tuple[str, str], dict[str, object]] = {
    ("permit_rewriter", fault): {"step": "erase"} for fault in ("jam", "mute")
}
HOST_FAULTS = {"host_killed": signal.SIGKILL, "host_stopped": signal.SIGSTOP}
BACK_S = 20.0
"""For a mended device to be usable again, back-off after several failures in a row included; a safety bound."""


@dataclass(frozen=True)
class Broken:
    """What a visit with a fault came to; `why` is empty when all was well."""

    device: str
    fault: str
    why: str


def measure() -> list[Figure]:
    """The figure, with every failed pair by name."""
    with tempfile.TemporaryDirectory(prefix="by") as folder:
        hall = FaultyHall(Path(folder) / "hall", pinned=True, full=True, smart_cards=True)
        try:
            pairs = list(_pairs(hall))
            found = [_play(hall, device, fault) for device, fault in pairs]
        finally:
            hall.close()
    failed = [one for one in found if one.why]
    words = "; ".join(f"{one.device} {one.fault}: {one.why}" for one in failed) or "none"
    classes = len({device for device, _ in pairs})
    return [Figure("faults_failed", len(failed), f"{len(pairs)} visits, {classes} classes; failed: {words}; {load()}")]


def _pairs(hall: FaultyHall) -> list[tuple[str, str]]:
    pairs = []
    for configured in load_config(hall.world.config).devices:  # the core's hosts start first
        hall.terminal.do("wait_usable", device=configured, deadline_s=BACK_S)
    for device in sorted(set(hall.terminal.do("pids")) - {"central", "store"}):
        actions = hall.actions_of(device)
        pairs += [(device, fault) for fault in HOST_FAULTS]
        pairs += [(device, fault) for fault, mend in PAIRS.items() if fault in actions and mend in actions]
    return pairs


def _play(hall: FaultyHall, device: str, fault: str) -> Broken:
    hall.make_whole()
    crashes, begun = hall.crashes(), time.monotonic()
    why = ""
    try:
        if device == READER:
            host = _reader_broken(hall, fault)
        else:
            hall.to_result()
            host = _break(hall, device, fault)
            if fault in LOUD and device not in PRINTERS and (device, fault) not in UNHEARD:
                hall.terminal.do("wait_usable", device=device, usable=False, deadline_s=BACK_S)
            _papers(hall, lambda: _mend(hall, device, fault), may_miss=device in PRINTERS)
        hall.end()
        if fault in HOST_FAULTS:
            hall.must_have_gone([host])
        hall.terminal.do("wait_usable", device=device, deadline_s=BACK_S)
    except AssertionError as error:
        why = f"visit lost: {error}"[:200]
    if hall.most_cuts_of_a_job() > 1:
        why += " a slip was cut twice"
    if hall.crashes() != crashes:
        why += " an error that nobody caught"
    print(f"  {device} {fault} {time.monotonic() - begun:.1f} s {why or 'ok'}", file=sys.stderr, flush=True)
    if why:
        _mend_quietly(hall, device, fault)
    return Broken(device, fault, why)


def _break(hall: FaultyHall, device: str, fault: str) -> int:
    """Returns the pid of the device's host."""
    host: int = hall.terminal.do("pids")[device]
    if fault in HOST_FAULTS:
        os.kill(host, HOST_FAULTS[fault])
    else:
        hall.hands.do(device, fault, **ARGUMENTS.get((device, fault), {}))
    return host


def _mend(hall: FaultyHall, device: str, fault: str) -> None:
    if fault not in HOST_FAULTS:  # the supervisor does that itself
        hall.hands.do(device, PAIRS[fault])


def _mend_quietly(hall: FaultyHall, device: str, fault: str) -> None:
    _mend(hall, device, fault)
    for action in ("normal", "plug"):
        if action in hall.actions_of(device):
            hall.hands.do(device, action)


def _reader_broken(hall: FaultyHall, fault: str) -> int:
    hall.go_to("identify")
    host = _break(hall, READER, fault)
    hall.hands.lay("resident")
    _mend(hall, READER, fault)
    hall.terminal.do("wait_for", place="consent", deadline_s=BACK_S)
    hall.terminal.do("touch", name="act")
    hall.terminal.do("wait_for", place="factor")
    hall.pass_factor("password")
    hall.terminal.do("wait_for", place="result")
    _papers(hall, lambda: None, may_miss=False)
    return host


def _papers(hall: FaultyHall, mend: Callable[[], None], *, may_miss: bool) -> None:
    """Prints both papers; what is missing is printed once the device is mended, what is unknown is not printed again."""
    terminal = hall.terminal
    terminal.do("touch", name="act")
    terminal.do("wait_for", place="print")
    hall.wait_printed()
    outcomes = terminal.state()["outcomes"]
    assert may_miss or outcomes == ["printed", "printed"], f"the papers: {outcomes}, {terminal.state()['problems']}"
    mend()
    if outcomes != ["printed", "printed"]:
        for device in PRINTERS:
            terminal.do("wait_usable", device=device, deadline_s=BACK_S)
        if "unknown" in outcomes:  # a person looks and says that it did not come, or that it did: here, that it did
            terminal.do("touch", name="second")
            terminal.do("wait_page", is_working=False, asks_about=None)
        outcomes = terminal.state()["outcomes"]
        if "notPrinted" in outcomes:
            terminal.do("touch", name="act")
            terminal.do("wait_page", is_working=True)
            hall.wait_printed()
            outcomes = terminal.state()["outcomes"]
            assert "notPrinted" not in outcomes, f"mended, and still: {outcomes}"
    terminal.do("touch", name="act")
    terminal.do("wait_for", place="rate")
