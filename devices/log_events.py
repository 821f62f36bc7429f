"""Where the device layer's log lines go: to the catalogue of `kiosk.base.logs`, or out of a host to its supervisor.

A driver calls `note`; it need not know whether it runs in a host. Fields hold codes and counts, never content.
"""

from collections.abc import Callable, Mapping

Field = str | int | float | bool
Sink = Callable[[str, Mapping[str, Field]], None]

EVENTS: dict[str, tuple[str, ...]] = {
    "device_lost": ("device", "state", "reason"),
    "device_recovered": ("device", "state"),
    "device_status": ("device", "state", "reason", "action"),
    "module_changed": ("device", "module_id"),
    "reader_reply": ("request", "sw1", "sw2", "sw3"),
    "reader_line": ("request", "trouble"),
    "host_started": ("device", "pid"),
    "host_ended": ("device", "pid", "status", "cause"),
    "host_failing": ("device", "restarts"),
    "host_misbehaved": ("device", "fault"),
    "host_error": ("device", "error", "where"),
    "callback_failed": ("device", "error"),
    "command_ended": ("device", "command", "code", "reason", "duration_ms"),
    "command_refused": ("device", "command", "reason"),
}
"""Event name to its allowed fields."""


def _drop(event: str, fields: Mapping[str, Field]) -> None:
    """Nobody listens."""


_sink: Sink = _drop


def note(event: str, **fields: Field) -> None:
    """Logs one event of `EVENTS`; may be called from any thread.

    Raises:
        KeyError: the event or a field is not in the catalogue (a mistake of the program).
    """
    unknown = set(fields) - set(EVENTS[event])
    if unknown:
        raise KeyError(f"{event}: {sorted(unknown)}")
    _sink(event, fields)


def divert(sink: Sink) -> None:
    """Sends every later event to `sink`; a host does so to hand its events to the supervisor."""
    global _sink
    _sink = sink
