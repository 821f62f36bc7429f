"""A step ledger in one file of JSON lines: appended and synced, a torn last line tolerated, nothing personal in it.

For tests and benches without a store process; a terminal keeps its steps in the store's journal, behind the same port
(`kiosk.terminal.endorsement_journal`). The file holds one job: opening the next replaces it whole, so it does not grow.
"""

import os
import tempfile
from pathlib import Path
from typing import Protocol

import msgspec

from devices.permit_rewriter.ledger import (
    Begun,
    Closed,
    Ended,
    HeldBack,
    JobEnd,
    Opened,
    Record,
    Step,
    StepOutcome,
    history_of,
)
from kiosk.base.errors import BudayangError

_decoder: msgspec.json.Decoder[Record] = msgspec.json.Decoder(Record)
_LONGEST = 1 << 20


class LedgerFiles(Protocol):
    """One durable file. Each method returns when what it did will outlive a power cut; raises OSError."""

    def read(self) -> bytes:
        """The whole content; empty when there is no file."""

    def append(self, data: bytes) -> None:
        """At the end; after a failure any first part of `data` may be there."""

    def replace(self, data: bytes) -> None:
        """All or nothing."""


class DiskFile:
    """A file of mode 0600 on disk; its folder must exist."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> bytes:
        try:
            with self._path.open("rb") as file:
                return file.read(_LONGEST)
        except FileNotFoundError:
            return b""

    def append(self, data: bytes) -> None:
        descriptor = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC)
        try:
            _write(descriptor, data)
        finally:
            os.close(descriptor)

    def replace(self, data: bytes) -> None:
        descriptor, name = tempfile.mkstemp(prefix=".ledger-", dir=self._path.parent)
        try:
            try:
                _write(descriptor, data)
            finally:
                os.close(descriptor)
            Path(name).replace(self._path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
        folder = os.open(self._path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _write(descriptor: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(descriptor, left) :]
    os.fsync(descriptor)


class FileLedger:
    """Fulfils `StepLedger`. One thread at a time; one process at a time."""

    def __init__(self, files: LedgerFiles) -> None:
        self._files = files

    def records(self) -> tuple[Record, ...]:
        """See `StepLedger`. A last line that was torn by a power cut was never promised, so it is left out."""
        whole, _, _ = self._content().rpartition(b"\n")
        if not whole:
            return ()
        try:
            found = tuple(_decoder.decode(line) for line in whole.split(b"\n"))
            history_of(found)
        except ValueError:  # msgspec's errors are ValueErrors too
            raise BudayangError("rewriter.ledger_damaged") from None
        return found

    def open(self, job: Opened) -> None:
        """See `StepLedger`."""
        history = history_of(self.records())
        if history is not None and history.end is None:
            raise BudayangError("rewriter.job_open")
        self._keep(lambda: self._files.replace(_line(job)))

    def begin(self, step: Step, card_token: str) -> None:
        """See `StepLedger`."""
        self._add(Begun(step, card_token))

    def ended(self, step: Step, outcome: StepOutcome) -> None:
        """See `StepLedger`."""
        self._add(Ended(step, outcome))

    def held(self, reason: str) -> None:
        """See `StepLedger`."""
        self._add(HeldBack(reason))

    def closed(self, end: JobEnd) -> None:
        """See `StepLedger`."""
        self._add(Closed(end))

    def _content(self) -> bytes:
        try:
            return self._files.read()
        except OSError:
            raise BudayangError("rewriter.ledger_failed") from None

    def _add(self, record: Record) -> None:
        content = self._content()
        line = _line(record)
        if content.endswith(b"\n"):
            self._keep(lambda: self._files.append(line))
        else:
            # a torn line must not become the beginning of this one
            whole = content[: content.rfind(b"\n") + 1]
            self._keep(lambda: self._files.replace(whole + line))

    def _keep(self, write: "_Write") -> None:
        try:
            write()
        except OSError:
            raise BudayangError("rewriter.ledger_failed") from None


class _Write(Protocol):
    def __call__(self) -> None: ...


def _line(record: Record) -> bytes:
    return msgspec.json.encode(record) + b"\n"
