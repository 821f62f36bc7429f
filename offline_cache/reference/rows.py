"""The rows of the reference: what the platform publishes and the terminal shows. Nothing in them is personal.

Terms and codes after GB/T 39554.1-2020 (items) and GB/T 2260 (regions, 6 digits, 12 with town and village); all codes are text.
"""

from enum import IntEnum

import msgspec


class Kind(IntEnum):
    """What an entry of the index is; the value is on disk."""

    ITEM = 1
    POLICY = 2
    PLACE = 3


class ItemRow(msgspec.Struct, frozen=True, kw_only=True):
    """One service item (事项) of one implementing body.

    Attributes:
        item_code, basic_code, business_item_code: 31, 12 and 33 characters; the last may be empty.
        name: as shown; `aliases`: other names people type (别名).
        body, department: implementing body (实施机构) and its group of the menu.
        region: of the body; `level`: 1 national to 6 village (行使层级).
        stars: 2 to 4. `theme`: group by life event. `hot`: 0 (seldom) to 3 (asked for every day).
        guide: key of its guide; items of one basic code share theirs.
    """

    item_code: str
    basic_code: str
    business_item_code: str
    name: str
    body: str
    department: str
    region: str
    level: int
    stars: int
    theme: str
    hot: int
    guide: str
    aliases: tuple[str, ...] = ()


class GuideMaterial(msgspec.Struct, frozen=True):
    """One paper that an item asks for."""

    name: str
    is_required: bool
    is_original: bool
    copies: int
    source: str


class GuideRow(msgspec.Struct, frozen=True, kw_only=True):
    """One guide (办事指南). Days are working days, 0 = at once; `updated_at` is an ISO 8601 date."""

    key: str
    version: str
    updated_at: str
    legal_basis: tuple[str, ...]
    conditions: tuple[str, ...]
    materials: tuple[GuideMaterial, ...]
    procedure: tuple[str, ...]
    promised_days: int
    legal_days: int
    fee_fen: int
    trips: int
    phone: str


class PolicyRow(msgspec.Struct, frozen=True, kw_only=True):
    """One policy article. `number` is its 文号, `issued_at` an ISO 8601 date."""

    code: str
    title: str
    number: str
    issued_by: str
    issued_at: str
    region: str
    theme: str
    text: str


class PlaceRow(msgspec.Struct, frozen=True, kw_only=True):
    """One place name: `code` 6 or 12 digits, `parent` the code above it (empty at the top), `level` 2 province to 6 village."""

    code: str
    name: str
    parent: str
    level: int
    romanised: str


class Synonym(msgspec.Struct, frozen=True):
    """Where a name holds `word`, people also type `other`: 社会保险, 社保."""

    word: str
    other: str


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a search's answer. `code` finds the rest: `Reference.item`, `.policy`, `.places`.

    `note` is the implementing body of an item, the issuer of a policy, the place above a place.
    """

    kind: Kind
    code: str
    name: str
    note: str
    region: str
    level: int
    hot: int
