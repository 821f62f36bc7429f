"""What the emulated printer does with bytes, apart from any driver."""

import pytest
from PIL import Image

from devices.emulators.escpos_render import EscposMachine
from devices.emulators.receipt_printer import ReceiptPrinterEmulator
from tests.devices.receipt_printer.slips import SHORT, print_slip, stage, wait_until

CUT = b"\x1dVB\x00"


def run(data: bytes) -> EscposMachine:
    machine = EscposMachine()
    buffer = bytearray(b"\x1b@" + data)
    while machine.step(buffer):
        pass
    assert not buffer
    return machine


def black(machine: EscposMachine, box: tuple[int, int, int, int] | None = None) -> int:
    picture = machine.pieces[-1].picture
    return (picture.crop(box) if box else picture).convert("L").histogram()[0]


def bounds(machine: EscposMachine) -> tuple[int, int, int, int]:
    picture: Image.Image = (
        machine.pieces[-1].picture.convert("L").point([255 if value == 0 else 0 for value in range(256)])
    )
    box = picture.getbbox()
    assert box is not None
    return box


def test_chinese_outside_han_mode_is_rubbish_and_inside_it_is_chinese() -> None:
    text = "公积金".encode("gb18030")
    right, wrong = run(b"\x1c&" + text + b"\x1c.\n" + CUT), run(text + b"\n" + CUT)
    question_marks = run(b"?" * len(text) + b"\n" + CUT)
    assert wrong.pieces[-1].png() == question_marks.pieces[-1].png() != right.pieces[-1].png()
    assert bounds(right)[2] <= 72


def test_a_character_outside_the_font_is_a_blank() -> None:
    blank = run(b"A\x1c&" + "𠮷".encode("gb18030") + b"\x1c.B\n" + CUT)
    assert blank.pieces[-1].png() == run(b"A  B\n" + CUT).pieces[-1].png()


@pytest.mark.parametrize("size", [b"\x1b!\x30", b"\x1d!\x11", b"\x1db\x01\x1d!\x11"])
def test_double_size_is_twice_as_large(size: bytes) -> None:
    single, double = bounds(run(b"H\n" + CUT)), bounds(run(size + b"H\n" + CUT))
    assert abs((double[2] - double[0]) - 2 * (single[2] - single[0])) <= 3
    assert abs((double[3] - double[1]) - 2 * (single[3] - single[1])) <= 3


def test_bold_is_blacker_and_centre_is_in_the_middle() -> None:
    assert black(run(b"\x1bE\x01HHH\n" + CUT)) > black(run(b"HHH\n" + CUT))
    left, _, right, _ = bounds(run(b"\x1ba\x01HHHH\n" + CUT))
    assert abs((left + right) / 2 - 288) <= 6


def test_a_line_that_is_too_long_goes_on_below() -> None:
    assert run(b"H" * 50 + b"\n" + CUT).counters.lines == 2


def test_feeding_makes_the_paper_longer() -> None:
    short, fed = run(b"H\n" + CUT), run(b"H\n\x1b3\x14\x1bd\x05\x1bJ\x32" + CUT)
    assert fed.pieces[-1].picture.height - short.pieces[-1].picture.height == 5 * 20 + 50


def test_an_unprinted_line_is_dropped_by_esc_at_and_a_blank_cut_is_no_slip() -> None:
    machine = run(b"secret\x1b@" + CUT)
    assert (machine.counters.receipts, machine.counters.cuts, machine.counters.blank_cuts) == (0, 0, 1)


def test_unknown_commands_are_counted_and_half_a_command_waits() -> None:
    assert run(b"\x1bZ\x1d~\x1c?\x07H\n" + CUT).counters.unknown == 4
    machine, buffer = EscposMachine(), bytearray(b"\x1dv0\x00\x48\x00\x01\x00" + bytes(71))
    assert machine.step(buffer) is False
    assert len(buffer) == 79


def test_status_is_answered_in_the_middle_of_a_job_and_the_paper_is_kept_waiting() -> None:
    with stage() as (emulator, driver):
        driver.open()
        wait_until(lambda: emulator.state()["blank_cuts"] == 1)
        emulator.do("paper_out", {})
        for _ in range(50):
            assert driver.status().reason == "receipt_printer.paper_out"
        assert int(str(emulator.state()["buffered"])) < 40


def test_actions_that_do_not_exist_or_lack_a_number_are_refused_in_words() -> None:
    emulator = ReceiptPrinterEmulator()
    with pytest.raises(ValueError, match="没有"):
        emulator.do("explode", {})
    with pytest.raises(ValueError, match="lines"):
        emulator.do("paper_out_after", {})
    with pytest.raises(ValueError, match="path"):
        emulator.do("save", {})
    emulator.stop()


def test_forgetting_drops_the_pictures_and_keeps_the_counts() -> None:
    with stage() as (emulator, driver):
        print_slip(driver, "j-1", SHORT)
        assert len(emulator.receipt_pngs()) == 1
        emulator.do("forget", {})
        assert emulator.receipt_pngs() == []
        assert emulator.last_receipt_png() is None
        assert emulator.state()["cuts"] == 1
