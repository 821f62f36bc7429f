"""The photo of a card: decoded in the host or not told at all, on every wire."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import msgspec
import pytest

from devices.emulators.cards import PHOTO
from devices.id_card_reader import photo
from devices.id_card_reader.codec import Reply, Request, photo_block
from devices.id_card_reader.photo import KeptPhoto, PhotoPlugin
from devices.id_card_reader.reader import Forgotten, IdCardReader
from devices.id_card_reader.serial_driver import make
from devices.id_card_reader.types import READ, READ_PHOTO, CardRead, PhotoRead
from devices.messages import Command, Completion
from devices.status import CompletionCode, DeviceState
from devices.supervisor import Supervisor
from kiosk.base.errors import Problem
from tests.devices.id_card_reader.hid_adapter import Adapter
from tests.devices.scenes import PATIENCE_S, QUICK, READER, Heard, ReaderScene, completion_of, line_of, reader_scene


@contextmanager
def hid_scene(**settings: object) -> Iterator[ReaderScene]:
    with line_of() as emulator:
        adapter = Adapter(emulator, is_stripped=False)
        try:
            statuses = Heard()
            config = {"driver": "hid", "port": adapter.path, "times": QUICK, **settings}
            supervisor = Supervisor({READER: config}, lambda _, status: statuses.add(status))
            supervisor.start()
            try:
                statuses.wait_for(lambda status: status.state is DeviceState.ONLINE)
                yield ReaderScene(emulator, supervisor, statuses, IdCardReader(supervisor))
            finally:
                supervisor.stop()
        finally:
            adapter.close()


WIRES = pytest.mark.parametrize("wire", [reader_scene, hid_scene], ids=["serial", "hid"])
Wire = Callable[..., AbstractContextManager[ReaderScene]]


def photo_of(scene: ReaderScene) -> object:
    heard = Heard()
    scene.reader.read_photo(scene.action_id(), PATIENCE_S, heard.add)
    outcome: object = heard.wait_for(lambda _: True)
    return outcome


@WIRES
def test_the_photo_of_the_card_that_was_read_is_given_once(wire: Wire, decoder: str) -> None:
    with wire(photo_decoder=decoder) as scene:
        told = scene.supervisor.capabilities(READER)
        assert told is not None
        assert READ_PHOTO in told.commands
        assert photo_of(scene) == Problem("photo.no_card")
        scene.reads_a_card()
        assert photo_of(scene) == PhotoRead(2, 2, PHOTO[:12])
        assert photo_of(scene) == Problem("photo.no_card")


@WIRES
def test_without_a_decoder_no_photo_is_claimed_or_kept(wire: Wire) -> None:
    with wire() as scene:
        told = scene.supervisor.capabilities(READER)
        assert told is not None
        assert READ_PHOTO not in told.commands
        scene.reads_a_card()
        heard = Heard()
        scene.supervisor.submit(READER, Command("p1", READ_PHOTO, PATIENCE_S), heard.add)
        assert completion_of(heard) == Completion("p1", CompletionCode.UNSUPPORTED_COMMAND, "photo.no_decoder")


def test_the_photo_is_forgotten_with_the_card(decoder: str) -> None:
    with reader_scene(photo_decoder=decoder) as scene:
        scene.reads_a_card()
        heard = Heard()
        scene.reader.forget(scene.action_id(), PATIENCE_S, heard.add)
        assert heard.wait_for(lambda _: True) == Forgotten()
        assert photo_of(scene) == Problem("photo.no_card")
        scene.reads_a_card()
        removed = Heard()
        scene.reader.watch_removal(scene.action_id(), PATIENCE_S, removed.add)
        removed.wait_for(lambda _: True)
        assert photo_of(scene) == Problem("photo.no_card")


class GarbledCard:
    """A `SerialLink` to a module with a card whose text is none; the command is given up while it is read."""

    is_open = True
    action_id = "a1"

    def __init__(self) -> None:
        self._is_cancelled = False

    def exchange(self, request: Request, *_: object) -> Reply:
        if request is Request.READ:
            self._is_cancelled = True
            return Reply(0, 0, 0x90, bytearray(b"\x01\x00\x04\x00" + bytes(256) + PHOTO))
        data = {Request.MODULE_ID: 16, Request.FIND: 4, Request.SELECT: 8}.get(request, 0)
        return Reply(0, 0, 0x9F if request is Request.FIND else 0x90, bytearray(data))

    def forget(self) -> None:
        return

    def is_cancelled(self) -> bool:
        return self._is_cancelled

    def emit(self, name: str, payload: bytes = b"") -> None:
        return


def test_a_read_that_is_given_up_leaves_no_photo_of_a_card_that_was_not_read(decoder: str) -> None:
    driver: Any = make({"port": "/dev/null", "photo_decoder": decoder})
    card = GarbledCard()
    driver._link = card
    assert driver.execute(Command("a1", READ, 5.0), card).code is CompletionCode.CANCELED
    told = driver.execute(Command("a2", READ_PHOTO, 5.0), card)
    assert (told.code, told.reason) == (CompletionCode.COMMAND_ERROR_CODE, "photo.no_card")


@pytest.mark.allow_log("host_ended.*cause=ended")
def test_a_decoder_that_crashes_costs_the_photo_alone(decoder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEST_DECODER", "crash")
    with reader_scene(photo_decoder=decoder) as scene:
        scene.reads_a_card()
        assert photo_of(scene) == Problem("reader.interrupted")
        assert isinstance(scene.reads_a_card(), CardRead)


def test_a_plug_in_that_cannot_be_loaded_is_told(decoder: str) -> None:
    del decoder
    plugin = PhotoPlugin("square_decoder:make_broken")
    assert plugin.is_installed
    assert plugin.decode(PHOTO) == Problem("photo.no_decoder")


class Square:
    def decode(self, blob: bytes) -> PhotoRead | None:
        return PhotoRead(2, 1, blob[:6]) if blob[0] else None


class Crooked:
    def decode(self, blob: bytes) -> PhotoRead | None:
        if blob[0]:
            raise RuntimeError("says what it read")
        return PhotoRead(2, 2, b"too short")


def test_a_decoder_is_loaded_at_its_first_photo(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[str] = []

    def find(name: str) -> Square:
        loaded.append(name)
        return Square()

    monkeypatch.setattr(photo, "_find", find)
    plugin = PhotoPlugin("square")
    assert loaded == []
    assert plugin.decode(b"abcdef") == PhotoRead(2, 1, b"abcdef")
    assert plugin.decode(b"\x00") == Problem("photo.unreadable")
    assert loaded == ["square"]
    monkeypatch.setattr(photo, "_find", lambda _name: Crooked())
    crooked = PhotoPlugin("crooked")
    assert crooked.decode(b"a") == crooked.decode(b"\x00") == Problem("photo.unreadable")


@pytest.mark.parametrize("name", [None, "not-installed", "nowhere.at_all:make"])
def test_a_decoder_that_is_not_installed_is_told(name: str | None) -> None:
    assert PhotoPlugin(name).decode(bytes(1024)) == Problem("photo.no_decoder")
    assert not PhotoPlugin(name).is_installed


def test_nothing_of_a_picture_is_shown() -> None:
    assert repr(PhotoRead(2, 1, b"abcdef")) == "PhotoRead(2x1)"
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(PhotoRead(2, 1, b"abcdef")), type=PhotoRead).rgb == b"abcdef"


def test_a_photo_is_found_by_the_lengths_words_and_kept_no_longer_than_needed() -> None:
    data = b"\x01\x00\x04\x00" + bytes(256) + PHOTO
    assert bytes(photo_block(data) or b"") == PHOTO
    assert photo_block(b"\x01\x00\x00\x00" + bytes(256)) is None
    assert photo_block(data[:-1]) is None
    kept = KeptPhoto()
    first, second = bytearray(PHOTO), bytearray(PHOTO)
    kept.keep(first)
    kept.keep(second)
    assert not any(first)
    assert kept.take() == PHOTO
    assert not any(second)
    assert kept.take() is None
