"""What the configuration lets through for a device is what that device's driver takes: the two cannot drift apart."""

import contextlib
import dataclasses
import importlib
import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from devices.drivers import BUILT_IN, find
from devices.status import DeviceClass
from kiosk.base.config import ConfigError, load_config
from kiosk.base.device_setting import SPEEDS, DriverTable, Kind, Setting
from kiosk.base.device_tables import DEVICES, ON_THE_FRONT, TABLES
from kiosk.base.errors import BudayangError
from kiosk.base.yaml_reading import Complaint
from tests.kiosk.base.test_config import GOOD

ROOT = Path(__file__).parents[3]
PROFILES = {
    "cabinet": "devices/profiles/io_board.yaml",
    "locker": "devices/profiles/locker_12.yaml",
    "stamp_unit": "devices/profiles/stamp_unit.yaml",
    "card_dispenser": "devices/profiles/card_dispenser.yaml",
    "keypad": "devices/keypad/profiles/metal_16.yaml",
}
KEYS = [(device, driver) for device, drivers in TABLES.items() for driver in drivers]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("csca", "profiles", "sounds"):
        (tmp_path / name).mkdir()
    return tmp_path


def _read(folder: Path, device: str, driver: str, written: dict[str, object]) -> dict[str, object]:
    """The driver's settings, as the terminal's configuration gives them."""
    document = yaml.safe_load(GOOD)
    document["devices"] = {device: {"driver": driver, **written}}
    path = folder / "terminal.yaml"
    path.write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
    config = load_config(path)
    return dict(config.devices[device].settings)


def _example(device: str, row: Setting) -> object:
    if row.name == "profile":
        return Path(PROFILES[device]).stem
    if row.name == "file":
        return str(ROOT / PROFILES[device])
    by_kind: dict[Kind, object] = {
        Kind.WHOLE: int(row.low),
        Kind.NUMBER: row.low,
        Kind.FLAG: True,
        Kind.CHOICE: row.words[0] if row.words else "",
        Kind.SPEED: 9600,
        Kind.NUMBERS: _nested(dict.fromkeys(row.words, 1.5)),
        Kind.TEXTS: {"plain": row.example, "other_1": row.example},
        Kind.VALUES: {"df-action": "Stop", "depth": 8, "gamma": 1.5, "swskip": True},
        Kind.VALUES_BY_WORD: {word: {"source": "ADF Duplex", "flag": False} for word in row.words},
    }
    return by_kind.get(row.kind, row.example.strip('"'))


def _nested(values: dict[str, float]) -> dict[str, object]:
    """Names with a dot as a mapping below."""
    nested: dict[str, object] = {name: value for name, value in values.items() if "." not in name}
    for outer in {name.partition(".")[0] for name in values} - nested.keys():
        nested[outer] = {
            name.partition(".")[2]: value for name, value in values.items() if name.startswith(f"{outer}.")
        }
    return nested


def _bounds(device: str, row: Setting) -> list[object]:
    """Every value at an edge of what the row lets through."""
    if row.kind in (Kind.WHOLE, Kind.NUMBER):
        whole = row.kind is Kind.WHOLE
        return [int(bound) if whole else bound for bound in (row.low, row.high)]
    if row.kind is Kind.FLAG:
        return [True, False]
    if row.kind is Kind.CHOICE:
        return list(row.words)
    if row.kind is Kind.SPEED:
        return [int(speed) for speed in SPEEDS]
    if row.kind is Kind.NUMBERS:
        return [_nested({word: bound}) for word in row.words for bound in (row.low, row.high)]
    return [_example(device, row)]


def _ways(table: DriverTable) -> Iterator[tuple[dict[str, object], tuple[Setting, ...]]]:
    """Each choice of way and of one of several, with the rows that hold then."""
    for way, one in itertools.product(table.ways or {"": ()}, table.one_of or ("",)):
        rows = ((table.ways or {}).get(way, ()), table.settings)
        kept = tuple(row for row in itertools.chain(*rows) if row.name not in table.one_of or row.name == one)
        yield ({table.way: way} if way else {}), kept


def _specimens(device: str, table: DriverTable) -> Iterator[dict[str, object]]:
    """The smallest, the fullest, and every bound of every setting in both."""
    for base, possible in _ways(table):
        partners = {one: other for pair in table.together for one, other in (pair, pair[::-1])}
        names = {row.name for row in possible}
        rows = tuple(row for row in possible if partners.get(row.name, row.name) in names)
        examples = {row.name: _example(device, row) for row in rows}
        needed = [row for row in rows if row.is_required or row.name in table.one_of]
        needed += [row for row in rows if partners.get(row.name) in {other.name for other in needed}]
        smallest = base | {row.name: examples[row.name] for row in needed}
        fullest = base | examples
        yield smallest
        yield fullest
        for row in rows:
            for value in _bounds(device, row):
                bounded = smallest | {row.name: value}
                if row.name in partners:
                    bounded |= {partners[row.name]: examples[partners[row.name]]}
                if table.ordered is not None and row.name in table.ordered and isinstance(value, float | int):
                    low, high = table.ordered
                    bounded |= {high: max(value, 1)} if row.name == low else {low: min(value, 1)}
                yield bounded


def test_the_configuration_knows_the_device_classes_of_the_device_layer() -> None:
    assert {device.value for device in DeviceClass} == set(DEVICES)
    assert set(TABLES) == set(DEVICES) > set(ON_THE_FRONT)


def test_every_driver_that_comes_along_has_a_table() -> None:
    assert {(device.value, driver) for device, driver in BUILT_IN} == set(KEYS)


@pytest.mark.parametrize(("device", "driver"), sorted((device.value, driver) for device, driver in BUILT_IN))
def test_every_driver_takes_what_the_configuration_lets_through(folder: Path, device: str, driver: str) -> None:
    factory = find(DeviceClass(device), driver)
    for written in _specimens(device, TABLES[device][driver]):
        factory(_read(folder, device, driver, written)).close()


@pytest.mark.parametrize(("device", "driver"), sorted((device.value, driver) for device, driver in BUILT_IN))
def test_every_setting_of_a_driver_can_be_written_and_has_one_default(device: str, driver: str) -> None:
    table = TABLES[device][driver]
    rows = {row.passed_as or row.name: row for row in itertools.chain(table.settings, *(table.ways or {}).values())}
    fields = _driver_s_own(BUILT_IN[DeviceClass(device), driver].partition(":")[0])
    assert set(rows) == set(fields)
    for name, row in rows.items():
        if row.default is not None:
            assert row.default in (fields[name], ANY), name
        waits = fields[name]
        if isinstance(waits, msgspec.Struct):
            assert set(row.words) == set(_waits(waits)), name


def _waits(waits: msgspec.Struct) -> Iterator[str]:
    for known in msgspec.structs.fields(waits):
        value = getattr(waits, known.name)
        if isinstance(value, msgspec.Struct):
            yield from (f"{known.name}.{inner}" for inner in _waits(value))
        else:
            yield known.name


ANY = ""
"""Stands for the first that is found, where a driver says the same with its own default."""


def _driver_s_own(module: str) -> dict[str, object]:
    """The fields of a driver's settings with their defaults, None where there is none."""
    (known,) = {
        kind
        for place in (importlib.import_module(module), *_settings_module(module))
        for name, kind in vars(place).items()
        if name.endswith("Settings") and isinstance(kind, type) and _is_of(module, driver_name=name, kind=kind)
    }
    if dataclasses.is_dataclass(known):
        return {
            field.name: None if field.default is dataclasses.MISSING else field.default
            for field in dataclasses.fields(known)
        }
    own: dict[str, object] = {}
    for row in msgspec.structs.fields(known):
        if row.default_factory is not msgspec.NODEFAULT:
            own[row.name] = row.default_factory()
        else:
            own[row.name] = None if row.default is msgspec.NODEFAULT else row.default
    return own


def _settings_module(module: str) -> list[object]:
    try:
        return [importlib.import_module(module.rpartition(".")[0] + ".settings")]
    except ModuleNotFoundError:
        return []


def _is_of(module: str, *, driver_name: str, kind: type) -> bool:
    return kind.__module__ in (module, module.rpartition(".")[0] + ".settings") and driver_name == kind.__name__


@pytest.mark.parametrize(("device", "driver"), KEYS)
def test_every_example_in_a_complaint_would_be_right(device: str, driver: str) -> None:
    table = TABLES[device][driver]
    for row in itertools.chain(table.settings, *(table.ways or {}).values()):
        if row.kind in (Kind.TEXT, Kind.TEXTS):
            assert re.fullmatch(row.pattern, row.example.strip('"')), row.name


@pytest.mark.parametrize(
    ("device", "driver", "written", "problems"),
    [
        ("document_scanner", "sane", {}, {"config.exactly_one"}),
        ("document_scanner", "sane", {"device": "test", "escl_url": "http://192.0.2.7/eSCL"}, {"config.exactly_one"}),
        ("document_scanner", "sane", {"device": "test", "options": {"a b": 1}}, {"config.name_form"}),
        ("document_scanner", "sane", {"device": "test", "options": {"a": [1]}}, {"config.not_a_value"}),
        ("document_scanner", "sane", {"device": "test", "options": 5}, {"config.not_a_mapping"}),
        ("document_scanner", "sane", {"device": "test", "sources": {"roof": {}}}, {"config.unknown_key"}),
        ("cabinet", "described", {"port": "/dev/ttyS0"}, {"config.exactly_one"}),
        ("face_camera", "v4l2", {"device": "/dev/video0", "stall_s": 6}, {"config.not_above"}),
        ("face_camera", "v4l2", {"device": "/dev/video0", "lost_s": 1}, {"config.not_above"}),
        ("face_camera", "v4l2", {"device": "video0"}, {"config.text_form"}),
        ("face_camera", "v4l2", {"device": "/dev/video0", "widht": 6}, {"config.unknown_key_near"}),
        ("face_camera", "mjpeg", {"url": "https://192.0.2.7/"}, {"config.text_form"}),
        ("id_card_reader", "hid", {"port": "/dev/hidraw0", "framing": "bent"}, {"config.choice"}),
        ("id_card_reader", "hid", {"port": "/dev/hidraw0", "times": {"replay": 1}}, {"config.unknown_key_near"}),
        ("id_card_reader", "hid", {"port": "/dev/hidraw0", "times": {"reply": 190}}, {"config.number_range"}),
        ("id_card_reader", "hid", {"port": "/dev/hid\x00raw0"}, {"config.text_form"}),
        (
            "receipt_printer",
            "escpos",
            {"transport": "usb", "usb_vendor": "4b8"},
            {"config.text_form", "config.missing"},
        ),
        ("receipt_printer", "escpos", {"transport": "usb", "host": "x"}, {"config.missing", "config.unknown_key"}),
        ("sheet_printer", "cups", {"queue": "A4", "trays": {"a4": "tray 1"}}, {"config.text_form"}),
        ("ups", "nut", {"ups": "the hall's"}, {"config.text_form"}),
        ("ups", "nut", {"ups": None}, {"config.missing"}),
        ("barcode_reader", "wedge", {"display": ":0"}, {"config.needs_other"}),
        ("barcode_reader", "wedge", {"keyboard": "HF680"}, {"config.exactly_one", "config.needs_other"}),
        ("barcode_reader", "wedge", {"event_device": "/dev/x", "shortest": 9, "longest": 8}, {"config.not_above"}),
        ("barcode_reader", "serial", {"port": "/dev/ttyS0", "light_on": "16 54"}, {"config.needs_other"}),
        ("barcode_reader", "serial", {"port": "/dev/ttyS0", "hello": "1", "hello_reply": "06"}, {"config.text_form"}),
        (
            "permit_rewriter",
            "serial",
            {"port": "/dev/ttyS0", "times": {"work": 500, "link": {"akc": 1}}},
            {"config.number_range", "config.unknown_key_near"},
        ),
        ("sheet_printer", "cups", {"queue": "A4", "trays": {"A4": "tray-1"}}, {"config.name_form"}),
    ],
)
def test_what_a_driver_would_refuse_is_told_when_the_file_is_read(
    folder: Path, device: str, driver: str, written: dict[str, object], problems: set[str]
) -> None:
    with pytest.raises(ConfigError) as caught:
        _read(folder, device, driver, written)
    assert {complaint.problem.key for complaint in caught.value.complaints} == problems


def test_relative_paths_of_a_device_count_from_the_file_s_folder(folder: Path) -> None:
    assert _read(folder, "audio", "alsa", {"sounds": "sounds"})["sounds"] == str(folder / "sounds")
    assert _read(folder, "audio", "alsa", {"sounds": "/srv/sounds"})["sounds"] == "/srv/sounds"


def test_an_unquoted_value_of_a_free_mapping_keeps_its_kind_and_a_quoted_one_is_text(folder: Path) -> None:
    path = folder / "terminal.yaml"
    written = '{a: 1, b: 1.5, c: true, d: "1", e: Stop, f: yes, g: -3, h: 0o17}'
    scanner = f"  document_scanner:\n    driver: sane\n    device: 'test:0'\n    options: {written}\n"
    path.write_text(GOOD.replace("devices:\n", "devices:\n" + scanner), encoding="utf-8")
    read = load_config(path).devices["document_scanner"].settings["options"]
    assert read == {"a": 1, "b": 1.5, "c": True, "d": "1", "e": "Stop", "f": "yes", "g": -3, "h": "0o17"}
    assert isinstance(read, dict)
    assert [type(value) for value in read.values()] == [int, float, bool, str, str, str, int, str]


def test_a_hundred_devices_worth_of_tables_cost_no_file(folder: Path) -> None:
    """The tables are data: reading a configuration imports no driver."""
    import subprocess
    import sys

    path = folder / "terminal.yaml"
    path.write_text(GOOD, encoding="utf-8")
    code = (
        "import sys; from pathlib import Path; from kiosk.base.config import load_config; "
        f"load_config(Path({str(path)!r})); print([m for m in sys.modules if m.startswith('devices')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True, timeout=30
    )
    assert done.stdout.strip() == "[]"


_SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(["/dev/null", "\x00", "1:30"]),
)
_ANYTHING = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_nothing_written_under_devices_does_more_than_be_refused(tmp_path: Path, data: st.DataObject) -> None:
    device, driver = data.draw(st.sampled_from(KEYS))
    names = [row.name for _, rows in _ways(TABLES[device][driver]) for row in rows] + ["transport", "other"]
    written = data.draw(st.dictionaries(st.sampled_from(names), _ANYTHING, max_size=6))
    told: tuple[Complaint, ...] = ()
    read: dict[str, object] | None = None
    try:
        read = _read(tmp_path, device, driver, written)
    except ConfigError as error:
        told = error.complaints
    assert all(complaint.text("zh_CN") for complaint in told)
    if read is not None and (DeviceClass(device), driver) in BUILT_IN:
        with contextlib.suppress(BudayangError):  # a folder that is not there, a profile of another device
            find(DeviceClass(device), driver)(read).close()
