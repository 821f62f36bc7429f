"""IPP messages as bytes."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.sheet_printer.ipp_codec import Attribute, Collection, IppFormatError, Operation, Tag, decode, encode


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


def test_collections_within_collections_come_back() -> None:
    size = (Attribute(Tag.INTEGER, "x-dimension", [21000]), Attribute(Tag.INTEGER, "y-dimension", [29700]))
    column = (
        Attribute(Tag.COLLECTION, "media-size", [size]),
        Attribute(Tag.KEYWORD, "media-source", ["tray-1", "tray-2"]),
    )
    attributes = [
        Attribute(Tag.COLLECTION, "media-col", [column, ()]),
        Attribute(Tag.OCTETS, "printer-supply", [b"type=toner;"]),
    ]
    found = decode(encode(0, 1, [(Tag.JOB, attributes)])).first(Tag.JOB)
    assert found["printer-supply"] == [b"type=toner;"]
    first, second = found["media-col"]
    assert isinstance(first, Collection)
    assert isinstance(second, Collection)
    assert second.members == {}
    assert first.members["media-source"] == ["tray-1", "tray-2"]
    inner = first.members["media-size"][0]
    assert isinstance(inner, Collection)
    assert inner.members == {"x-dimension": [21000], "y-dimension": [29700]}


def test_a_collection_is_laid_out_as_rfc_8010_shows() -> None:
    raw = encode(0, 1, [(Tag.JOB, [Attribute(Tag.COLLECTION, "c", [(Attribute(Tag.KEYWORD, "m", ["v"]),)])])])
    assert raw[9:].hex() == "34000163" + "0000" + "4a00000001" + "6d" + "4400000001" + "76" + "3700000000" + "03"


@pytest.mark.parametrize(
    "body",
    [
        "340001630000" + "0300000000",
        "340001630000" + "4a0000000161" + "340000" * 3,
        "340001630000" + "4a00000001613400000000" * 12,
    ],
)
def test_a_collection_that_does_not_end_or_goes_too_deep_is_refused(body: str) -> None:
    with pytest.raises(IppFormatError):
        decode(bytes.fromhex("020000000000000102" + body))


def test_collections_nested_without_end_are_refused_and_not_followed() -> None:
    nested = bytes.fromhex("020000000000000102" + "340001630000" + "4a0000000161" + "3400000000" * 1)
    with pytest.raises(IppFormatError, match="too deep"):
        decode(nested + bytes.fromhex("4a00000001613400000000") * 40)
