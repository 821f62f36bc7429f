"""What a kind of submission is to the intake: its schema and its effect in the department's own tables."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

import msgspec
from sqlalchemy import Connection

from provisioning.platform.intake.wire import IntakeItem

Body = TypeVar("Body")


class MalformedError(Exception):
    """The body does not follow the kind's schema. Not stored: another release of either side may know better."""


class RejectedError(Exception):
    """The department does not take it, for ever: stored as the outcome of its key, without effect."""


@dataclass(frozen=True)
class Submission:
    """An item on its way into a department; `received_ms` is the legal time of its receipt."""

    terminal_id: str
    item: IntakeItem
    body: object = field(repr=False)
    received_ms: int


@dataclass(frozen=True)
class Effect:
    """What the department did.

    Attributes:
        receipt: number of the case.
        holder: id number of who handed in; None where nobody is named.
        visit_id: in which visit, so that a factor checked there counts.
        is_finished: False: taken, the outcome comes by `Intake.finish`.
    """

    receipt: str
    holder: str | None = field(default=None, repr=False)
    visit_id: str | None = None
    is_finished: bool = True


@dataclass(frozen=True)
class CaseView:
    """What its holder is told of a case."""

    title: str = field(repr=False)
    answer: str | None = field(repr=False)


class Kind(Protocol):
    """One kind of submission. Thread-safe; all state is in the database."""

    department: str
    schema_versions: frozenset[int]
    most_attachments: int
    attachment_types: frozenset[str]

    def parse(self, text: str, schema_version: int) -> object:
        """The body. Raises MalformedError."""

    def take(self, connection: Connection, submission: Submission) -> Effect:
        """The effect, inside the intake's transaction. Raises RejectedError."""

    def view(self, connection: Connection, terminal_id: str, key: str) -> CaseView | None:
        """What the holder is told; None for what is no case."""


Kinds = Mapping[str, Kind]


def decode(text: str, form: type[Body]) -> Body:
    """A body by its msgspec form. Raises MalformedError, without quoting the text."""
    try:
        return msgspec.json.decode(text.encode(), type=form)
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
        raise MalformedError from None


def check_texts(*texts: str | None) -> None:
    """Texts that a database takes: no NUL, no lone surrogates. Raises MalformedError."""
    for text in texts:
        if text is not None and ("\x00" in text or any("\ud800" <= one <= "\udfff" for one in text)):
            raise MalformedError
