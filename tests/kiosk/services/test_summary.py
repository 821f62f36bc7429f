"""What the catalogue tells of itself: the page docs/services.md, and how many items there are of each kind."""

from pathlib import Path

from devices.status import DeviceClass
from kiosk.base.record import replace
from kiosk.services.catalogue import Catalogue, load_catalogue
from kiosk.services.item import Item, ItemKind, OfflineClass, Step
from kiosk.services.summary import StepsKind, count_of_kinds, count_of_steps, devices_of, services_page, steps_kind
from kiosk.services.words import Words
from kiosk.session.state import Document, Place

PAGE = Path(__file__).parents[3] / "docs" / "services.md"


def item_called(key: str) -> Item:
    item = load_catalogue().find(key)
    assert item is not None
    return item


def rows_of(page: str) -> dict[str, list[str]]:
    """The cells of each item's row by its key."""
    rows = [line.strip("| ").split(" | ") for line in page.splitlines() if line.startswith("| `")]
    return {cells[0].strip("`"): cells for cells in rows}


def test_the_page_in_docs_is_the_one_that_the_files_make() -> None:
    assert PAGE.read_text(encoding="utf-8") == services_page(load_catalogue()), (
        "run: main.py items table > docs/services.md"
    )


def test_every_item_has_one_row_with_what_its_file_says() -> None:
    catalogue = load_catalogue()
    rows = rows_of(services_page(catalogue))
    assert list(rows) == [item.key for item in catalogue.items]
    for item in catalogue.items:
        _, name, mission, kind, fields, devices, offline, assurance = rows[item.key]
        assert name == f"{item.name.zh_CN}<br>{item.name.en}"
        assert mission.split() == (list(item.mission) or ["-"])
        assert (kind == "plain query") == (item.query is not None) == (fields != "-")
        assert assurance == item.assurance.value
        assert all(step.place.value in offline for step in item.steps)
        if item.query is not None:
            labels = [field.label.zh_CN for field in (*item.query.fields, *item.query.columns)]
            assert all(label in fields for label in labels)
            assert offline.startswith("never: factor query")
            assert devices == "id_card_reader<br>sheet_printer<br>receipt_printer"


def test_rows_columns_and_devices_that_an_item_lacks_are_not_told() -> None:
    query = item_called("talent-subsidy")
    assert query.query is not None
    bare = replace(query, query=replace(query.query, rows_title=None, columns=()), documents=(), mission=())
    cells = rows_of(services_page(Catalogue((bare, item_called("invoice")))))
    assert cells["talent-subsidy"][2] == "-"
    assert cells["talent-subsidy"][4] == "、".join(field.label.zh_CN for field in query.query.fields)
    assert cells["talent-subsidy"][5] == "id_card_reader"
    assert cells["invoice"][4:7] == ["-", "-", "local: guide"]


def test_a_name_with_a_bar_breaks_no_row() -> None:
    named = replace(item_called("invoice"), name=Words("代开|红冲", "代開", "Issue | void"))
    assert len(rows_of(services_page(Catalogue((named,))))["invoice"]) == 8


def test_the_kind_of_steps_is_that_of_the_item_s_purpose() -> None:
    kinds = {
        key: steps_kind(item_called(key))
        for key in ("provident-fund", "invoice-quota", "consultation", "case-progress", "invoice")
    }
    assert list(kinds.values()) == [
        StepsKind.OWN_QUERY, StepsKind.PLAIN_QUERY, StepsKind.HAND_IN, StepsKind.PROGRESS, StepsKind.GUIDE,
    ]  # fmt: skip
    read = replace(item_called("invoice"), steps=(Step(Place.NOTICE, OfflineClass.LOCAL),))
    assert steps_kind(read) is StepsKind.NOTICE


def test_the_devices_come_in_the_order_of_their_use() -> None:
    assert devices_of(item_called("case-progress")) == (DeviceClass.BARCODE_READER, DeviceClass.ID_CARD_READER)
    assert devices_of(item_called("consultation")) == (
        DeviceClass.ID_CARD_READER, DeviceClass.DOCUMENT_CAMERA, DeviceClass.RECEIPT_PRINTER,
    )  # fmt: skip
    assert devices_of(replace(item_called("invoice"), documents=(Document.SHEET,))) == (DeviceClass.SHEET_PRINTER,)


def test_the_counts_add_up_and_name_an_empty_door_but_no_empty_kind_of_steps() -> None:
    items = load_catalogue().items
    assert sum(count_of_kinds(items).values()) == sum(count_of_steps(items).values()) == len(items)
    assert count_of_steps(items)[StepsKind.PLAIN_QUERY] == 10
    assert count_of_kinds(())[ItemKind.ASK] == 0
    assert StepsKind.NOTICE not in count_of_steps(items)
