"""Fields: arguments to bytes and bytes to meanings."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.described.description import Field
from devices.described.field_codec import (
    FieldError,
    Value,
    decode_fields,
    effects_of,
    encode_fields,
    encode_number,
    filled,
)

DOOR = Field("door", "number", 1, low=1, high=12)
LIGHT = Field("light", "number", 1, words={"locker": 10})


@pytest.mark.parametrize(
    ("field", "arguments", "wire"),
    [
        (DOOR, {"door": 12}, b"\x0c"),
        (LIGHT, {"light": "locker"}, b"\x0a"),
        (Field("n", "number", 2, True, high=999), {"n": 258}, b"\x01\x02"),
        (Field("n", "number", 2, False, high=999), {"n": 258}, b"\x02\x01"),
        (Field("n", "digits", 3, high=999), {"n": 7}, b"007"),
        (Field("n", "hex", 2, high=999), {"n": 171}, b"AB"),
        (Field("n", "bcd", 2, high=9999), {"n": 123}, b"\x01\x23"),
        (Field("p", "constant", 2, constant=b"\x00\x01"), {}, b"\x00\x01"),
        (Field("data", "raw", 4), {"data": b"abc"}, b"abc"),
    ],
)
def test_an_argument_is_written_as_the_field_says(field: Field, arguments: Mapping[str, Value], wire: bytes) -> None:
    assert encode_fields([field], arguments) == wire


@pytest.mark.parametrize(
    ("field", "arguments"),
    [
        (DOOR, {}),
        (DOOR, {"door": 0}),
        (DOOR, {"door": 13}),
        (DOOR, {"door": "3"}),
        (DOOR, {"door": True}),
        (LIGHT, {"light": "nowhere"}),
        (LIGHT, {"light": 10}),
        (Field("n", "number", 1, high=999), {"n": 256}),
        (Field("n", "digits", 2, high=999), {"n": 100}),
        (Field("n", "bcd", 1, high=999), {"n": 100}),
        (Field("n", "digits", 2, low=-5, high=9), {"n": -1}),
        (Field("data", "raw", 2), {"data": b"abc"}),
        (Field("data", "raw", 2), {"data": "ab"}),
    ],
)
def test_an_argument_that_does_not_fit_is_refused(field: Field, arguments: Mapping[str, Value]) -> None:
    with pytest.raises(FieldError, match=field.name):
        encode_fields([field], arguments)


def test_a_reply_is_read_field_by_field() -> None:
    fields = [
        Field("a", "number", 2, False),
        Field("pad", "constant", 1, constant=b"\x00"),
        Field("gap", "skip", 1),
        Field("moduleId", "text", 6),
        Field("n", "digits", 2),
        Field("h", "hex", 2),
        Field("b", "bcd", 1),
        Field("rest", "raw", 9),
    ]
    data = b"\x01\x02\x00\xffIO-1\x00 42fF\x19xyz"
    assert decode_fields(fields, data) == {
        "a": 0x0201, "moduleId": "IO-1", "n": 42, "h": 255, "b": 19, "rest": b"xyz"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "data"),
    [
        ([Field("a", "number", 2)], b"\x01"),
        ([Field("a", "number", 1)], b"\x01\x02"),
        ([Field("a", "constant", 1, constant=b"\x00")], b"\x01"),
        ([Field("a", "digits", 1)], b"A"),
        ([Field("a", "hex", 1)], b"G"),
        ([Field("a", "bcd", 1)], b"\x1a"),
        ([Field("a", "digits", 1)], "²".encode("latin-1")),
    ],
)
def test_a_reply_that_does_not_fit_is_refused(fields: list[Field], data: bytes) -> None:
    with pytest.raises(FieldError):
        decode_fields(fields, data)


def test_a_value_means_what_its_bits_and_its_number_say() -> None:
    bits = Field("a", "number", 1, bits=((1, {"tamper": "on"}, {"tamper": "off"}), (2, {"heat": "on"}, {})))
    assert effects_of(bits, 1) == [{"tamper": "on"}]
    assert effects_of(bits, 2) == [{"tamper": "off"}, {"heat": "on"}]
    values = Field("a", "number", 1, values={5: {"device": "online"}}, other={"device": "hardwareError"})
    assert effects_of(values, 5) == [{"device": "online"}]
    assert effects_of(values, 6) == [{"device": "hardwareError"}]
    assert effects_of(values, "text") == []
    assert effects_of(Field("a", "number", 1), 6) == []


def test_what_a_command_waits_for_names_its_argument() -> None:
    wanted = {"doors.@door": "open", "device": "online"}
    assert filled(wanted, {"door": 3}) == {"doors.3": "open", "device": "online"}
    assert filled({"doors.@door": "open"}, {}) == {"doors.": "open"}
    assert filled({"doors.@door": "open"}, {"door": b"x"}) == {"doors.@door": "open"}


@given(st.sampled_from(["number", "digits", "hex", "bcd"]), st.integers(1, 8), st.booleans(), st.data())
def test_every_number_that_is_written_is_read(kind: str, size: int, is_big: bool, data: st.DataObject) -> None:
    most = {"number": 256**size, "digits": 10**size, "hex": 16**size, "bcd": 100**size}[kind] - 1
    number = data.draw(st.integers(0, most))
    field = Field("n", kind, size, is_big, high=most)
    assert decode_fields([field], encode_number(field, number)) == {"n": number}


@given(st.lists(st.sampled_from(["number", "digits", "hex", "bcd", "text", "skip", "raw"]), max_size=5), st.binary())
def test_random_bytes_are_a_value_or_a_refusal(kinds: list[str], data: bytes) -> None:
    fields = [Field(f"f{at}", kind, 2) for at, kind in enumerate(kinds)]
    try:
        assert len(decode_fields(fields, data)) <= len(fields)
    except FieldError:
        assert data or fields
