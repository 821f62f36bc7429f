"""What the catalogue holds, told from the items' own definitions: the page docs/services.md and the counts of ``items check``."""

from collections import Counter
from collections.abc import Iterable
from enum import Enum

from devices.status import DeviceClass
from kiosk.services.catalogue import Catalogue
from kiosk.services.item import Item, ItemKind, OfflineClass
from kiosk.services.query import QueryField
from kiosk.session.state import Document, Place

_HEAD = """\
# 服务一览 / The services

本页由 `python main.py items table` 从事项文件（`kiosk/services/items/*.yaml`）生成，请改事项文件，不要改本页。
Made from the items' files by `python main.py items table`; change the files, not this page.

`plain query`, `look up`: the item is its file alone. `own query`: it has a model and a page of its own. `guide`: this terminal only
tells about it. Mission: the numbers of the requirements that the item serves; a guide alone meets none. Fields: of a plain
query, then the columns of its rows; the others have theirs in their own pages. Devices: without which a part of it is missing. Offline: the class of
each step (local: works without network · degraded: last known data · queueable: waits in the store · never: needs the
platform); a rating is never forced and stops nothing.
"""
_DEVICES = {
    Place.NUMBER: DeviceClass.BARCODE_READER,
    Place.IDENTIFY: DeviceClass.ID_CARD_READER,
    Place.ATTACH: DeviceClass.DOCUMENT_CAMERA,
}
_PRINTERS = {Document.SHEET: DeviceClass.SHEET_PRINTER, Document.SLIP: DeviceClass.RECEIPT_PRINTER}


class StepsKind(str, Enum):
    """What the steps of an item come to."""

    PLAIN_QUERY = "plain query"
    OWN_QUERY = "own query"
    HAND_IN = "hand in"
    PROGRESS = "progress"
    LOOK_UP = "look up"
    NOTICE = "notice"
    GUIDE = "guide"


_KIND_OF = {
    Place.ANSWER: StepsKind.PLAIN_QUERY,
    Place.RESULT: StepsKind.OWN_QUERY,
    Place.SUBMIT: StepsKind.HAND_IN,
    Place.PROGRESS: StepsKind.PROGRESS,
    Place.SEARCH: StepsKind.LOOK_UP,
}


def steps_kind(item: Item) -> StepsKind:
    """By the step that is the item's purpose; `NOTICE` where it only shows something to read."""
    if item.is_guide_only:
        return StepsKind.GUIDE
    return next((_KIND_OF[step.place] for step in item.steps if step.place in _KIND_OF), StepsKind.NOTICE)


def devices_of(item: Item) -> tuple[DeviceClass, ...]:
    """The devices that the item's steps and papers use, in the order in which they are used."""
    used = [_DEVICES[step.place] for step in item.steps if step.place in _DEVICES]
    return (*used, *(_PRINTERS[document] for document in item.documents))


def count_of_kinds(items: Iterable[Item]) -> dict[ItemKind, int]:
    """How many items stand behind each door, in the order of the doors; zeros too."""
    counted = Counter(item.kind for item in items)
    return {kind: counted[kind] for kind in ItemKind}


def count_of_steps(items: Iterable[Item]) -> dict[StepsKind, int]:
    """How many items there are of each kind of steps, those without any left out."""
    counted = Counter(steps_kind(item) for item in items)
    return {kind: counted[kind] for kind in StepsKind if counted[kind]}


def services_page(catalogue: Catalogue) -> str:
    """The page docs/services.md in Markdown, one row an item, in the catalogue's order."""
    titles = ("事项 Item", "名称 Name", "Mission", "Kind", "字段 Fields", "设备 Devices", "离线 Offline", "Assurance")
    table = "".join(_row(_cells(item)) for item in catalogue.items)
    counted = " · ".join(f"{kind.value} {count}" for kind, count in count_of_steps(catalogue.items).items())
    total = f"共 {len(catalogue.items)} 项 / {len(catalogue.items)} items: {counted}\n"
    return f"{_HEAD}\n{total}\n{_row(titles)}{_row(['---'] * len(titles))}{table}"


def _cells(item: Item) -> tuple[str, ...]:
    return (
        f"`{item.key}`",
        f"{item.name.zh_CN}<br>{item.name.en}",
        " ".join(item.mission) or "-",
        steps_kind(item).value,
        _fields(item),
        "<br>".join(device.value for device in devices_of(item)) or "-",
        _offline(item),
        item.assurance.value,
    )


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |\n"


def _fields(item: Item) -> str:
    if item.query is None:
        return "-"
    rows = item.query.rows_title
    fields = _labels(item.query.fields)
    return fields if rows is None else f"{fields}<br>{rows.zh_CN}：{_labels(item.query.columns)}"


def _labels(fields: Iterable[QueryField]) -> str:
    return "、".join(field.label.zh_CN for field in fields)


def _offline(item: Item) -> str:
    """Each class with its steps, the worst first."""
    parts = []
    for offline in reversed(OfflineClass):
        steps = " ".join(step.place.value for step in item.steps if step.offline is offline)
        if steps:
            parts.append(f"{offline.value}: {steps}")
    return "<br>".join(parts) or f"{item.offline_class.value}: guide"
