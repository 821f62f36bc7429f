"""A service item (事项) as it stands in the catalogue, after GB/T 39554.1-2020: codes, guide, steps, what it needs.

Everything is frozen and read once from the item's file; nothing here is personal.
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from kiosk.central.contract import FactorMethod
from kiosk.services.query import Query
from kiosk.services.words import Words
from kiosk.session.lookup import FoundKind
from kiosk.session.state import Document, Place


class ItemKind(str, Enum):
    """The four doors of the home page: 想查 想办 想看 想问."""

    QUERY = "query"
    HANDLE = "handle"
    READ = "read"
    ASK = "ask"


class Assurance(str, Enum):
    """What an item asks of the person. A card alone opens nothing personal."""

    NONE = "none"
    CARD = "card"
    CARD_AND_FACTOR = "card_and_factor"


class OfflineClass(str, Enum):
    """How far a step gets without the platform, from best to worst."""

    LOCAL = "local"
    DEGRADED = "degraded"  # last known impersonal data with its time
    QUEUEABLE = "queueable"  # filled in now, accepted after the upload
    NEVER = "never"


@dataclass(frozen=True)
class Step:
    """One step that the terminal carries out, with its own offline class."""

    place: Place
    offline: OfflineClass


@dataclass(frozen=True)
class Material:
    """One paper or proof that the item asks for."""

    name: Words
    required: bool
    original: bool
    copies: int
    source: Words | None


@dataclass(frozen=True)
class Question:
    """One frequent question with its answer."""

    question: Words
    answer: Words


@dataclass(frozen=True)
class Elsewhere:
    """Where else the item is done: a window, a site, a telephone."""

    name: Words
    address: Words
    hours: Words
    phone: str


@dataclass(frozen=True)
class Item:
    """One item of the catalogue.

    Attributes:
        key: name of its file without ending, e.g. ``provident-fund``; stable, fit for commands.
        order: place in the catalogue, ascending.
        kind: its door on the home page.
        theme: group of the home page, one of `THEMES`; its words are the sentence ``services.theme.<theme>``.
        basic_code, item_code, business_item_code: 12, 31 and 33 characters. The session and the platform name an
            item by `item_code`.
        name, summary: title and one line on what one gets.
        body: the implementing body (实施机构).
        legal_basis, conditions, procedure: paragraphs of the guide.
        notice: 申报须知, to be read before the card; empty for an item that is guide only.
        bring: what to have at hand.
        materials, faq, elsewhere: see their classes.
        steps: what this terminal carries out, in order; empty = guide only.
        query: what a department answers, for an item with the step `Place.ANSWER`; None for all others.
        looks_up: what is looked for in the reference, for an item with the step `Place.SEARCH`; None for all others.
        factor_methods: second factors offered, in order.
        documents: papers that come out.
        assurance: what it asks of the person.
        minutes: how long it takes here, or at the window.
        promised_days, legal_days: working days; 0 = at once.
        fee_fen: 0 = free. `fee_note` where the fee depends on something.
        stars: 2, 3 or 4; 4 = no trip, 3 = one, 2 = two trips at most.
        supervision_phone: whom to tell when something is not right.
        version, updated_at: of the guide's content.
        mission: the requirements that it serves, by their numbers (``V06``); empty where none names it.
    """

    key: str
    order: int
    kind: ItemKind
    theme: str
    basic_code: str
    item_code: str
    business_item_code: str
    name: Words
    summary: Words
    body: Words
    legal_basis: tuple[Words, ...]
    conditions: tuple[Words, ...]
    procedure: tuple[Words, ...]
    notice: tuple[Words, ...]
    bring: tuple[Words, ...]
    materials: tuple[Material, ...]
    faq: tuple[Question, ...]
    elsewhere: tuple[Elsewhere, ...]
    steps: tuple[Step, ...]
    query: Query | None
    looks_up: FoundKind | None
    factor_methods: tuple[FactorMethod, ...]
    documents: tuple[Document, ...]
    assurance: Assurance
    minutes: int
    promised_days: int
    legal_days: int
    fee_fen: int
    fee_note: Words | None
    stars: int
    supervision_phone: str
    version: str
    updated_at: date
    mission: tuple[str, ...]

    @property
    def is_guide_only(self) -> bool:
        """Whether this terminal only tells about the item."""
        return not self.steps

    @property
    def offline_class(self) -> OfflineClass:
        """The worst class of its steps; a guide is local. A rating is never forced, so it holds nothing up."""
        order = tuple(OfflineClass)
        needed = (step.offline for step in self.steps if step.place is not Place.RATE)
        return max(needed, key=order.index, default=OfflineClass.LOCAL)

    @property
    def trips(self) -> int:
        """How many times one must still come, by its stars."""
        return 4 - self.stars


THEMES = (
    "housing", "social_security", "tax", "business", "employment", "exit_entry", "credit", "real_estate", "medical",
    "household", "transport", "interaction",
)  # fmt: skip
