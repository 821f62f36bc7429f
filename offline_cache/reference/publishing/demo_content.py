"""The demo's reference: 134,000 invented items of a province's bodies, made from a seed, the same at every call.

Words are those of real departments; codes are synthetic and check-correct (GB 32100, GB/T 39554.1); no person occurs.
"""

import itertools
import random
from collections.abc import Iterator
from typing import NamedTuple

from offline_cache.reference.publishing.content import Content
from offline_cache.reference.publishing.demo_regions import regions, towns
from offline_cache.reference.publishing.demo_words import DEPARTMENTS, HOT, PEOPLE, SYNONYMS, TAILS, Department
from offline_cache.reference.rows import GuideMaterial, GuideRow, ItemRow, PlaceRow, PolicyRow, Synonym

ITEMS = 134_000
SEED = 20261122
_USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ORGANISATION = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_KINDS = ("01", "05", "07", "10", "20")


class _Matter(NamedTuple):
    """One item of the standard list (基本编码), which many bodies carry out."""

    department: Department
    name: str
    basic_code: str
    hot: int
    stars: int


def demo_content(items: int = ITEMS, seed: int = SEED, own: tuple[ItemRow, ...] = ()) -> Content:
    """The content with `items` items (>= 1), `own` among them; 3 s for 134,000."""
    chance = random.Random(seed)
    matters = _matters(chance)
    places = regions()
    per_region = -(-items // len(places))
    known = {item.item_code for item in own}
    rows = list(own)
    asked = [matter for matter in matters if matter.hot >= 2]
    always = chance.sample(asked, min(len(asked), per_region // 2))
    rest = [matter for matter in matters if matter.hot < 2]
    for place in places:
        chosen = always + chance.sample(rest, per_region - len(always))
        rows += (row for row in _items_of(place, chosen) if row.item_code not in known)
    rows = rows[:items]
    used = {row.guide for row in rows}
    guides = tuple(_guide(matter) for matter in matters if matter.basic_code in used)
    below = towns(chance, [place for place in places if place.level == 4])
    everywhere = (*places, *below) if items >= 10_000 else tuple(places)
    return Content(
        items=tuple(rows),
        guides=guides,
        policies=tuple(_policies(chance, places)),
        places=everywhere,
        synonyms=tuple(Synonym(word, other) for word, other in SYNONYMS),
    )


def _matters(chance: random.Random) -> list[_Matter]:
    found = []
    for number, department in enumerate(DEPARTMENTS, 1):
        for order, (matter, act) in enumerate(itertools.product(department.matters, department.acts), 1):
            who = chance.sample(PEOPLE, 4)
            fitting = [one for one in who if one and not matter.startswith(one)]
            for sub, people in enumerate(["", *fitting], 1):
                name = people + matter + act + chance.choice(TAILS)
                is_hot = any(word in matter + act for word in HOT) and not people
                kind = _KINDS[(number + order) % len(_KINDS)]
                code = f"32{kind}{number * 1000 + order:05d}{sub:03d}"
                hot = 3 if is_hot else 2 if not people and chance.random() < 0.05 else chance.choice((0, 0, 0, 1))
                found.append(_Matter(department, name, code, hot, chance.choice((2, 3, 4, 4))))
    return found


def _items_of(place: PlaceRow, matters: list[_Matter]) -> Iterator[ItemRow]:
    codes: dict[str, str] = {}
    for matter in matters:
        department = matter.department
        body = codes.get(department.key)
        if body is None:
            body = codes[department.key] = public_body_code(place.code, DEPARTMENTS.index(department))
        item_code = f"{body}{place.level}{matter.basic_code}"
        yield ItemRow(
            item_code=item_code,
            basic_code=matter.basic_code,
            business_item_code=item_code + "01",
            name=matter.name,
            body=place.name + department.name,
            department=department.key,
            region=place.code,
            level=place.level,
            stars=matter.stars,
            theme=department.theme,
            hot=matter.hot,
            guide=matter.basic_code,
        )


def public_body_code(region: str, number: int) -> str:
    """A synthetic, check-correct 18-character code of a public body (GB 32100; organisation part GB 11714)."""
    body = f"MB{region[:4]}{number:02d}"
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    rest = 11 - sum(w * _ORGANISATION.index(one) for w, one in zip(weights, body, strict=True)) % 11
    seventeen = f"12{region}{body}{'X' if rest == 10 else rest % 11}"
    total = sum(pow(3, place, 31) * _USCC.index(one) for place, one in enumerate(seventeen))
    return seventeen + _USCC[-total % 31]


def _guide(matter: _Matter) -> GuideRow:
    legal = 5 + int(matter.basic_code[-6:]) % 16
    return GuideRow(
        key=matter.basic_code,
        version="2026.11",
        updated_at="2026-11-02",
        legal_basis=(f"{matter.department.name}权责清单中“{matter.name}”一项（演示）",),
        conditions=("申请人身份真实，材料齐全。", "属于本机构管辖。"),
        materials=(
            GuideMaterial("居民身份证", True, True, 0, "自备，当场核对"),
            GuideMaterial(f"{matter.name}申请表", True, True, 1, "本机填写"),
            GuideMaterial("授权委托书", False, True, 1, "代办时提供"),
        ),
        procedure=("申请", "受理", "审核", "决定", "送达"),
        promised_days=legal // 3,
        legal_days=legal,
        fee_fen=0,
        trips=4 - matter.stars,
        phone="12345",
    )


def _policies(chance: random.Random, places: list[PlaceRow]) -> Iterator[PolicyRow]:
    for number, department in enumerate(DEPARTMENTS, 1):
        for order, matter in enumerate(department.matters, 1):
            place = chance.choice(places[:14])
            yield PolicyRow(
                code=f"ZC{number:03d}{order:03d}",
                title=f"关于进一步做好{matter}工作的通知",
                number=f"演示发〔2026〕{number * 10 + order}号",
                issued_by=place.name + department.name,
                issued_at=f"2026-{1 + order % 10:02d}-15",
                region=place.code,
                theme=department.theme,
                text=f"为方便群众和企业办理{matter}，简化材料，缩短时限，现将有关事项通知如下（演示内容）。",
            )
