"""How long a bar of time is when it is full: the most seconds that were left while its page was seen."""

from collections.abc import Iterable

from kiosk.terminal.port import TerminalPort


class FullTime:
    """Remembers the longest time seen; never below a second."""

    def __init__(self) -> None:
        self._seconds = 1

    def seconds(self, terminal: TerminalPort, timers: Iterable[str]) -> int:
        """Whole seconds, rounded up, of the longest time left so far of any of `timers`."""
        left = [seconds for seconds in map(terminal.seconds_left, timers) if seconds is not None]
        self._seconds = max([self._seconds, *(-int(-seconds // 1) for seconds in left)])
        return self._seconds
