"""The supervisor's waits, in one table, and what it counts."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Times:
    """All waits of the supervisor, in seconds; replaceable in tests."""

    start_s: float = 10.0  # from the start of a host to its first status
    acknowledge_s: float = 1.0
    heartbeat_s: float = 1.0
    misses: int = 3
    occupied_s: float = 6.0  # a driver may be inside one poll
    grace_s: float = 1.5  # beyond a command's time-out, and for a cancelled command to end
    hold_s: float = 5.0
    first_back_off_s: float = 0.2
    longest_back_off_s: float = 10.0
    healthy_s: float = 30.0
    stop_s: float = 2.0


@dataclass
class Traffic:
    """What went over one device's socket since the start."""

    commands: int = 0
    bytes_out: int = 0
    bytes_in: int = 0
    restarts: int = 0
    late_messages: int = 0  # of actions that had ended
    completions: Counter[str] = field(default_factory=Counter)
