"""What a device put out, as files; and what is left of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.emulators.lab import Lab
from screens.panel.lab_line import LabLine
from screens.panel.pictures import Pictures
from tests.screens.panel.feeding import print_slip
from tests.screens.panel.hall import emulators
from tests.screens.panel.turning import turn_until

PRINTER = "receipt_printer"


@pytest.fixture
def lab(short_tmp: Path) -> Iterator[Lab]:
    lab = Lab(emulators(short_tmp), str(short_tmp / "lab.sock")).start()
    yield lab
    lab.stop()


@pytest.fixture
def pictures(lab: Lab, short_tmp: Path) -> Iterator[Pictures]:
    folder = short_tmp / "pictures"
    folder.mkdir(mode=0o700)
    line = LabLine(short_tmp / "lab.sock")
    yield Pictures(line, folder)
    line.close()


def printed(lab: Lab, lines: int) -> dict[str, object]:
    printer = lab.emulators[PRINTER]
    before, port = printer.state()["receipts"], printer.state()["tcp_port"]
    assert isinstance(port, int)
    print_slip(port, lines)
    turn_until(lambda: printer.state()["receipts"] != before)
    return printer.state()


def test_a_new_slip_has_a_new_name_and_the_old_one_goes(lab: Lab, pictures: Pictures, short_tmp: Path) -> None:
    assert pictures.of(PRINTER, lab.emulators[PRINTER].state()) == ()
    (first,) = pictures.of(PRINTER, printed(lab, 1))
    assert first.read_bytes().startswith(b"\x89PNG")
    assert first.stat().st_mode & 0o077 == 0
    (second,) = pictures.of(PRINTER, printed(lab, 2))
    assert second != first
    assert list((short_tmp / "pictures").iterdir()) == [second]


def test_the_same_slip_keeps_its_name_though_the_state_has_changed(lab: Lab, pictures: Pictures) -> None:
    first = pictures.of(PRINTER, printed(lab, 1))
    lab.emulators[PRINTER].do("open_cover", {})
    assert pictures.of(PRINTER, lab.emulators[PRINTER].state()) == first


def test_what_the_printer_has_forgotten_is_shown_no_longer(lab: Lab, pictures: Pictures, short_tmp: Path) -> None:
    pictures.of(PRINTER, printed(lab, 1))
    lab.emulators[PRINTER].do("forget", {})
    lab.emulators[PRINTER].do("open_cover", {})
    assert pictures.of(PRINTER, lab.emulators[PRINTER].state()) == ()
    assert list((short_tmp / "pictures").iterdir()) == []


@pytest.mark.parametrize("content", [b"no PDF", b"", None])
def test_a_sheet_that_is_no_pdf_or_is_gone_is_no_picture(
    pictures: Pictures, short_tmp: Path, content: bytes | None
) -> None:
    sheet = short_tmp / "sheet.pdf"
    if content is not None:
        sheet.write_bytes(content)
    state = {"last_sheet": str(sheet)}
    assert pictures.of("sheet_printer", state) == pictures.of("sheet_printer", state) == ()
