"""Traffic: a bounded ring of frames, what each wire's frames say, and that contents stay hidden."""

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.described.reading import load_description, profile_path
from devices.emulators import traffic_devices, traffic_exchanges, traffic_serial
from devices.emulators.cards import CARDS, PHOTO
from devices.emulators.id_card_reader import frame
from devices.emulators.traffic import GAP_S, KEPT, Decoder, Direction, Frame, Traffic, told
from devices.permit_rewriter.codec import Frame as RewriterFrame
from devices.permit_rewriter.codec import Kind, encode
from devices.sheet_printer import ipp_codec
from devices.sheet_printer.ipp_codec import Attribute, Operation, Tag
from kiosk.base.clock import ManualClock

TO, FROM = Direction.TO_DEVICE, Direction.FROM_DEVICE


@pytest.fixture
def traffic(manual_clock: ManualClock) -> Traffic:
    return Traffic(frames=4, size=100, monotonic=manual_clock.monotonic, wall=lambda: 1000.0 + manual_clock.monotonic())


def test_pieces_that_follow_at_once_are_one_frame(traffic: Traffic, manual_clock: ManualClock) -> None:
    traffic.note(TO, b"ab")
    manual_clock.advance(GAP_S / 2)
    traffic.note(TO, b"cd")
    assert traffic.after(0) == [], "it may still grow"
    manual_clock.advance(2 * GAP_S)
    assert [(one.n, one.data, one.size) for one in traffic.after(0)] == [(1, b"abcd", 4)]


def test_a_pause_a_turn_and_another_connection_begin_a_new_frame(traffic: Traffic, manual_clock: ManualClock) -> None:
    traffic.note(TO, b"a")
    manual_clock.advance(2 * GAP_S)
    traffic.note(TO, b"b")
    traffic.note(FROM, b"c")
    traffic.note(FROM, b"d", channel=7)
    manual_clock.advance(2 * GAP_S)
    assert [(one.direction, one.data) for one in traffic.after(0)] == [
        (TO, b"a"),
        (TO, b"b"),
        (FROM, b"c"),
        (FROM, b"d"),
    ]
    assert [one.n for one in traffic.after(2)] == [3, 4]


def test_the_oldest_frames_go_and_their_numbers_are_missed(traffic: Traffic) -> None:
    for number in range(6):
        traffic.note(TO if number % 2 else FROM, bytes((number,)))
    traffic.note(TO, b"!", channel=1)
    assert [one.n for one in traffic.after(0)] == [3, 4, 5, 6]


def test_the_bytes_that_are_held_are_bounded(traffic: Traffic) -> None:
    for number in range(9):
        traffic.note(TO if number % 2 else FROM, bytes(40))
    assert sum(len(one.data) for one in traffic.after(0)) <= 100


def test_a_long_frame_keeps_its_head_and_tells_its_size(manual_clock: ManualClock) -> None:
    traffic = Traffic(monotonic=manual_clock.monotonic)
    for _ in range(10):
        traffic.note(FROM, bytes(1000))
    manual_clock.advance(1)
    (one,) = traffic.after(0)
    assert (len(one.data), one.size) == (KEPT, 10_000)


def test_the_time_is_unix_time_of_the_first_byte(traffic: Traffic, manual_clock: ManualClock) -> None:
    manual_clock.advance(5)
    traffic.note(TO, b"a")
    manual_clock.advance(1)
    assert traffic.after(0)[0].at_ms == round((1000 + manual_clock.monotonic() - 1) * 1000)


def _said(decoder: Decoder, data: bytes, direction: Direction) -> str:
    return decoder(data, direction).text


REPLY = frame(0x90, b"\x01\x00\x04\x00" + CARDS["resident"].text + PHOTO)


def test_the_id_card_reader_tells_commands_and_statuses() -> None:
    find = bytes.fromhex("AAAAAA96690003200122")
    assert _said(traffic_serial.sam_v, find, TO) == "StartFindIDCard 20 01"
    assert _said(traffic_serial.sam_v, frame(0x9F, bytes(4)), FROM) == "SW 00 00 9F card found, data 4 bytes"
    assert _said(traffic_serial.sam_v, b"\x00\xff" + frame(0x80), FROM) == "noise 2 bytes, SW 00 00 80 no card"
    assert _said(traffic_serial.sam_v, REPLY, FROM) == "SW 00 00 90 success, data 1284 bytes"
    assert "cut short" in _said(traffic_serial.sam_v, REPLY[:700], FROM)
    assert _said(traffic_serial.sam_v, b"\x01\x02", FROM) == "no frame, 2 bytes"


def test_a_cards_block_is_hidden_and_shown_only_on_demand() -> None:
    one = Frame(1, 0, FROM, REPLY, len(REPLY))
    hidden = told(one, traffic_serial.sam_v, reveals=False)
    assert hidden["hex"] == "aa aa aa 96 69 05 08 00 00 90"
    assert hidden["hidden"] == len(REPLY) - 10
    assert told(one, traffic_serial.sam_v, reveals=True)["hex"] == REPLY.hex(" ")
    assert told(one, None, reveals=False)["hex"] == "", "nobody knows what is in there"


def test_a_slip_is_told_by_its_commands() -> None:
    slip = (
        b"\x1b@\x1c&"
        + "张三".encode("gb18030")
        + b"\n\n\n\x1c.\x1dv0\x00\x02\x00\x03\x00"
        + bytes(6)
        + b"\x1dVB\x00\x10\x04\x01"
    )
    decoded = traffic_serial.escpos(slip, TO)
    assert decoded.text == (
        "ESC @ initialise; FS & Chinese on; text 4 bytes; LF x3; FS . Chinese off; GS v 0 picture 16x3; GS V cut; DLE EOT status 01"
    )
    assert slip[: decoded.visible] == b"\x1b@\x1c&"
    assert _said(traffic_serial.escpos, b"\x12", FROM) == "status 12"
    assert _said(traffic_serial.escpos, b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08", TO) == "DLE DC4 clear buffer"


def test_upsd_is_told_by_its_lines_and_a_password_never() -> None:
    assert _said(traffic_serial.nut, b"GET VAR hall ups.status\n", TO) == "GET VAR hall ups.status"
    decoded = traffic_serial.nut(b"USERNAME a\nPASSWORD secret\n", TO)
    assert (decoded.text, decoded.visible) == ("USERNAME …; PASSWORD …", 0)


def test_a_described_device_is_told_by_its_description() -> None:
    decode = traffic_serial.described(load_description(profile_path("io_board")))
    assert _said(decode, bytes.fromhex("AA55011011"), TO) == "inputs"
    reply = bytes.fromhex("AA5503900100") + bytes((0x03 ^ 0x90 ^ 0x01,))
    assert "doors.front=open" in _said(decode, reply, FROM)
    light = bytes.fromhex("AA550420010102") + bytes((0x04 ^ 0x20 ^ 0x01 ^ 0x01 ^ 0x02,))
    assert _said(decode, light, TO) == "setLight light=cardReader flashRate=slow colour=green"
    assert "no frame" in _said(decode, b"\x00\x01\x02", TO)
    assert "cut short" in _said(decode, b"\xaa\x55\x03", FROM)


def test_what_is_printed_on_a_card_is_hidden() -> None:
    description = load_description(profile_path("card_dispenser"))
    decode = traffic_serial.described(description)
    raw = [x for x in description.commands.values() if any(f.kind == "raw" for f in x.request.fields)]
    assert raw, "the dispenser prints"
    from devices.described.frame_codec import encode_frame

    wire = encode_frame(description.request, raw[0].request.code, b"\x01\x02\x03secret"[: raw[0].request.size])
    decoded = decode(wire, TO)
    assert b"secret" not in wire[: decoded.visible]
    assert "secret" not in decoded.text


def test_a_smart_card_is_told_by_instructions_and_status_words() -> None:
    apdu = traffic_exchanges.apdu
    assert _said(apdu, bytes.fromhex("00A4040C07A0000002471001"), TO) == "SELECT P1 04 P2 0C, 12 bytes"
    assert _said(apdu, bytes.fromhex("0CB0000000"), TO).startswith("READ BINARY secured")
    assert _said(apdu, b"\x01", TO) == "power on"
    assert _said(apdu, bytes.fromhex("6982"), FROM) == "SW 6982 security status not satisfied, data 0 bytes"
    assert _said(apdu, bytes.fromhex("63C2"), FROM) == "SW 63C2 2 tries left, data 0 bytes"
    hidden = apdu(b"personal\x90\x00", FROM)
    assert (hidden.text, hidden.visible) == ("SW 9000 done, data 8 bytes", 0)


def test_http_is_told_by_its_first_line_without_a_query() -> None:
    request = b"GET /light?level=3 HTTP/1.1\r\nHost: x\r\n\r\n"
    assert _said(traffic_exchanges.http, request, TO) == "GET /light HTTP/1.1"
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/xml; a=b\r\nContent-Length: 12\r\n\r\n<personal/>"
    decoded = traffic_exchanges.http(answer, FROM)
    assert decoded.text == "HTTP/1.1 200 OK (text/xml, 12 bytes)"
    assert answer[: decoded.visible] == b"HTTP/1.1 200 OK"


def test_ipp_is_told_by_operation_and_states() -> None:
    head = b"POST /ipp/print HTTP/1.1\r\nContent-Type: application/ipp\r\n\r\n"
    names = [Attribute(Tag.NAME, "job-name", ["personal"])]
    request = head + ipp_codec.encode(Operation.SEND_DOCUMENT, 7, [(Tag.OPERATION, names)], b"%PDF")
    said = _said(traffic_exchanges.ipp, request, TO)
    assert said == "Send-Document (3 attributes, document 4 bytes or more)"
    states = [
        Attribute(Tag.ENUM, "printer-state", [5]),
        Attribute(Tag.KEYWORD, "printer-state-reasons", ["media-empty-error"]),
    ]
    answer = b"HTTP/1.0 200 OK\r\n\r\n" + ipp_codec.encode(0, 7, [(Tag.OPERATION, []), (Tag.PRINTER, states)])
    assert _said(traffic_exchanges.ipp, answer, FROM) == (
        "status 0000 (4 attributes, printer-state=5, printer-state-reasons=media-empty-error)"
    )
    assert "no whole IPP message" in _said(traffic_exchanges.ipp, request[:-30], TO)


def test_the_rewriter_is_told_by_kinds_and_results() -> None:
    write = encode(RewriterFrame(3, Kind.LOAD, b"personal"))
    decoded = traffic_devices.permit_rewriter(write, TO)
    assert decoded.text == "LOAD #3, data 8 bytes"
    assert b"personal" not in write[: decoded.visible]
    done = encode(RewriterFrame(3, Kind.ERASE | 0x80, b"\x02"))
    assert _said(traffic_devices.permit_rewriter, done, FROM) == "ERASE #3 answer jammed, data 0 bytes"
    assert _said(traffic_devices.permit_rewriter, encode(RewriterFrame(1, Kind.NAK, b"\x02")), FROM) == "NAK #1 busy"


def test_a_code_is_told_by_its_identifier_alone() -> None:
    assert _said(traffic_devices.barcode_reader, b"\x16T\r", TO) == "light on"
    decoded = traffic_devices.barcode_reader(b"]Q1personal\r\n", FROM)
    assert (decoded.text, decoded.visible) == ("code ]Q1, 13 bytes", 3)


def test_a_keypad_never_tells_a_key_and_a_pad_no_point() -> None:
    keys = traffic_devices.keypad(b"246810\r", FROM)
    assert (keys.text, keys.visible) == ("7 keys or answers", 0)
    assert _said(traffic_devices.keypad, b"\x1bL1", TO) == "order 1B 4C 31"
    points = traffic_devices.signature_pad(b"\x81\x01\x02\x03" + b"\x81\x04\x05\x06" + b"\x80\x01\x02", FROM)
    assert (points.text, points.visible) == ("pen down x2; pen up", 0)
    assert _said(traffic_devices.signature_pad, b"\xc0S\x13", TO) == "order START"
    assert _said(traffic_devices.signature_pad, b"\x01", TO) == "no packet, 1 bytes"


def test_a_fingerprint_is_told_by_instruction_and_confirmation_and_its_template_never() -> None:
    decode = traffic_devices.fingerprint_reader
    assert _said(decode, bytes.fromhex("EF01FFFFFFFF0100030100 05"), TO) == "GET_IMAGE, content 1 bytes"
    assert _said(decode, bytes.fromhex("EF01FFFFFFFF07000302000C"), FROM) == "NO_FINGER, content 1 bytes"
    template = decode(bytes.fromhex("EF01FFFFFFFF020008") + b"secret" + b"\x00\x00", FROM)
    assert (template.text, template.visible) == ("DATA, 17 bytes", 9)
    assert _said(decode, b"\x01\x02", FROM) == "no packet, 2 bytes"


DECODERS: list[Callable[[bytes, Direction], object]] = [
    traffic_serial.sam_v,
    traffic_serial.escpos,
    traffic_serial.nut,
    traffic_serial.described(load_description(profile_path("io_board"))),
    traffic_serial.described(load_description(profile_path("card_dispenser"))),
    traffic_serial.described(load_description(profile_path("stamp_unit"))),
    traffic_exchanges.apdu,
    traffic_exchanges.http,
    traffic_exchanges.ipp,
    traffic_devices.counted,
    *traffic_devices.BY_NAME.values(),
]
HEADS = st.sampled_from(
    (
        b"",
        b"\xaa\xaa\xaa\x96\x69\x00",
        b"\xaa\x55",
        b"\x1b",
        b"\x1dv0\x00",
        b"\x1d(k",
        b"HTTP/1.1 200 OK\r\n\r\n\x02\x00",
        b"]Q",
        b"VAR \xff",
    )
)


@pytest.mark.parametrize("decoder", DECODERS)
@given(head=HEADS, rest=st.binary(max_size=300), direction=st.sampled_from(Direction))
def test_no_bytes_make_a_decoder_raise_and_what_it_tells_fits_a_line(
    decoder: Decoder, head: bytes, rest: bytes, direction: Direction
) -> None:
    data = head + rest
    shown = told(Frame(1, 0, direction, data, len(data)), decoder, reveals=False)
    assert "\n" not in str(shown["decoded"])
    assert len(str(shown["decoded"])) < 4000
    hidden = shown["hidden"]
    assert isinstance(hidden, int)
    assert 0 <= hidden <= len(data)
    json.dumps(shown)
