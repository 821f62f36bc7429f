"""How the drain reaches the platform, and where it finds the plain bytes of attachments."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from offline_cache.sync.answers import Answer
from offline_cache.sync.clock_offset import TimeSample
from offline_cache.sync.contract import EndingsReport, IntakeBatch, StoreReport


@dataclass(frozen=True)
class BatchAnswer:
    """What came back for a batch.

    Attributes:
        answers: one for each item, in their order; empty when the call as a whole was refused or failed.
        whole: of the call.
    """

    whole: Answer
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True)
class UploadAnswer:
    """What came back for an attachment: where to go on, or, with `received` None, why that is not known."""

    answer: Answer
    received: int | None = None
    is_whole: bool = False


@dataclass(frozen=True)
class FilePart:
    """Plain bytes of an attachment and what is told of the whole."""

    attachment_id: UUID
    media_type: str
    first: int
    total: int
    sha256: bytes = field(repr=False)
    content: bytes = field(repr=False)


class Transport(Protocol):
    """One thread calls; `abort` comes from any. Every call ends within its deadline and raises for no fault of a network."""

    def send(self, batch: IntakeBatch) -> BatchAnswer:
        """POST /v1/intake."""

    def status(self, key: UUID) -> Answer:
        """What became of a key."""

    def attachment_state(self, attachment_id: UUID) -> UploadAnswer:
        """How much of it the platform has."""

    def append(self, part: FilePart) -> UploadAnswer:
        """Adds to an attachment."""

    def report(self, report: StoreReport) -> Answer:
        """Tells of the store; code ``accepted`` when the platform took it."""

    def tell_endings(self, report: EndingsReport) -> BatchAnswer:
        """POST /v1/intake/endings; an answer for each ending."""

    def take_time(self) -> TimeSample | None:
        """The date of the last authenticated answer, once."""

    def abort(self) -> None:
        """Breaks off the running call and fails those that follow."""


class PlainFile(Protocol):
    """An attachment opened for reading; nothing of it touches a disk."""

    size: int
    sha256: bytes

    def read(self, offset: int, count: int) -> bytes:
        """Plain bytes from `offset`, fewer than `count` only at the end. Raises BudayangError ``store.cannot_open``."""

    def close(self) -> None:
        """Twice is allowed."""


class PlainFiles(Protocol):
    """The sealed attachments, as the drain reads them; `offline_cache.attachments` fulfils it."""

    def open_plain(self, attachment_id: UUID) -> PlainFile:
        """Raises BudayangError when it is gone, damaged or cannot be opened."""

    def remove_ended(self, attachment_ids: Iterable[UUID]) -> None:
        """Their item has ended at the platform: the files go. Raises BudayangError; then they are collected later."""
