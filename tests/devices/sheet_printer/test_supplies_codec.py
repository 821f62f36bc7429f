"""Trays and cartridges out of IPP attributes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.sheet_printer.ipp_codec import Attributes, Value
from devices.sheet_printer.supplies_codec import WANTED, Supplies, read_supplies
from devices.status import Paper, Toner


def tray(name: str, level: object, capacity: object = 250) -> Value:
    return f"type=sheetFeedAutoRemovableTray;maxcapacity={capacity};level={level};status=0;name={name};".encode()


def supply(kind: str, level: object, group: str = "supplyThatIsConsumed", capacity: object = 100) -> Value:
    return f"index=1;class={group};type={kind};unit=percent;maxcapacity={capacity};level={level};".encode()


@pytest.mark.parametrize(
    ("level", "word"),
    [
        (0, Paper.OUT),
        (1, Paper.LOW),
        (25, Paper.LOW),
        (26, Paper.FULL),
        (-3, Paper.FULL),
        (-2, None),
        (-1, None),
        ("x", None),
    ],
)
def test_a_level_is_full_low_out_or_not_told(level: object, word: Paper | None) -> None:
    printer: Attributes = {"printer-input-tray": [tray("tray-1", level)], "media-source-supported": ["main"]}
    assert read_supplies(printer).trays.get("main") is word


def test_trays_go_by_their_place_and_by_their_name_where_the_lists_differ() -> None:
    trays = [tray("Tray 1", 0), tray("tray-2", 200)]
    side_by_side: Attributes = {"printer-input-tray": trays, "media-source-supported": ["a", "b"]}
    assert read_supplies(side_by_side).trays == {"a": Paper.OUT, "b": Paper.FULL}
    uneven: Attributes = {"printer-input-tray": trays, "media-source-supported": ["auto", "tray-1", "tray-2"]}
    assert read_supplies(uneven).trays == {"Tray 1": Paper.OUT, "tray-2": Paper.FULL}
    assert read_supplies({"printer-input-tray": [tray("", 5), 7]}).trays == {}
    assert read_supplies({"printer-input-tray": [tray("t", 5, capacity=-2)]}).trays == {"t": Paper.FULL}


@pytest.mark.parametrize(
    ("printer", "toner"),
    [
        ({}, None),
        ({"printer-supply": [supply("toner", 75)]}, Toner.FULL),
        ({"printer-supply": [supply("toner", 10), supply("toner", 75)]}, Toner.LOW),
        ({"printer-supply": [supply("inkCartridge", 0), supply("toner", 5)]}, Toner.OUT),
        ({"printer-supply": [supply("wasteToner", 0, "receptacleThatIsFilled")]}, None),
        ({"printer-supply": [supply("fuser", 0)]}, None),
        ({"printer-supply": [supply("toner", -2)]}, None),
        ({"printer-supply": [supply("toner", -3, capacity=-2)]}, Toner.FULL),
        ({"printer-supply": ["type=toner;level=4;maxcapacity=100"]}, Toner.LOW),
        ({"marker-levels": [60], "marker-types": ["toner"], "marker-low-levels": [60]}, Toner.LOW),
        ({"marker-levels": [11]}, Toner.FULL),
        ({"marker-levels": [10], "marker-low-levels": [-1]}, Toner.LOW),
        ({"marker-levels": [0], "marker-types": ["waste-toner"]}, None),
        ({"marker-levels": [0], "marker-types": ["fuser"]}, None),
        ({"marker-levels": [-1], "marker-types": ["ink"]}, None),
        ({"marker-levels": [90, 0], "marker-types": ["toner-cartridge", "ink-cartridge"]}, Toner.OUT),
    ],
)
def test_the_emptiest_cartridge_counts(printer: Attributes, toner: Toner | None) -> None:
    assert read_supplies(printer).toner is toner


@given(
    st.dictionaries(
        st.sampled_from(WANTED), st.lists(st.integers() | st.booleans() | st.text(max_size=30) | st.binary(max_size=60))
    )
)
def test_whatever_a_printer_says_is_read_or_left_out(printer: dict[str, list[Value]]) -> None:
    assert isinstance(read_supplies(printer), Supplies)
