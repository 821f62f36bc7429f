"""How a person, a scene or a test breaks an emulator: one JSON object a line over a Unix socket, request and answer in turn.

Request ``{"emulator": "id_card_reader", "do": "lay", "with": {"card": "resident"}}``; answer ``{"ok": true, "state": {...}}`` or
``{"ok": false, "error": "..."}``, the error a sentence. Every emulator lists its own actions in ``state["actions"]``. Three requests
are the lab's own and change nothing:

* ``do: "state"`` of any emulator: its state.
* ``do: "traffic", with: {"after": n}`` of any emulator: the frames on its wire with a number above ``n`` (0 at first) that are still held
  (the last 400, at most 64 KB). ``state`` is ``{"frames": [...], "last": number of the newest}``; a frame is ``{"n", "at_ms"
  (Unix time), "direction": "toDevice" | "fromDevice", "size", "hex" ("aa 55 03"), "hidden", "decoded"}``. ``hex`` ends where contents begin
  and ``hidden`` bytes follow, unless the lab was started with ``--reveal``. ``decoded`` is in the protocol's own words. Frames that fell
  out before they were asked for show as a gap in ``n``.
* ``emulator: "hall", do: "state"``: ``{"emulators": {name: {"kind": ..., "has_traffic": true, "missing": null}}}`` in the hall's order. An
  emulator that this machine cannot run is listed with ``missing``: its sentence by language, ``{"zh_CN", "zh_HK", "en"}``. Beside them
  ``"temporary"``: the hall's own folder, which goes with it, also when its parent is killed.
"""

import json
import socket
from typing import Protocol

from kiosk.base.errors import BudayangError

HALL = "hall"
"""Stands for the lab itself where an emulator's name is asked for."""
STATE, TRAFFIC = "state", "traffic"


class MissingError(BudayangError):
    """This machine cannot run an emulator; its sentence says why and what would help. The hall goes on without."""


class Emulator(Protocol):
    """What the lab (the process that holds all emulators) asks of each of them.

    One that has an attribute `traffic` (`devices.emulators.traffic.Traffic`) shows its wire; one with a method ``prepare()`` is called
    there first, all others' too, before any is started: it begins what takes a while.
    """

    name: str

    def start(self) -> None:
        """Opens its wire and starts its thread. May raise `MissingError`."""

    def stop(self) -> None:
        """Ends within two seconds, also when it was never started."""

    def do(self, action: str, arguments: dict[str, object]) -> None:
        """One action of the panel; raises ValueError with a sentence for an unknown action or argument."""

    def state(self) -> dict[str, object]:
        """States, counters and the list of actions, ready for JSON."""


class ControlClient:
    """Talks to a lab's control socket; one connection, one thread at a time."""

    def __init__(self, path: str, timeout_s: float = 5.0) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.settimeout(timeout_s)
        try:
            self._socket.connect(path)
        except BaseException:
            self._socket.close()
            raise
        self._file = self._socket.makefile("rwb")

    def do(self, emulator: str, action: str, **arguments: object) -> dict[str, object]:
        """Carries out one action; returns the emulator's state after it. Raises ValueError when it is refused."""
        self._file.write(json.dumps({"emulator": emulator, "do": action, "with": arguments}).encode() + b"\n")
        self._file.flush()
        line = self._file.readline()
        if not line:
            raise ConnectionError("the emulators' process has gone")
        answer = json.loads(line)
        if not answer["ok"]:
            raise ValueError(answer["error"])
        state: dict[str, object] = answer["state"]
        return state

    def close(self) -> None:
        """Ends the connection."""
        self._file.close()
        self._socket.close()
