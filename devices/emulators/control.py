"""How a person or a test breaks an emulator: one JSON object a line over a Unix socket.

Request ``{"emulator": "id_card_reader", "do": "lay", "with": {"card": "resident"}}``; answer ``{"ok": true, "state": {...}}`` or
``{"ok": false, "error": "..."}``. ``do: "state"`` asks only. Every emulator lists its own actions in ``state["actions"]``.
"""

import json
import socket
from typing import Protocol


class Emulator(Protocol):
    """What the lab (the process that holds all emulators) asks of each of them."""

    name: str

    def start(self) -> None:
        """Opens its wire and starts its thread."""

    def stop(self) -> None:
        """Ends within two seconds."""

    def do(self, action: str, arguments: dict[str, object]) -> None:
        """One action of the panel; raises ValueError with a sentence for an unknown action or argument."""

    def state(self) -> dict[str, object]:
        """States, counters and the list of actions, ready for JSON."""


class ControlClient:
    """Talks to a lab's control socket; one connection, one thread at a time."""

    def __init__(self, path: str, timeout_s: float = 5.0) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.settimeout(timeout_s)
        self._socket.connect(path)
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
