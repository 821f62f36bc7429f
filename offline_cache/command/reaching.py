"""How a command gets at the store: through the socket of the one that runs, else by opening the folder itself."""

import contextlib
import os
import pwd
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar
from uuid import UUID

from kiosk.base.errors import BudayangError, Problem
from kiosk.base.logs import start_logging
from offline_cache.outbox.item import DeadLetter
from offline_cache.process import protocol as wire
from offline_cache.process import rows
from offline_cache.process.client import StoreClient
from offline_cache.process.frames import SOCKET
from offline_cache.process.parts import Parts, open_parts
from offline_cache.process.service import ClientService, Load
from offline_cache.process.settings import StoreSettings
from offline_cache.store.database import FILE

Answer = TypeVar("Answer", bound=wire.Reply)
Part = TypeVar("Part")
Other = TypeVar("Other")
HELLO_S = 1.0


class Asks(Protocol):
    """Whoever answers for the store."""

    def ask(self, make: Callable[[int], wire.Request], kind: type[Answer]) -> Answer | Problem:
        """See `StoreClient.ask`."""


@dataclass
class OpenedStore:
    """A store that this command has opened itself."""

    parts: Parts
    service: ClientService

    def ask(self, make: Callable[[int], wire.Request], kind: type[Answer]) -> Answer | Problem:
        """The same answers as through the socket; the drain starts when it is asked for."""
        request = make(1)
        if isinstance(request, wire.DrainNow) and self.parts.sync is not None:
            self.parts.sync.start()
        reply = self.service.answer(request)
        if isinstance(reply, wire.Failed):
            return Problem(reply.key, dict(reply.placeholders))
        assert isinstance(reply, kind)
        return reply


class Store:
    """The questions that commands have. Every failure is raised as BudayangError.

    Attributes:
        is_opened_here: no store runs.
    """

    def __init__(self, asks: Asks, *, is_opened_here: bool) -> None:
        self._asks = asks
        self.is_opened_here = is_opened_here

    def status(self) -> wire.StoreStatus:
        """Counts."""
        return self._ask(wire.Status, wire.StoreStatus)

    def items(self) -> Iterator[rows.ItemLine]:
        """What waits to be sent, in its order."""
        after, is_last = 0, False
        while not is_last:
            page = self._ask(_with(wire.Items, after), wire.ItemLines)
            yield from page.items
            is_last = page.is_last or not page.items
            after = page.items[-1].seq if page.items else after

    def dead_letters(self) -> Iterator[DeadLetter]:
        """All of them, in their order; codes only."""
        after, is_last = 0, False
        while not is_last:
            page = self._ask(_with(wire.DeadLetters, after), wire.Letters)
            yield from page.letters
            is_last = page.is_last or not page.letters
            after = page.letters[-1].seq if page.letters else after

    def retry_dead(self, idem: UUID) -> bool:
        """A person has a dead letter sent again; whether there is one of this key."""
        return self._ask(_with(wire.RetryDead, idem), wire.Done).found

    def give_up_dead(self, idem: UUID, reason: str) -> bool:
        """A person gives a dead letter up, with a word of `REASONS`; whether there is one of this key."""
        return self._ask(_with_two(wire.GiveUpDead, idem, reason), wire.Done).found

    def given_up(self) -> Iterator[rows.GivenUpLine]:
        """Those that were given up, the newest first, as long as the journal has them."""
        before: int | None = None
        is_last = False
        while not is_last:
            page = self._ask(_with(wire.GivenUp, before), wire.GivenUpLines)
            yield from page.letters
            is_last = page.is_last or not page.letters
            before = page.letters[-1].number if page.letters else before

    def sealed_letters(self, public_key: bytes) -> Iterator[bytes]:
        """Every dead letter, sealed to this key (PEM)."""
        after = 0
        while True:
            letter = self._ask(_with_two(wire.Export, after, public_key), wire.SealedLetter)
            if letter.seq == 0:
                return
            yield letter.sealed
            after = letter.seq

    def drain_now(self) -> bool:
        """Sends at once, whatever the waits; False when there is no platform to send to."""
        return self._ask(wire.DrainNow, wire.Done).found

    def _ask(self, make: Callable[[int], wire.Request], kind: type[Answer]) -> Answer:
        answer = self._asks.ask(make, kind)
        if isinstance(answer, Problem):
            raise BudayangError(answer.key, **dict(answer.placeholders))
        return answer


@contextlib.contextmanager
def reached(settings: StoreSettings) -> Iterator[Store]:
    """The store of these settings.

    Raises:
        BudayangError: ``outbox.no_store``; it runs and does not answer (``store.in_use``); it cannot be opened.
    """
    folder = Path(settings.folder)
    client = StoreClient(folder)
    try:
        if (folder / SOCKET).exists() and isinstance(client.hello(HELLO_S), wire.Welcome):
            yield Store(client, is_opened_here=False)
            return
    finally:
        client.close()
    if not (folder / FILE).exists():
        raise BudayangError("outbox.no_store", folder=str(folder))
    act_as_owner_of(folder)
    log_folder = Path(settings.log_folder) if settings.log_folder else None
    with start_logging(
        "outbox", log_folder, stderr=False
    ):  # the store's news are the log's, not the person's at the screen
        parts = open_parts(settings, lambda: None)
        try:
            yield Store(OpenedStore(parts, ClientService(parts, Load(time.monotonic))), is_opened_here=True)
        finally:
            parts.close()


def act_as_owner_of(folder: Path) -> None:
    """Root becomes the terminal's user for the rest of the command: files of root's would keep the terminal out later."""
    try:
        owner = folder.stat()
    except FileNotFoundError:
        return  # the terminal has not made it yet
    if os.geteuid() == 0 and owner.st_uid != 0:
        with contextlib.suppress(KeyError):  # a user without a name has no other groups
            os.initgroups(pwd.getpwuid(owner.st_uid).pw_name, owner.st_gid)
        os.setegid(owner.st_gid)
        os.seteuid(owner.st_uid)


def _with(make: Callable[[int, Part], wire.Request], value: Part) -> Callable[[int], wire.Request]:
    return lambda number: make(number, value)


def _with_two(
    make: Callable[[int, Part, Other], wire.Request], first: Part, second: Other
) -> Callable[[int], wire.Request]:
    return lambda number: make(number, first, second)
