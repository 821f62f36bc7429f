"""IPP messages as bytes."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.sheet_printer.ipp_codec import Attribute, IppFormatError, Operation, Tag, decode, encode


def test_a_request_is_laid_out_as_rfc_8010_shows() -> None:
    uri = Attribute(Tag.URI, "printer-uri", ["ipp://localhost/p"])
    assert encode(Operation.GET_PRINTER_ATTRIBUTES, 1, [(Tag.OPERATION, [uri])], b"%PDF").hex() == (
        "0200000b0000000101"
        "470012617474726962757465732d6368617273657400057574662d38"
        "48001b617474726962757465732d6e61747572616c2d6c616e67756167650002656e"
        "45000b7072696e7465722d757269" + "0011" + b"ipp://localhost/p".hex() + "03" + b"%PDF".hex()
    )


def test_values_of_each_kind_come_back() -> None:
    attributes = [
        Attribute(Tag.INTEGER, "copies", [1, -2]),
        Attribute(Tag.ENUM, "job-state", [9]),
        Attribute(Tag.BOOLEAN, "last-document", [True]),
        Attribute(Tag.NAME, "job-name", ["查询单"]),
    ]
    message = decode(encode(0, 7, [(Tag.OPERATION, []), (Tag.JOB, attributes), (Tag.JOB, [])], b"data"))
    assert (message.code, message.request_id, message.data) == (0, 7, b"data")
    assert message.first(Tag.JOB) == {
        "copies": [1, -2],
        "job-state": [9],
        "last-document": [True],
        "job-name": ["查询单"],
    }
    assert len(message.all(Tag.JOB)) == 2
    assert message.first(Tag.PRINTER) == {}


def test_values_of_other_kinds_stay_bytes() -> None:
    raw = bytes.fromhex("02000000000000010430" + "0001" + "61" + "0002" + "beef" + "03")
    assert decode(raw).first(Tag.PRINTER) == {"a": [b"\xbe\xef"]}


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "0200",
        "020000000000000101",
        ("02000000000000012100016100040000000103"),
        "02000000000000012100016100",
        "0200000000000001210001610004000000",
    ],
)
def test_what_is_no_message_is_refused(raw: str) -> None:
    with pytest.raises(IppFormatError):
        decode(bytes.fromhex(raw))


@given(st.binary(max_size=200))
def test_any_bytes_are_a_message_or_refused(raw: bytes) -> None:
    with contextlib.suppress(IppFormatError):
        decode(raw)


@given(st.binary(max_size=80))
def test_a_document_behind_the_attributes_is_untouched(document: bytes) -> None:
    assert decode(encode(0, 1, [(Tag.OPERATION, [])], document)).data == document
