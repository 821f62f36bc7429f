"""The catalogue: all items of this terminal, loaded from a folder of YAML files.

A catalogue with one bad file is refused as a whole: half a catalogue would hide an item without a word. The attract
page needs no item, so the shell loads this after the first frame.
"""

from collections.abc import Mapping
from pathlib import Path

from kiosk.base.errors import Problem
from kiosk.services.complaints import Complaint, ItemComplaints
from kiosk.services.item import Item, ItemKind
from kiosk.services.item_file import read_item

ITEMS_FOLDER = Path(__file__).parent / "items"


class Catalogue:
    """The items in their order. Immutable.

    Attributes:
        items: all, in order.
    """

    def __init__(self, items: tuple[Item, ...] = ()) -> None:
        self.items = tuple(sorted(items, key=lambda item: (item.order, item.key)))
        self._by_code: Mapping[str, Item] = {item.item_code: item for item in self.items}
        self._by_name: Mapping[str, Item] = {
            name: item for item in self.items for name in (item.key, item.item_code, item.business_item_code)
        }

    def by_code(self, item_code: str) -> Item | None:
        """The item with the 31-character code, as the session names it; None when there is none."""
        return self._by_code.get(item_code)

    def find(self, name: str) -> Item | None:
        """The item by its key (``provident-fund``) or by any of its own codes, as a person types it."""
        return self._by_name.get(name)

    def by_kind(self, kind: ItemKind) -> tuple[Item, ...]:
        """The items behind one of the doors 查 办 看 问, in order."""
        return tuple(item for item in self.items if item.kind is kind)

    def by_theme(self, theme: str) -> tuple[Item, ...]:
        """The items of one theme, in order."""
        return tuple(item for item in self.items if item.theme == theme)


def load_catalogue(folder: Path = ITEMS_FOLDER) -> Catalogue:
    """Reads ``*.yaml`` of `folder`. Blocks on the disk (about 5 ms an item on a slow core).

    Raises:
        ItemComplaints: with all complaints about all files.
    """
    items: list[Item] = []
    complaints: list[Complaint] = []
    holders: dict[str, str] = {}
    for path in sorted(folder.glob("*.yaml")):
        item, found = read_item(path)
        complaints += found
        if item is None:
            continue
        if item.business_item_code in holders:
            other = holders[item.business_item_code]
            complaints.append(Complaint(path.name, 1, Problem("services.code_taken", {"other": other})))
        holders.setdefault(item.business_item_code, path.name)
        items.append(item)
    if not items and not complaints:
        complaints.append(Complaint(str(folder.name), 1, Problem("services.no_items")))
    if complaints:
        raise ItemComplaints(tuple(complaints))
    return Catalogue(tuple(items))
