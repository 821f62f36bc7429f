"""One item's YAML file: read, checked against the rules of the codes and the steps, turned into an `Item`."""

import re
from pathlib import Path

import yaml

from kiosk.base.errors import Problem
from kiosk.central.contract import FactorMethod
from kiosk.services.codes import check_basic_code, check_business_item_code, check_item_code
from kiosk.services.complaints import Complaint
from kiosk.services.flow import STEPS, check_steps
from kiosk.services.item import THEMES, Assurance, Elsewhere, Item, ItemKind, Material, OfflineClass, Question, Step
from kiosk.services.nodes import Fields
from kiosk.services.query_file import read_query
from kiosk.session.lookup import FoundKind
from kiosk.session.state import Document, Place

_ENTRIES = (
    "order", "kind", "theme", "basic_code", "item_code", "business_item_code", "name", "summary", "body", "legal_basis",
    "conditions", "procedure", "notice", "bring", "materials", "faq", "elsewhere", "steps", "query", "looks_up", "factor_methods",
    "documents", "assurance", "minutes", "promised_days", "legal_days", "fee_fen", "fee_note", "stars",
    "supervision_phone", "version", "updated_at", "mission",
)  # fmt: skip
_REQUIREMENT = re.compile(r"[VF][0-9]{2}")


def read_item(path: Path) -> tuple[Item | None, tuple[Complaint, ...]]:
    """The item in the file, or None and what is wrong with it. Blocks on one read of the disk."""
    complaints: list[Complaint] = []
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None, (Complaint(path.name, 1, Problem("services.unreadable")),)
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark is not None else 1
        return None, (Complaint(path.name, line, Problem("services.no_yaml", {"what": str(error.problem)})),)
    except yaml.YAMLError:  # a control character or a bad escape: the reader gives no line
        return None, (Complaint(path.name, 1, Problem("services.unreadable")),)
    if node is None:
        return None, (Complaint(path.name, 1, Problem("services.empty_file")),)
    fields = Fields(path.name, complaints, node, _ENTRIES)
    if complaints and not isinstance(node, yaml.MappingNode):
        return None, tuple(complaints)
    item = _item(path.stem, fields)
    _check_codes(fields, item)
    _check_whole(fields, item)
    complaints.sort(key=lambda complaint: complaint.line)
    return (None if complaints else item), tuple(complaints)


def _item(key: str, fields: Fields) -> Item:
    documents = fields.members("documents", Document)
    return Item(
        key=key,
        order=fields.number("order", 0, 999_999),
        kind=fields.member("kind", ItemKind),
        theme=fields.text("theme"),
        basic_code=fields.text("basic_code"),
        item_code=fields.text("item_code"),
        business_item_code=fields.text("business_item_code"),
        name=fields.words("name"),
        summary=fields.words("summary"),
        body=fields.words("body"),
        legal_basis=fields.paragraphs("legal_basis"),
        conditions=fields.paragraphs("conditions"),
        procedure=fields.paragraphs("procedure"),
        notice=fields.paragraphs("notice"),
        bring=fields.paragraphs("bring"),
        materials=fields.many("materials", lambda node: _material(fields, node)),
        faq=fields.many("faq", lambda node: _question(fields, node)),
        elsewhere=fields.many("elsewhere", lambda node: _elsewhere(fields, node)),
        steps=fields.many("steps", lambda node: _step(fields, node)),
        query=read_query(fields, documents),
        looks_up=fields.member("looks_up", (FoundKind.POLICY, FoundKind.PLACE)) if fields.has("looks_up") else None,
        factor_methods=fields.members("factor_methods", FactorMethod),
        documents=documents,
        assurance=fields.member("assurance", Assurance),
        minutes=fields.number("minutes", 1, 600),
        promised_days=fields.number("promised_days", 0, 365),
        legal_days=fields.number("legal_days", 0, 365),
        fee_fen=fields.number("fee_fen", 0, 10_000_000),
        fee_note=fields.words("fee_note") if fields.has("fee_note") else None,
        stars=fields.number("stars", 2, 4),
        supervision_phone=fields.text("supervision_phone"),
        version=fields.text("version"),
        updated_at=fields.day("updated_at"),
        mission=fields.many("mission", lambda node: _requirement(fields, node)),
    )


def _material(fields: Fields, node: yaml.Node) -> Material:
    entry = fields.inner(node, ("name", "required", "original", "copies", "source"))
    return Material(
        name=entry.words("name"),
        required=entry.truth("required", default=True),
        original=entry.truth("original", default=True),
        copies=entry.number("copies", 0, 99) if entry.has("copies") else 0,
        source=entry.words("source") if entry.has("source") else None,
    )


def _question(fields: Fields, node: yaml.Node) -> Question:
    entry = fields.inner(node, ("question", "answer"))
    return Question(entry.words("question"), entry.words("answer"))


def _elsewhere(fields: Fields, node: yaml.Node) -> Elsewhere:
    entry = fields.inner(node, ("name", "address", "hours", "phone"))
    return Elsewhere(entry.words("name"), entry.words("address"), entry.words("hours"), entry.text("phone"))


def _step(fields: Fields, node: yaml.Node) -> Step:
    entry = fields.inner(node, ("step", "offline"))
    return Step(entry.member("step", STEPS), entry.member("offline", OfflineClass))


def _requirement(fields: Fields, node: yaml.Node) -> str:
    text = str(node.value)
    if not _REQUIREMENT.fullmatch(text):
        fields.complain(node.start_mark.line + 1, "services.mission_shape", found=text)
    return text


def _check_codes(fields: Fields, item: Item) -> None:
    if item.basic_code:
        fields.add("basic_code", check_basic_code(item.basic_code))
    if item.item_code:
        fields.add("item_code", check_item_code(item.item_code, item.basic_code))
    if item.business_item_code:
        fields.add("business_item_code", check_business_item_code(item.business_item_code, item.item_code))


def _check_whole(fields: Fields, item: Item) -> None:
    if item.theme and item.theme not in THEMES:
        allowed = ", ".join(THEMES)
        fields.add(
            "theme", Problem("services.not_a_member", {"name": "theme", "found": item.theme, "allowed": allowed})
        )
    places = [step.place for step in item.steps]
    fields.add("steps", check_steps(places, item.assurance, bool(item.factor_methods), item.documents))
    if fields.has("query") != (Place.ANSWER in places):
        fields.add("query", Problem("services.query_answer"))
    if fields.has("looks_up") != (Place.SEARCH in places):
        fields.add("looks_up", Problem("services.looks_up_search"))
    if item.promised_days > item.legal_days:
        fields.add("promised_days", Problem("services.promise_too_late", {"legal": str(item.legal_days)}))
    if Place.NOTICE in places and not item.notice:
        fields.add("notice", Problem("services.notice_wanting"))
    if item.is_guide_only and not item.elsewhere:
        fields.add("elsewhere", Problem("services.elsewhere_wanting"))
