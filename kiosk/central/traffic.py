"""What went over the line to the platform, in counts only: for journey.json and for the technician."""

from dataclasses import dataclass


@dataclass
class Traffic:
    """Counters since the client was made. Bytes are what our sockets carried, inside of TLS.

    Attributes:
        calls: calls begun.
        failed_calls: calls that ended in a problem.
        connections: connections opened.
        connect_s: seconds spent in opening them, TLS included.
        bytes_sent, bytes_received: heads and bodies.
        busy_s: seconds inside of calls.
        last_call_s: seconds of the last call.
    """

    calls: int = 0
    failed_calls: int = 0
    connections: int = 0
    connect_s: float = 0.0
    bytes_sent: int = 0
    bytes_received: int = 0
    busy_s: float = 0.0
    last_call_s: float = 0.0
