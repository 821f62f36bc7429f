"""What is decided about the drain, and what it tells of itself."""

from dataclasses import dataclass

from offline_cache.sync.breaker import Circuit


@dataclass(frozen=True)
class SyncSettings:
    """Times of the drain, in seconds.

    Attributes:
        terminal_id: this terminal.
        pace_items_s: items a second; None is unbounded.
        recheck_s: when a refused standing or kind is tried again.
        idle_s: the longest sleep.
        report_s: between reports of the store.
        tidy_s: between two looks after expired items and unused room.
        first_ask_s: after a time-out, before the status is asked.
    """

    terminal_id: str
    pace_items_s: float | None = None
    recheck_s: float = 300.0
    idle_s: float = 30.0
    report_s: float = 60.0
    tidy_s: float = 60.0
    first_ask_s: float = 1.0


@dataclass(frozen=True)
class SyncStatus:
    """For staff: how the line is, why nothing is sent, what is under way.

    Attributes:
        standing: code by which the platform refuses this terminal; None when it does not.
        held_kinds: kinds that wait for a permission or a new release.
        in_doubt: items that may have arrived, about which the platform is asked.
        ended: items that ended since the start.
        platform_less_wall_s: the platform's time less this machine's wall time; None while unknown.
        store_problem: message key of why the store did not do what the drain asked of it; None when it does.
    """

    circuit: Circuit
    standing: str | None
    held_kinds: tuple[str, ...]
    in_doubt: int
    uploading: int
    ended: int
    platform_less_wall_s: float | None
    store_problem: str | None = None
