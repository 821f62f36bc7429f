"""What the platform holds back: everything, by the terminal's standing or its own pause, or a kind that needs a permission or a release."""

from collections.abc import Mapping

from offline_cache.sync.log_events import log


class Holds:
    """One thread; moments in monotonic seconds.

    Attributes:
        standing: code by which the platform refuses this terminal; None when it does not.
        until: nothing is sent before.
    """

    def __init__(self, recheck_s: float) -> None:
        self._recheck_s = recheck_s
        self._kinds: dict[str, float] = {}
        self.standing: str | None = None
        self.until = 0.0

    @property
    def kinds(self) -> frozenset[str]:
        """Kinds that wait."""
        return frozenset(self._kinds)

    def refuse(self, code: str, now: float) -> None:
        """The terminal's standing is refused; told once."""
        if self.standing != code:
            log.event("sync_held", code=code)
        self.standing = code
        self.until = now + self._recheck_s

    def works(self, now: float) -> None:
        """The platform answers something else than a refusal, after the hold."""
        if now >= self.until:
            self.standing = None

    def refuse_kinds(self, kinds: Mapping[str, str], now: float) -> None:
        """Kinds with the code of their refusal; each told once."""
        for kind, code in kinds.items():
            if kind not in self._kinds:
                log.event("sync_kind_held", code=code)
            self._kinds[kind] = now + self._recheck_s

    def release(self, now: float) -> bool:
        """Kinds whose time is over may be tried again; returns whether there were any."""
        over = [kind for kind, until in self._kinds.items() if until <= now]
        for kind in over:
            del self._kinds[kind]
        return bool(over)

    def clear(self) -> None:
        """All may be tried again."""
        self._kinds.clear()
        self.until = 0.0

    def moments(self) -> list[float]:
        """When each kind may be tried again."""
        return list(self._kinds.values())
