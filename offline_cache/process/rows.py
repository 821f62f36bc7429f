"""What the messages of the store hold many of, or what parts of them are made of."""

from collections.abc import Mapping
from uuid import UUID

import msgspec


class ToldProblem(msgspec.Struct, frozen=True):
    """A message key and what its sentence needs."""

    key: str
    placeholders: Mapping[str, str] = {}


class LineStatus(msgspec.Struct, frozen=True):
    """The line to the platform; see `offline_cache.sync.drain.SyncStatus`."""

    circuit: str
    standing: str | None
    held_kinds: tuple[str, ...]
    in_doubt: int
    ended: int
    platform_less_wall_s: float | None
    store_problem: str | None = None


class ItemLine(msgspec.Struct, frozen=True):
    """What waits to be sent, without its body. `created_wall_s`: Unix time by this machine's clock."""

    seq: int
    idem: UUID
    kind: str
    slip_number: str | None
    attempts: int
    last_code: str | None
    bytes: int
    created_wall_s: float


class GivenUpLine(msgspec.Struct, frozen=True):
    """A dead letter that a person gave up: when by this machine's clock (Unix), and whether the platform has heard it."""

    number: int
    idem: UUID
    kind: str
    reason: str
    given_up_wall_s: float
    is_told: bool


class OpenCase(msgspec.Struct, frozen=True):
    """See `offline_cache.journal.journal.OpenCase`; stated anew since the terminal shall not load the ciphers."""

    case_id: UUID
    kind: str
    position: int
    step: str
    is_under_way: bool
    rule: str
    details: bytes

    def __repr__(self) -> str:
        return f"OpenCase({self.case_id}, {self.position}, {self.step!r}, {self.rule!r})"


class Entry(msgspec.Struct, frozen=True):
    """See `offline_cache.journal.journal.Entry`."""

    position: int
    step: str
    outcome: str | None
    details: bytes
    end_details: bytes | None

    def __repr__(self) -> str:
        return f"Entry({self.position}, {self.step!r}, {self.outcome!r})"
