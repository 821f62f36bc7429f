"""The emulated module by itself: literal frames in, literal frames out."""

import os
import select
import time
import tty
from collections.abc import Iterator

import pytest

from devices.emulators.cards import CARDS, resident_text
from devices.emulators.id_card_reader import IdCardReaderEmulator
from tests.devices.id_card_reader.frames import HEAD, REPLIES, REQUESTS
from tests.devices.scenes import PATIENCE_S, line_of


class Cable:
    """The terminal's end of the emulated line, without any driver."""

    def __init__(self, path: str) -> None:
        self.descriptor = os.open(path, os.O_RDWR | os.O_NOCTTY)
        tty.setraw(self.descriptor)

    def send(self, data: str | bytes) -> None:
        os.write(self.descriptor, bytes.fromhex(data) if isinstance(data, str) else data)

    def receive(self, count: int) -> bytes:
        data = b""
        ends = time.monotonic() + PATIENCE_S
        while len(data) < count and select.select([self.descriptor], [], [], max(0, ends - time.monotonic()))[0]:
            data += os.read(self.descriptor, 4096)
        return data

    def ask(self, request: str, answer: str) -> None:
        """Sends a literal frame and expects a literal one."""
        self.send(request)
        assert self.receive(len(bytes.fromhex(answer))).hex(" ").upper() == answer

    def is_quiet(self) -> bool:
        return not select.select([self.descriptor], [], [], 0.1)[0]


@pytest.fixture
def emulator() -> Iterator[IdCardReaderEmulator]:
    with line_of() as made:
        yield made


@pytest.fixture
def cable(emulator: IdCardReaderEmulator) -> Iterator[Cable]:
    made = Cable(emulator.port)
    yield made
    os.close(made.descriptor)


def test_it_speaks_the_protocol_of_one_visit(emulator: IdCardReaderEmulator, cable: Cable) -> None:
    cable.ask(REQUESTS["RESET"], REPLIES["done"][0])
    cable.ask(REQUESTS["STATUS"], REPLIES["done"][0])
    cable.ask(HEAD + "00 04 61 FF 50 CA", REPLIES["done"][0])
    cable.ask(HEAD + "00 03 60 00 63", REPLIES["done"][0])
    cable.ask(REQUESTS["FIND"], REPLIES["no card"][0])
    cable.ask(REQUESTS["SELECT"], REPLIES["select failed"][0])
    cable.ask(REQUESTS["READ"], REPLIES["read failed"][0])
    emulator.do("lay", {"card": "resident"})
    cable.ask(REQUESTS["FIND"], REPLIES["found"][0])
    cable.ask(REQUESTS["SELECT"], REPLIES["selected"][0])
    cable.send(REQUESTS["READ"])
    reply = cable.receive(1295)
    assert len(reply) == 1295
    assert reply[5:7] == b"\x05\x08"
    assert reply[14:270] == CARDS["resident"].text
    # selected once, read once
    cable.ask(REQUESTS["READ"], REPLIES["read failed"][0])


def test_the_other_forms_of_a_read(emulator: IdCardReaderEmulator, cable: Cable) -> None:
    emulator.do("lay", {"card": "resident"})
    for request, length in ((HEAD + "00 03 30 10 23", 1297), (REQUESTS["READ"], 1295)):
        cable.ask(REQUESTS["SELECT"], REPLIES["selected"][0])
        cable.send(request)
        assert len(cable.receive(length)) == length
    emulator.do("long_reply", {})
    cable.ask(REQUESTS["SELECT"], REPLIES["selected"][0])
    cable.send(REQUESTS["READ"])
    assert len(cable.receive(1297)) == 1297
    cable.ask(REQUESTS["SELECT"], REPLIES["selected"][0])
    cable.ask(HEAD + "00 03 30 03 30", HEAD + "00 04 00 00 91 95")


@pytest.mark.parametrize(
    ("request_", "sw3"),
    [
        (HEAD + "00 03 11 FF 00", "10 14"),
        (HEAD + "00 00", "11 15"),
        (HEAD + "00 03 01 FF FD", "21 25"),
    ],
)
def test_what_it_does_not_understand_it_names(cable: Cable, request_: str, sw3: str) -> None:
    cable.ask(request_, HEAD + "00 04 00 00 " + sw3)


def test_it_finds_a_request_behind_stray_bytes(cable: Cable) -> None:
    cable.send("00 FF AA AA 96 69 AA")
    cable.ask(REQUESTS["STATUS"], REPLIES["done"][0])


def test_a_request_in_pieces_is_one_request(cable: Cable) -> None:
    for byte in bytes.fromhex(REQUESTS["STATUS"]):
        cable.send(bytes((byte,)))
    assert cable.receive(11).hex(" ").upper() == REPLIES["done"][0]


def test_silence_is_silent_until_normal(emulator: IdCardReaderEmulator, cable: Cable) -> None:
    emulator.do("silence", {})
    cable.send(REQUESTS["STATUS"])
    assert cable.is_quiet()
    emulator.do("normal", {})
    cable.ask(REQUESTS["STATUS"], REPLIES["done"][0])


def test_a_latching_model_reports_a_card_once() -> None:
    with line_of(latches=True) as emulator:
        cable = Cable(emulator.port)
        emulator.do("lay", {"card": "resident"})
        cable.ask(REQUESTS["FIND"], REPLIES["found"][0])
        cable.ask(REQUESTS["FIND"], REPLIES["found"][0])
        cable.ask(REQUESTS["SELECT"], REPLIES["selected"][0])
        cable.ask(REQUESTS["FIND"], REPLIES["no card"][0])
        os.close(cable.descriptor)


def test_the_pace_is_that_of_115200_baud() -> None:
    with line_of(is_paced=True) as emulator:
        cable = Cable(emulator.port)
        emulator.do("lay", {"card": "resident"})
        cable.ask(REQUESTS["SELECT"], REPLIES["selected"][0])
        started = time.monotonic()
        cable.send(REQUESTS["READ"])
        cable.receive(1295)
        took = time.monotonic() - started
        os.close(cable.descriptor)
        assert took >= 1305 * 10 / 115200
        # a loaded machine may wake it late, but the schedule is absolute: it does not add up
        assert took < 0.3


def test_the_plug_keeps_its_name(emulator: IdCardReaderEmulator) -> None:
    before = emulator.port
    emulator.do("cut", {})
    with pytest.raises(OSError, match="No such file"):
        Cable(before)
    emulator.do("reconnect", {})
    cable = Cable(before)
    cable.ask(REQUESTS["STATUS"], REPLIES["done"][0])
    os.close(cable.descriptor)


def test_the_plug_can_be_pulled_while_bytes_are_on_their_way(emulator: IdCardReaderEmulator) -> None:
    cable = Cable(emulator.port)
    emulator.do("dribble", {"ms": 20})
    emulator.do("lay", {"card": "resident"})
    cable.send(REQUESTS["STATUS"])
    assert cable.receive(1)
    started = time.monotonic()
    emulator.do("cut", {})
    assert time.monotonic() - started < 1
    os.close(cable.descriptor)


@pytest.mark.parametrize(
    ("action", "arguments"),
    [
        ("fly", {}),
        ("lay", {"card": "mine"}),
        ("noise", {"count": 0}),
        ("dribble", {"ms": "slow"}),
        ("pull_in_mid_read", {"mode": "x"}),
    ],
)
def test_a_wrong_wish_is_refused_in_words(
    emulator: IdCardReaderEmulator, action: str, arguments: dict[str, object]
) -> None:
    with pytest.raises(ValueError, match=" / "):
        emulator.do(action, arguments)


def test_its_state_lists_actions_and_cards_without_content(emulator: IdCardReaderEmulator) -> None:
    emulator.do("lay", {"card": "resident"})
    state = emulator.state()
    assert state["card"] == "resident"
    assert set(CARDS) == set(state["cards"])  # type: ignore[call-overload]
    assert "440308" not in repr(state)
    assert {"lay", "pull", "cut", "reconnect", "normal"} <= set(state["actions"])  # type: ignore[call-overload]


def test_a_field_that_is_too_long_for_its_place_is_refused() -> None:
    with pytest.raises(ValueError, match="longer"):
        resident_text("演" * 16, "440308199901101512")


def test_stopping_twice_is_allowed(emulator: IdCardReaderEmulator) -> None:
    emulator.stop()
    emulator.stop()
