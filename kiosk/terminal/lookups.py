"""The hand that looks things up in the reference, and what keeps that reference new: `ReferenceParts` of a running terminal."""

import random
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from kiosk.base.clock import Clock
from kiosk.base.config import Config
from kiosk.base.errors import Problem
from kiosk.services.item import Item
from kiosk.services.search import Found, NotSearched, Opened, PlaceFile, SearchDesk
from kiosk.session import effects, events
from kiosk.session.lookup import (
    Answer,
    Article,
    Content,
    Dated,
    Days,
    FoundKind,
    FoundLine,
    Paper,
    PartName,
)
from kiosk.terminal.log_events import log
from offline_cache.reference import ALL_KINDS, Age, Freshness, GuideRow, ItemRow, Kind, PolicyRow, Reference

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    from offline_cache.reference.keeping import Keeper

_KINDS = {Kind.ITEM: FoundKind.ITEM, Kind.POLICY: FoundKind.POLICY, Kind.PLACE: FoundKind.PLACE}
_BACK = {found: kind for kind, found in _KINDS.items()}
_MOST_BELOW = 60
"""Names of places below one that a page shows."""


class Lookups:
    """Carries out `effects.LookUp` and `effects.ReadFound`; fulfils `kiosk.terminal.terminal.Hand`.

    `open_reference` and `find_here` are called on the desk's thread.
    """

    def __init__(
        self,
        open_reference: Callable[[], Reference | Problem],
        find_here: Callable[[str], Item | None],
        region: str | None,
        post: Callable[[object], None],
    ) -> None:
        self._post = post
        self._lock = threading.Lock()  # the answer may be there before the ticket is
        self._asked: tuple[int, effects.LookUp | effects.ReadFound] | None = None
        self.desk = SearchDesk(open_reference, find_here, region, self._answered, lambda: post(events.Broke()))

    def renew(self) -> None:
        """A new version was installed; any thread. Who was told that there is none is answered now."""
        self.desk.renew()
        self._post(events.ReferenceRenewed())

    def run(self, effect: effects.Effect) -> bool:
        with self._lock:
            match effect:
                case effects.LookUp():
                    self._asked = (self.desk.ask(effect.text, _kinds(effect.scope)), effect)
                case effects.ReadFound():
                    self._asked = (self.desk.open(_BACK[effect.line.kind], effect.line.code), effect)
                case _:
                    return False
        return True

    def wipe(self, done: Callable[[], None]) -> None:
        with self._lock:
            self._asked = None
        self.desk.forget(done)

    def stop(self) -> None:
        with self._lock:
            self._asked = None
        self.desk.stop()

    def _answered(self, answer: Found | Opened | NotSearched) -> None:
        with self._lock:
            if self._asked is None or self._asked[0] != answer.ticket:
                return
            (_, effect), self._asked = self._asked, None
        who, number = effect.visit_id, effect.effect_id
        if isinstance(answer, Found) and isinstance(effect, effects.LookUp):
            lines = tuple(
                _line(one.hit.kind, one.hit.code, one.hit.name, one.hit.note, one.here) for one in answer.lines
            )
            found = Answer(effect.text, lines, answer.is_more, _dated(answer.freshness))
            self._post(events.LookedUp(who, number, found))
        elif isinstance(answer, Opened) and isinstance(effect, effects.ReadFound):
            self._post(events.FoundRead(who, number, article_of(effect.line, answer)))
        elif isinstance(answer, NotSearched):
            self._post(events.LookUpFailed(who, number, answer.problem))


class ReferenceParts:
    """What a configured reference adds to a running terminal.

    Attributes:
        lookups: the hand.
    """

    def __init__(
        self,
        config: Config,
        clock: Clock,
        find_here: Callable[[str], Item | None],
        post: Callable[[object], None],
        chance: random.Random | None = None,
        first_s: float | None = None,
    ) -> None:
        """The reference is opened at once, on the desk's thread; `start` begins to keep it new, within `first_s`."""
        assert config.reference is not None, "asked for only where one is configured"
        self._reference = config.reference
        self._config = config
        self._clock = clock
        self._chance = chance or random.Random()
        self._first_s = first_s
        self._lock = threading.Lock()
        self._unusable: Problem | None = None
        self._refused: Problem | None = None
        self._told: Problem | None = None
        self._post = post
        self.lookups = Lookups(self._open, find_here, config.region, post)
        self._keeper: Keeper | None = None

    @property
    def problem(self) -> Problem | None:
        """For technicians: why there is no search, else why a new version was refused; None: all is well."""
        return self._told

    def start(self) -> None:
        """Updates in the background from now on."""
        from offline_cache.reference.keeping import FIRST_S, Keeper, update_command

        config, platform = self._config, self._config.platform
        words = ["--terminal-id", config.terminal_id]
        if platform.ca_bundle and platform.client_certificate and platform.client_key:
            words = ["--certificate", str(platform.client_certificate), "--certificate-key", str(platform.client_key)]
            words += ["--ca", str(platform.ca_bundle)]
        command = update_command(self._reference.folder, self._reference.key, platform.url, words)
        first_s = FIRST_S if self._first_s is None else self._first_s
        self._keeper = Keeper(
            self._reference.folder,
            command,
            self.lookups.renew,
            self._chance,
            first_s=first_s,
            on_problem=self._update_ended,
        )

    def stop(self) -> None:
        """Ends the updates; the hand is the terminal's to stop."""
        if self._keeper is not None:
            self._keeper.stop()

    def _open(self) -> Reference | Problem:
        try:
            opened = Reference.open(self._reference.folder, _public_key(self._reference.key.read_bytes()), self._clock)
        except (OSError, ValueError):
            opened = Problem("reference.key_unreadable", {"file": self._reference.key.name})
        problem = opened if isinstance(opened, Problem) else None
        if problem != self._unusable and problem is not None and problem.key != "reference.none":
            log.event("reference_unusable", reason=problem.key)
        self._unusable = problem
        self._tell()
        return opened

    def _update_ended(self, problem: Problem | None) -> None:
        from offline_cache.reference.keeping import NORMAL

        self._refused = None if problem is None or problem.key in NORMAL else problem
        self._tell()

    def _tell(self) -> None:
        with self._lock:  # two threads have news
            problem = self._unusable or self._refused
            if problem != self._told:
                self._told = problem
                self._post(events.ReferenceChanged(problem))


def article_of(line: FoundLine, opened: Opened) -> Article:
    """What the page shows of what was opened."""
    content = opened.content
    if isinstance(content, PolicyRow):
        parts = _of_policy(content)
    elif isinstance(content, PlaceFile):
        parts = _of_place(content)
    else:
        parts = _of_item(*content)
    return Article(line, tuple((name, part) for name, part in parts if part != ()), _dated(opened.freshness))


def _of_item(item: ItemRow, guide: GuideRow | None) -> list[tuple[PartName, Content]]:
    code = (PartName.CODE, (item.item_code,))
    if guide is None:
        return [code]
    papers = tuple(Paper(one.name, one.is_required, one.is_original, one.copies, one.source) for one in guide.materials)
    return [
        (PartName.CONDITIONS, guide.conditions),
        (PartName.MATERIALS, papers),
        (PartName.TIME, Days(guide.promised_days, guide.legal_days, guide.trips)),
        (PartName.FEE, guide.fee_fen),
        (PartName.PROCEDURE, guide.procedure),
        (PartName.PHONE, (guide.phone,) if guide.phone else ()),
        (PartName.LEGAL_BASIS, guide.legal_basis),
        (PartName.CODE, (item.item_code, f"{guide.version} · {guide.updated_at}")),
    ]


def _of_policy(policy: PolicyRow) -> list[tuple[PartName, Content]]:
    issued = tuple(filter(None, (policy.issued_by, policy.number, policy.issued_at)))
    return [(PartName.TEXT, (policy.text,)), (PartName.ISSUED, issued)]


def _of_place(file: PlaceFile) -> list[tuple[PartName, Content]]:
    return [
        (PartName.ABOVE, tuple(one.name for one in file.above)),
        (PartName.CODE, (file.place.code,)),
        (PartName.BELOW, tuple(one.name for one in file.below[:_MOST_BELOW])),
    ]


def _kinds(only: FoundKind | None) -> frozenset[Kind]:
    return ALL_KINDS if only is None else frozenset({_BACK[only]})


def _line(kind: Kind, code: str, name: str, note: str, here: Item | None) -> FoundLine:
    return FoundLine(_KINDS[kind], code, name, note, is_here=here is not None)


def _dated(freshness: Freshness) -> Dated:
    return Dated(f"{freshness.made_at:%Y-%m-%d}", freshness.age is Age.OLD)


def _public_key(pem: bytes) -> "Ed25519PublicKey":
    """Raises ValueError: no Ed25519 key."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    try:
        key = load_pem_public_key(pem)
    except UnsupportedAlgorithm:
        key = None
    if not isinstance(key, Ed25519PublicKey):
        raise ValueError("no Ed25519 key")  # noqa: TRY004 - what is wrong is the file
    return key
