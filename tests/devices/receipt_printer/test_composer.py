"""Bytes of a job."""

import pytest

from devices.receipt_printer.composer import UnprintableError, compose
from devices.receipt_printer.raster import can_draw
from devices.receipt_printer.types import Line, Style


def body(*lines: Line, has_chinese_font: bool = True) -> bytes:
    return b"".join(compose(lines, has_chinese_font=has_chinese_font).body)


def test_chinese_goes_in_han_mode_as_gb18030_bytes() -> None:
    text = body(Line("公积金"))
    assert b"\x1c&" + "公积金".encode("gb18030") + b"\x1c.\n" in text


def test_ascii_needs_no_han_mode() -> None:
    assert body(Line("GZ-0001")).endswith(b"GZ-0001\n")
    assert b"\x1c&" not in body(Line("GZ-0001"))


def test_only_the_row_with_a_rare_character_becomes_dots() -> None:
    rows = compose((Line("姓名", right="𠮷*"), Line("正文")), has_chinese_font=True).body
    assert [row[:3] == b"\x1dv0" for row in rows] == [True, True, False]


def test_a_printer_without_chinese_gets_dots_for_chinese_and_text_for_ascii() -> None:
    assert b"\x1c&" not in body(Line("公积金"), has_chinese_font=False)
    assert b"\x1dv0" in body(Line("公积金"), has_chinese_font=False)
    assert b"\x1dv0" not in body(Line("ABC"), has_chinese_font=False)


def test_a_job_cuts_once_and_never_in_its_body() -> None:
    job = compose((Line("\x1dVB\x00\x1bi"), Line("一"), Line("码", Style.QR)), has_chinese_font=True)
    assert job.cut.count(b"\x1dV") == 1
    assert b"\x1dV" not in b"".join(job.body) + job.start


def test_a_name_cannot_bring_commands_along() -> None:
    assert b"\x1b@" not in body(Line("张\x1b@三", right="\x10\x14\x08"))
    assert b"\x10\x14" not in body(Line("张\x1b@三", right="\x10\x14\x08"))


def test_a_character_without_a_picture_is_refused_before_anything_is_sent() -> None:
    assert not can_draw("\U0001fbf9\u0378")
    with pytest.raises(UnprintableError) as caught:
        body(Line("名\u0378"))
    assert caught.value.key == "receipt_printer.unprintable_character"


def test_a_code_that_is_too_long_is_refused() -> None:
    with pytest.raises(UnprintableError) as caught:
        body(Line("x" * 3000, Style.QR))
    assert caught.value.key == "receipt_printer.code_too_long"


def test_pieces_are_small_enough_to_stop_between_them() -> None:
    job = compose((Line("标题", Style.TITLE), Line("𠮷" * 40, Style.TITLE)), has_chinese_font=True)
    assert max(len(piece) for piece in job.body) < 2048
