"""Points to strokes, strokes to a page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.signature_pad.point_codec import PadInfo, PenPoint
from devices.signature_pad.strokes import StrokeBuilder, ink_mm, is_blank, svg_path
from devices.signature_pad.types import PenMoved, Point, Signature

INFO = PadInfo(most_x=1000, most_y=500, width=1000, height=500, most_pressure=255)  # ten units a millimetre


def down(x: int, y: int, clock_ms: int = 0, pressure: int = 255) -> PenPoint:
    return PenPoint(True, clock_ms, x, y, pressure)


UP = PenPoint(False, 0, 0, 0, 0)


def test_units_become_hundredths_of_a_millimetre_and_times_count_from_the_first_touch() -> None:
    builder = StrokeBuilder(INFO)
    for point, at in ((down(0, 0, 16380), 5.0), (down(1000, 500, 4, 51), 5.008), (UP, 5.01), (down(10, 20), 25.0)):
        builder.take(point, at)
    assert builder.signature() == Signature(
        10000, 5000, ((Point(0, 0, 1000, 0), Point(10000, 5000, 200, 8)), (Point(100, 200, 1000, 20000),))
    )
    assert builder.points == 3


def test_what_lies_outside_is_left_out_and_parts_the_stroke() -> None:
    builder = StrokeBuilder(INFO)
    for x in (990, 1000, 1010, 1020, 1000, 990):
        builder.take(down(x, 100), 1.0)
    builder.take(UP, 1.1)
    builder.take(down(10, 501), 1.2)
    assert [[point.x for point in stroke] for stroke in builder.strokes] == [[9900, 10000], [10000, 9900]]
    assert builder.outside == 2


def test_a_pen_that_lies_still_is_noticed() -> None:
    builder = StrokeBuilder(INFO)
    builder.take(down(100, 100), 1.0)
    builder.take(down(102, 101), 5.0)
    assert builder.moved_at == 1.0
    builder.take(down(110, 100), 6.0)
    assert builder.moved_at == 6.0
    builder.take(UP, 7.0)
    assert builder.moved_at is None


def test_ink_is_measured_and_a_dot_is_no_signature() -> None:
    line = Signature(1, 1, ((Point(0, 0, 1, 0), Point(300, 400, 1, 5)), (Point(5, 5, 1, 9),)))
    assert ink_mm(line) == pytest.approx(5.0)
    assert not is_blank(line)
    assert is_blank(Signature(1, 1, ()))
    assert is_blank(Signature(1, 1, ((Point(5, 5, 1, 9),),)))


def test_strokes_are_a_path() -> None:
    line = Signature(1, 1, ((Point(0, 0, 1, 0), Point(305, 400, 1, 5)), (Point(50, 5, 1, 9),)))
    assert svg_path(line) == "M0 0 L3.05 4 M0.5 0.05 L0.5 0.05"
    assert svg_path(Signature(1, 1, ())) == ""


def test_nothing_written_is_in_a_text_of_ours() -> None:
    point = Point(1234, 5678, 1, 2)
    for one in (point, Signature(1, 1, ((point,),)), PenMoved(0, (point,)), down(1234, 5678)):
        assert "1234" not in repr(one)


@given(st.lists(st.tuples(st.booleans(), *[st.integers(0, 16383)] * 4)))
def test_no_points_make_it_raise_and_times_never_run_back(rows: list[tuple[bool, int, int, int, int]]) -> None:
    builder = StrokeBuilder(INFO)
    for step, row in enumerate(rows):
        builder.take(PenPoint(*row), step / 100)
    signature = builder.signature()
    times = [point.at_ms for stroke in signature.strokes for point in stroke]
    assert times == sorted(times)
    assert all(
        0 <= point.x <= signature.width and 0 <= point.y <= signature.height and 0 <= point.pressure <= 1000
        for stroke in signature.strokes
        for point in stroke
    )
    assert builder.points == len(times)
