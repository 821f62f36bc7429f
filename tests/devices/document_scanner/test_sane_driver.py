"""Scans through the real SANE library, in a host of its own: SANE's `test` and `pnm` devices and the eSCL emulator."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import psutil
import pytest
from PIL import Image

from devices.document_scanner.sane_driver import make
from devices.document_scanner.scanner import ScanFailed, Scanned, ScannerCancelled
from devices.document_scanner.types import READ, ColorFormat, PageFormat, ReadImage, ScanError, Side, Source
from devices.emulators.escl_scanner import EsclScannerEmulator
from devices.messages import Command
from devices.status import CompletionCode, DeviceState, Media
from kiosk.base.errors import BudayangError, Problem
from tests.devices.document_scanner.scanning import (
    SCANNER,
    TEST_CONF,
    ScannerScene,
    Stage,
    network_scanner,
    sane_test_device,
    scanner_scene,
)
from tests.devices.scenes import Heard, completion_of

Network = tuple[EsclScannerEmulator, ScannerScene]


@pytest.fixture
def network(tmp_path: Path) -> Iterator[Network]:
    with network_scanner(tmp_path) as made:
        yield made


def test_a_duplex_pile_comes_in_the_order_of_its_sides(network: Network) -> None:
    emulator, scene = network
    emulator.do("load", {"sheets": 20, "blank": [4]})
    attempt = scene.scan(Source.DUPLEX)
    assert attempt.outcome() == Scanned(40, 1)
    assert attempt.numbers() == [0 if number == 4 else number for number in range(1, 41)]
    assert [page.side for page in attempt.pages] == [Side.FRONT, Side.BACK] * 20
    assert [page.number for page in attempt.pages if page.is_blank] == [4]
    assert [page.file for page in attempt.pages] == attempt.files()
    assert [page.size_bytes for page in attempt.pages] == [
        (attempt.folder / page.file).stat().st_size for page in attempt.pages
    ]


def test_pages_are_private_files(network: Network) -> None:
    emulator, scene = network
    emulator.do("load", {"sheets": 1})
    attempt = scene.scan(page_format=PageFormat.PNM, color_format=ColorFormat.GRAY_SCALE)
    assert attempt.outcome() == Scanned(1, 0)
    assert attempt.files() == ["page-0001.pnm"]
    assert stat.S_IMODE((attempt.folder / "page-0001.pnm").stat().st_mode) == 0o600
    with Image.open(attempt.folder / "page-0001.pnm") as picture:
        assert picture.mode == "L"


def test_a_second_pile_goes_on_in_the_same_folder(network: Network) -> None:
    emulator, scene = network
    emulator.do("load", {"sheets": 2})
    first = scene.scan()
    assert first.outcome() == Scanned(2, 0)
    emulator.do("load", {"sheets": 1})
    second = scene.scan_into(first.folder, "second", first_number=3)
    assert second.outcome() == Scanned(1, 0)
    assert second.files() == ["page-0001.png", "page-0002.png", "page-0003.png"]


def test_a_page_is_never_written_over_another(network: Network) -> None:
    emulator, scene = network
    emulator.do("load", {"sheets": 1})
    first = scene.scan()
    assert first.outcome() == Scanned(1, 0)
    before = (first.folder / "page-0001.png").read_bytes()
    emulator.do("load", {"sheets": 1})
    assert scene.scan_into(first.folder, "again").outcome() == ScanFailed(Problem("scanner.folder"), 0)
    assert first.files() == ["page-0001.png"]
    assert (first.folder / "page-0001.png").read_bytes() == before


def test_no_more_pages_than_wanted_and_the_rest_afterwards(tmp_path: Path) -> None:
    with network_scanner(tmp_path, page_s=0.05) as (emulator, scene):
        emulator.do("load", {"sheets": 12})
        assert scene.scan(max_pages=2).outcome() == Scanned(2, 0)
        outcome = scene.scan().outcome()
        assert isinstance(outcome, Scanned)
        assert 1 <= outcome.pages <= 10  # the scanner may have drawn in some sheets before it was told to stop


def test_the_flatbed_gives_one_page_and_can_be_asked_again(network: Network) -> None:
    _, scene = network
    for _ in range(2):
        assert scene.scan(Source.FLATBED).outcome() == Scanned(1, 0)


@pytest.mark.parametrize("mode", [0o750, 0o701, 0o777])
def test_a_folder_that_others_may_enter_is_refused(network: Network, tmp_path: Path, mode: int) -> None:
    emulator, scene = network
    emulator.do("load", {"sheets": 1})
    folder = tmp_path / "open"
    folder.mkdir()
    folder.chmod(mode)
    assert scene.scan_into(folder, "a").outcome() == ScanFailed(Problem("scanner.folder"), 0)
    assert emulator.jobs == 0


def test_a_link_or_no_folder_at_all_is_refused(network: Network, tmp_path: Path) -> None:
    _, scene = network
    target = tmp_path / "target"
    target.mkdir(mode=0o700)
    (tmp_path / "link").symlink_to(target)
    for number, folder in enumerate((tmp_path / "link", tmp_path / "nowhere", Path("relative"))):
        assert scene.scan_into(folder, f"a{number}").outcome() == ScanFailed(Problem("scanner.folder"), 0)


def test_no_page_is_left_half_when_there_is_no_room(tmp_path: Path) -> None:
    with sane_test_device(tmp_path) as scene:
        host = psutil.Process(scene.supervisor.pids()[SCANNER])
        host.rlimit(psutil.RLIMIT_FSIZE, (100_000, 100_000))
        attempt = scene.scan(page_format=PageFormat.PNM)
        outcome = attempt.outcome()
        assert outcome == ScanFailed(Problem("scanner.no_space"), 0, ScanError.NO_SPACE)
        assert attempt.files() == []


def test_memory_does_not_grow_with_the_pages(tmp_path: Path) -> None:
    with sane_test_device(tmp_path) as scene:
        assert scene.scan(Source.FLATBED, resolution_dpi=300).outcome() == Scanned(1, 0)
        host = psutil.Process(scene.supervisor.pids()[SCANNER])
        before = host.memory_full_info().uss
        attempt = scene.scan(Source.FEEDER, resolution_dpi=300, page_format=PageFormat.PNM)
        assert attempt.outcome() == Scanned(10, 0)
        assert sum(page.size_bytes for page in attempt.pages) > 250_000_000
        assert host.memory_full_info().uss - before < 4_000_000
        for name in attempt.files():
            os.truncate(attempt.folder / name, 0)


def test_a_picture_of_the_pnm_device_arrives_as_it_is(tmp_path: Path) -> None:
    picture = Image.effect_mandelbrot((320, 240), (-2, -1.5, 1, 1.5), 40)
    picture.save(tmp_path / "sheet.pnm")
    options = {"filename": str(tmp_path / "sheet.pnm")}
    with scanner_scene(tmp_path, device="pnm:0", options=options) as scene:
        attempt = scene.scan(Source.FLATBED, color_format=ColorFormat.GRAY_SCALE)
        assert attempt.outcome() == Scanned(1, 0)
        with Image.open(attempt.folder / "page-0001.png") as scanned:
            assert scanned.convert("L").tobytes() == picture.tobytes()


def test_a_scanner_that_does_not_know_its_height_is_read_to_the_end(tmp_path: Path) -> None:
    with sane_test_device(tmp_path, **{"hand-scanner": True}) as scene:
        attempt = scene.scan(Source.FLATBED)
        assert attempt.outcome() == Scanned(1, 0)
        with Image.open(attempt.folder / "page-0001.png") as picture:
            assert picture.height == attempt.pages[0].height_px > 100
            picture.load()


def test_a_binary_page_and_a_backend_that_answers_before_it_has_anything(tmp_path: Path) -> None:
    options = {"mode": "Gray", "depth": 1, "non-blocking": True, "read-limit": True, "read-limit-size": 4000}
    with sane_test_device(tmp_path, **options) as scene:
        attempt = scene.scan(Source.FLATBED, color_format=ColorFormat.GRAY_SCALE)
        assert attempt.outcome() == Scanned(1, 0)
        with Image.open(attempt.folder / "page-0001.png") as picture:
            assert picture.mode == "1"


@pytest.mark.parametrize(
    ("options", "wish"),
    [
        ({"depth": 16}, {}),
        ({"three-pass": True}, {}),
        ({"no-such-option": 1}, {}),
        ({"mode": "Sepia"}, {}),
        ({"mode": 3}, {}),
        ({"resolution": "much"}, {}),
        ({}, {"color_format": ColorFormat.BINARY}),
        ({}, {"source": Source.DUPLEX}),
    ],
)
def test_what_a_scanner_cannot_do_is_refused_in_words(
    tmp_path: Path, options: dict[str, object], wish: dict[str, Any]
) -> None:
    driver = make({"device": "test:0", "backend_config": TEST_CONF, "options": options})
    try:
        assert driver.open().state is DeviceState.ONLINE
        tmp_path.chmod(0o700)
        read = ReadImage(str(tmp_path), **{"source": Source.FLATBED, **wish})
        completion = driver.execute(Command("a", READ, 5.0, msgspec.msgpack.encode(read)), Stage())
    finally:
        driver.close()
    assert (completion.code, completion.reason) == (CompletionCode.UNSUPPORTED_DATA, "scanner.unsupported")
    assert list(tmp_path.iterdir()) == []


def test_a_source_may_be_described_in_the_settings(tmp_path: Path) -> None:
    sources = {"duplex": {"source": "Automatic Document Feeder"}}
    with scanner_scene(tmp_path, device="test:0", sources=sources) as scene:
        assert scene.scan(Source.DUPLEX, resolution_dpi=50).outcome() == Scanned(10, 0)


def test_a_cancelled_pile_keeps_its_whole_pages_and_no_other(tmp_path: Path) -> None:
    with network_scanner(tmp_path, page_s=0.05) as (emulator, scene):
        emulator.do("load", {"sheets": 400})
        attempt = scene.scan()
        attempt.told.wait_for(lambda page: page.number == 3)
        scene.scanner.cancel("scan-0")
        outcome = attempt.outcome()
        assert isinstance(outcome, ScannerCancelled)
        assert attempt.files() == [page.file for page in attempt.pages]
        assert outcome.pages == len(attempt.pages)
        emulator.do("load", {"sheets": 1})
        assert scene.scan().outcome() == Scanned(1, 0)


def test_a_pile_has_its_time(tmp_path: Path) -> None:
    with network_scanner(tmp_path, page_s=0.05) as (emulator, scene):
        emulator.do("load", {"sheets": 400})
        outcome = scene.scan(timeout_s=0.5).outcome()
        assert isinstance(outcome, ScanFailed)
        assert outcome.problem == Problem("device.no_time_left")
        assert outcome.pages > 0


def test_paper_laid_in_shows_while_nothing_is_asked(network: Network) -> None:
    emulator, scene = network
    assert scene.scanner.status().media is Media.NOT_PRESENT
    emulator.do("load", {"sheets": 1})
    scene.statuses.wait_for(lambda status: status.media is Media.PRESENT)


def test_unknown_commands_and_garbage_are_refused(network: Network) -> None:
    _, scene = network
    for number, (name, payload, code) in enumerate(
        (
            ("readNothing", b"", CompletionCode.UNSUPPORTED_COMMAND),
            ("readImage", b"\xff\x00", CompletionCode.INVALID_DATA),
            ("readImage", b"\x80", CompletionCode.INVALID_DATA),
        )
    ):
        heard = Heard()
        scene.supervisor.submit(SCANNER, Command(f"x{number}", name, 5.0, payload), heard.add)
        assert completion_of(heard).code is code


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"device": "test:0", "escl_url": "http://127.0.0.1/eSCL"},
        {"device": "../x:0"},
        {"device": 5},
        {"device": "test:0", "more": 1},
        {"device": "test:0", "stall_s": 0.0},
        {"escl_url": "ftp://127.0.0.1/eSCL"},
        {"escl_url": "http:///eSCL"},
        {"escl_url": "http://127.0.0.1:99999/eSCL"},
        {"escl_url": "http://127.0.0.1/eSCL\n[devices]"},
    ],
)
def test_wrong_settings_are_refused(settings: dict[str, object]) -> None:
    with pytest.raises(BudayangError, match=r"scanner\.bad_settings"):
        make(settings)


@pytest.mark.allow_log("device_lost.*scanner.power_off")
def test_a_device_that_is_not_there_is_off(tmp_path: Path) -> None:
    with scanner_scene(tmp_path, device="test:9") as scene:
        assert scene.scanner.status().state is DeviceState.POWER_OFF
        assert scene.scan().outcome() == ScanFailed(Problem("scanner.power_off"), 0, ScanError.READ_ERROR)
