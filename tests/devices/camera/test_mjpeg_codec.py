"""Pictures out of a stream of bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.camera import mjpeg_codec
from devices.camera.mjpeg_codec import MjpegDecoder, Part, boundary_of

BOUNDARY = b"--frame"


def part(body: bytes, *, length: int | None = None, stamp: str = "", has_length: bool = True) -> bytes:
    head = b"--frame\r\nContent-Type: image/jpeg\r\n"
    if has_length:
        head += b"Content-Length: %d\r\n" % (len(body) if length is None else length)
    if stamp:
        head += f"X-Timestamp: {stamp}\r\n".encode()
    return head + b"\r\n" + body + b"\r\n"


def jpeg(text: bytes) -> bytes:
    return b"\xff\xd8" + text + b"\xff\xd9"


def fed(data: bytes, step: int = 1 << 20) -> list[Part]:
    decoder = MjpegDecoder(BOUNDARY)
    return [found for start in range(0, len(data), step) for found in decoder.feed(data[start : start + step])]


@pytest.mark.parametrize("step", [1, 7, 100, 10_000])
@pytest.mark.parametrize("has_length", [True, False])
def test_parts_come_however_they_were_cut(step: int, has_length: bool) -> None:
    bodies = [jpeg(bytes([n]) * 50 * n) for n in range(5)]
    data = b"".join(part(body, has_length=has_length) for body in bodies) + b"--frame"
    assert [found.jpeg for found in fed(data, step)] == bodies


def test_a_part_with_its_length_is_complete_at_its_last_byte() -> None:
    data = part(jpeg(b"x"))[:-2]
    assert [found.jpeg for found in fed(data)] == [jpeg(b"x")]


def test_a_part_that_was_cut_short_is_not_whole_and_harms_not_the_next() -> None:
    data = part(jpeg(b"abcdef")[:4], length=10_000) + part(jpeg(b"next")) + b"--frame"
    assert [(found.is_whole, found.jpeg) for found in fed(data)] == [
        (False, b"\xff\xd8ab"),
        (True, jpeg(b"next")),
    ]


def test_a_picture_without_its_end_is_not_whole() -> None:
    assert [found.is_whole for found in fed(part(jpeg(b"x")[:-1]) + part(b"text") + part(jpeg(b"x") + b"\0\0"))] == [
        False,
        False,
        True,
    ]


def test_time_stamps_are_read_and_nonsense_is_none() -> None:
    data = part(jpeg(b"1"), stamp="12.500") + part(jpeg(b"2"), stamp="soon") + part(jpeg(b"3"))
    assert [found.stamp for found in fed(data)] == [12.5, None, None]


def test_noise_between_parts_is_passed_over() -> None:
    assert [found.jpeg for found in fed(b"\xff\xd8noise\r\n\r\n" + part(jpeg(b"x")), 3)] == [jpeg(b"x")]


def test_a_head_without_end_and_a_picture_without_end_stay_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mjpeg_codec, "MAX_FRAME_BYTES", 20_000)
    decoder = MjpegDecoder(BOUNDARY)
    for _ in range(20):
        assert decoder.feed(b"--frame\r\n" + b"h" * 5000) == []
    assert decoder.feed(part(jpeg(b"y"))) != []
    decoder.feed(b"--frame\r\nContent-Length: 999999999\r\n\r\n")
    for _ in range(20):
        assert decoder.feed(b"p" * 5000) == []
    found = decoder.feed(b"\r\n" + part(jpeg(b"x")) + part(jpeg(b"z")))
    assert found[-1].jpeg == jpeg(b"z")


@pytest.mark.parametrize(
    ("kind", "boundary"),
    [
        ("multipart/x-mixed-replace; boundary=frame", b"--frame"),
        ('multipart/x-mixed-replace;boundary="--frame"', b"--frame"),
        ("Multipart/x-mixed-replace; charset=x; Boundary=frame", b"--frame"),
        ("multipart/x-mixed-replace", None),
        ("image/jpeg; boundary=frame", None),
        ("", None),
    ],
)
def test_boundaries_are_found(kind: str, boundary: bytes | None) -> None:
    assert boundary_of(kind) == boundary


@given(st.lists(st.binary(max_size=60) | st.sampled_from([b"--frame\r\n", b"\r\n\r\n", part(jpeg(b"x"))]), max_size=30))
def test_no_bytes_of_a_stranger_raise(pieces: list[bytes]) -> None:
    decoder = MjpegDecoder(BOUNDARY)
    for piece in pieces:
        for found in decoder.feed(piece):
            assert isinstance(found, Part)
