"""Every parser of bytes from outside, as a function of bytes alone: it must end, raise nothing but what it says, and stay small.

Both the property tests and the coverage-guided runs go through this one list. A parser that is fed piece by piece takes its
bytes in pieces whose sizes are drawn from the bytes themselves.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from uuid import UUID

from devices.barcode_reader import frame_codec as barcode
from devices.camera.mjpeg_codec import MjpegDecoder, boundary_of
from devices.described import frame_codec as described
from devices.described.description import Shape
from devices.described.reading import load_description, profile_path
from devices.document_scanner import escl_codec
from devices.fingerprint_reader import packet_codec as fingerprint
from devices.id_card_reader import codec as sam_v
from devices.id_card_reader.hid_codec import StrippedReplies
from devices.id_card_reader.text import parse_text
from devices.keypad.key_codec import KeyReader
from devices.keypad.profile import load_profile as load_keypad
from devices.keypad.profile import profile_path as keypad_path
from devices.permit_rewriter import codec as rewriter
from devices.permit_rewriter import content_codec
from devices.receipt_printer import status_codec as receipt_status
from devices.receipt_printer import vendor_profile
from devices.sheet_printer import ipp_codec
from devices.sheet_printer import status_codec as sheet_status
from devices.signature_pad.point_codec import PacketReader as PointReader
from devices.smart_card import apdu_codec, files_codec, mrz_codec, tlv_codec
from devices.smart_card.passive_authentication import TrustedStates, judge
from devices.smart_card.secure_messaging_codec import AES_128, TRIPLE_DES, SecureMessaging, SecureMessagingError
from devices.ups import nut_codec
from devices.wire import Decoder, WireError
from kiosk.base.errors import BudayangError
from offline_cache.sealing import record_codec

Target = Callable[[bytes], None]
MOST_HELD = 1 << 20
"""No reader of a serial line may hold more than this."""


def _pieces(data: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(data):
        size = 1 + data[at] % 61
        yield data[at : at + size]
        at += size


def _sam_v(data: bytes) -> None:
    reader = sam_v.ReplyReader()
    for piece in _pieces(data):
        for reply in reader.feed(piece):
            if isinstance(reply, sam_v.Reply):
                sam_v.text_block(reply.data)
                sam_v.photo_block(reply.data)
                sam_v.module_id(reply.data)
        assert reader.pending_bytes <= MOST_HELD
    while reader.pending_bytes:
        reader.resynchronise()


def _sam_v_hid(data: bytes) -> None:
    replies = StrippedReplies()
    replies.expect(list(sam_v.Request)[len(data) % len(sam_v.Request)])
    for piece in _pieces(data):
        replies.feed(piece)


def _card_text(data: bytes) -> None:
    parse_text(data)
    parse_text((data * 256)[:256])


def _escpos(data: bytes) -> None:
    padded = [byte if byte < 250 else None for byte in (*data[:4], 255, 255, 255, 255)]
    for byte in data:
        receipt_status.is_reply(byte)
    receipt_status.decode(receipt_status.Replies(*padded[:4]))


@cache
def _vendor_profiles() -> list[vendor_profile.VendorProfile]:
    return [vendor_profile.load_profile(path) for path in sorted(vendor_profile.PROFILES.glob("*.yaml"))]


def _vendor_status(data: bytes) -> None:
    for profile in _vendor_profiles():
        profile.decode(data)
        profile.decode((data * profile.size)[: profile.size])


def _apdu(data: bytes) -> None:
    try:
        response = apdu_codec.decode_response(data)
    except apdu_codec.ApduError:
        return
    assert response.meaning in apdu_codec.Sw
    assert response.tries_left is None or 0 <= response.tries_left <= 15


def _tlv(data: bytes) -> None:
    try:
        for _, value in tlv_codec.children(data):
            tlv_codec.find(value, 0x5F1F)
    except tlv_codec.TlvError:
        return


def _travel_files(data: bytes) -> None:
    for file in files_codec.File:
        files_codec.content(file, data)
    files_codec.listed_groups(data)
    files_codec.zone(data)
    files_codec.details(data)


def _secure_messaging(data: bytes) -> None:
    for suite in (TRIPLE_DES, AES_128):
        session = SecureMessaging(suite, bytes(16), bytes(range(16)), bytes(suite.block))
        try:
            session.unprotect(apdu_codec.ResponseApdu(data, 0x9000))
        except SecureMessagingError:
            continue


def _mrz(data: bytes) -> None:
    mrz_codec.parse(data.decode("latin-1"))
    mrz_codec.parse("".join("ABCNP0123456789<\n"[byte % 17] for byte in data))


def _security_object(data: bytes) -> None:
    judge(data, {1: b"x"}, TrustedStates(()), datetime(2026, 1, 1, tzinfo=UTC))


def _ipp(data: bytes) -> None:
    try:
        message = ipp_codec.decode(data)
    except ipp_codec.IppFormatError:
        return
    printer = message.first(4)
    sheet_status.reasons_of(printer)
    sheet_status.is_accepting(printer)


@cache
def _descriptions() -> list[tuple[Shape, dict[bytes, int]]]:
    shapes: list[tuple[Shape, dict[bytes, int]]] = []
    for name in ("io_board", "locker_12", "stamp_unit", "card_dispenser"):
        description = load_description(profile_path(name))
        shapes += [(description.request, {}), (description.reply, description.widths())]
    return shapes


def _described(data: bytes) -> None:
    for shape, widths in _descriptions():
        reader = described.FrameReader(shape, widths)
        for piece in _pieces(data):
            reader.feed(piece)
            assert reader.pending_bytes <= 2 * reader.longest
        reader.resynchronise()


def _nut(data: bytes) -> None:
    reader = nut_codec.LineReader()
    for piece in _pieces(data):
        for line in reader.feed(piece):
            nut_codec.parse_line(line)
            nut_codec.status_of(line, was_powering=False, was_recovered=False)


def _escl(data: bytes) -> None:
    escl_codec.decode(data)
    escl_codec.fault_of(data)


def _mjpeg(data: bytes) -> None:
    boundary_of(data.decode("latin-1"))
    decoder = MjpegDecoder(b"frame")
    for piece in _pieces(data.replace(b"\n\n", b"\r\n--frame\r\ncontent-length: 9\r\n\r\n")):
        decoder.feed(piece)


def _barcode(data: bytes) -> None:
    for reader in (barcode.FrameReader(), barcode.FrameReader(is_framed=True, has_identifier=True, longest=64)):
        for number, piece in enumerate(_pieces(data)):
            reader.feed(piece, number / 100)
            assert reader.pending_bytes <= barcode.LONGEST + 64
        reader.expire(1e9)


def _fingerprint(data: bytes) -> None:
    reader = fingerprint.PacketReader(b"\xff\xff\xff\xff")
    for piece in _pieces(data):
        for packet in reader.feed(piece):
            if isinstance(packet, fingerprint.Packet):
                fingerprint.parse_parameters(packet.content)
                if packet.content:
                    fingerprint.parse_answer(packet.content)
        assert reader.pending_bytes <= MOST_HELD


def _signature(data: bytes) -> None:
    reader = PointReader()
    for piece in _pieces(data):
        reader.feed(piece)


@cache
def _keys() -> KeyReader:
    profile = load_keypad(keypad_path("metal_16"))
    return KeyReader(profile.keys, repeat_s=0.1, stuck_s=5.0)


def _keypad(data: bytes) -> None:
    for number, piece in enumerate(_pieces(data)):
        _keys().feed(piece, number / 100)
        _keys().is_stuck(number / 100)


def _rewriter(data: bytes) -> None:
    reader = rewriter.FrameReader()
    for piece in _pieces(data):
        reader.feed(piece)
        assert reader.pending_bytes <= 2 * rewriter.MOST_DATA
    reader.resynchronise()
    for decode in (
        content_codec.decode_greeting, content_codec.decode_state, content_codec.decode_chip_id, content_codec.decode_chip_piece,
        content_codec.decode_back, content_codec.decode_chip_wish, content_codec.decode_load, content_codec.decode_write,
        content_codec.decode_print,
    ):  # fmt: skip
        decode(data)


def _host_wire(data: bytes) -> None:
    decoder = Decoder()
    try:
        for piece in _pieces(data):
            decoder.feed(memoryview(piece))
    except WireError:
        return


def _sealed_record(data: bytes) -> None:
    try:
        record = record_codec.decode(data)
    except BudayangError:
        return
    record_codec.additional_data(record_codec.Binding("XH-01", UUID(int=1), "a", "b", 1), record.key_id)


TARGETS: dict[str, Target] = {
    "sam_v": _sam_v,
    "sam_v_hid": _sam_v_hid,
    "card_text": _card_text,
    "escpos": _escpos,
    "vendor_status": _vendor_status,
    "apdu": _apdu,
    "tlv": _tlv,
    "travel_files": _travel_files,
    "secure_messaging": _secure_messaging,
    "mrz": _mrz,
    "security_object": _security_object,
    "ipp": _ipp,
    "described": _described,
    "nut": _nut,
    "escl": _escl,
    "mjpeg": _mjpeg,
    "barcode": _barcode,
    "fingerprint": _fingerprint,
    "signature": _signature,
    "keypad": _keypad,
    "rewriter": _rewriter,
    "host_wire": _host_wire,
    "sealed_record": _sealed_record,
}
