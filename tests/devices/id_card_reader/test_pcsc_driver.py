"""ID cards through a reader in PC/SC mode: real pcscd, virtual reader, real host."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from devices.emulators.cards import PHOTO
from devices.emulators.smart_card import SmartCardEmulator
from devices.id_card_reader.pcsc_driver import make
from devices.id_card_reader.reader import IdCardReader, MediaRemoved
from devices.id_card_reader.types import READ_PHOTO, CardRead, PhotoRead
from devices.messages import Command, Completion
from devices.status import CompletionCode, DeviceState
from devices.supervisor import Supervisor
from kiosk.base.errors import BudayangError, Problem
from tests.devices.scenes import PATIENCE_S, READER, Attempt, Heard, completion_of
from tests.devices.smart_card.pcscd import READER as READER_NAME
from tests.devices.smart_card.scenes import QUICK, service_scene

pytestmark = pytest.mark.xdist_group("pcscd")


@dataclass
class Scene:
    emulator: SmartCardEmulator
    supervisor: Supervisor
    reader: IdCardReader
    _next: int = field(default=0)

    def read(self) -> Attempt:
        self._next += 1
        attempt = Attempt()
        self.reader.read(f"a{self._next}", 0.0, attempt.events.add, attempt.outcomes.add)
        return attempt

    def lay(self, card: str) -> None:
        self.emulator.do("lay", {"card": card})

    def pull(self) -> None:
        self.emulator.do("pull", {})
        assert self.emulator.wait_until_empty(PATIENCE_S)


@pytest.fixture(scope="module")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmartCardEmulator]:
    with service_scene(Path(tmp_path_factory.mktemp("states"))) as (_, emulator, _folder):
        yield emulator


@pytest.fixture
def scene(emulator: SmartCardEmulator) -> Iterator[Scene]:
    with running(emulator) as made:
        yield made


@contextmanager
def running(emulator: SmartCardEmulator, **settings: object) -> Iterator[Scene]:
    emulator.do("normal", {})
    statuses = Heard()
    config = {"driver": "pcsc", "reader": f"{READER_NAME} 00 00", "times": QUICK, **settings}
    supervisor = Supervisor({READER: config}, lambda _, status: statuses.add(status))
    supervisor.start()
    try:
        statuses.wait_for(lambda status: status.state is DeviceState.ONLINE)
        yield Scene(emulator, supervisor, IdCardReader(supervisor))
    finally:
        supervisor.stop()
        emulator.do("normal", {})
        emulator.do("pull", {})
        assert emulator.wait_until_empty(PATIENCE_S)


def test_a_card_is_waited_for_read_and_its_removal_told(scene: Scene) -> None:
    attempt = scene.read()
    scene.lay("id_card")
    outcome = attempt.outcome()
    assert isinstance(outcome, CardRead), outcome
    assert (outcome.text.name, outcome.text.id_number) == ("李思远", "440308199901101512")
    removed = Heard()
    scene.reader.watch_removal("w1", PATIENCE_S, removed.add)
    scene.emulator.do("pull", {})
    assert removed.wait_for(lambda _: True) == MediaRemoved()


def test_only_the_blocks_with_text_are_fetched(scene: Scene) -> None:
    scene.lay("id_card")
    before = scene.emulator.commands
    assert isinstance(scene.read().outcome(), CardRead)
    assert scene.emulator.commands == before + 2


def test_a_defective_card_is_told_and_another_one_read(scene: Scene) -> None:
    scene.lay("id_card_defective")
    attempt = scene.read()
    attempt.complaint("card.read_failed")
    scene.pull()
    scene.lay("id_card")
    assert isinstance(attempt.outcome(), CardRead)


def test_a_card_of_another_kind_is_told(scene: Scene) -> None:
    scene.lay("permit")
    scene.read().complaint("card.unknown_type")


def test_the_card_pulled_in_mid_read_is_told_and_read_when_laid_again(scene: Scene) -> None:
    scene.emulator.do("pull_in_mid_read", {"after": 2})
    scene.lay("id_card")
    attempt = scene.read()
    attempt.complaint("card.removed")
    assert scene.emulator.wait_until_empty(PATIENCE_S)
    scene.lay("id_card")
    assert isinstance(attempt.outcome(), CardRead)


def test_without_a_vendors_decoder_there_is_no_photo(scene: Scene) -> None:
    scene.lay("id_card")
    assert isinstance(scene.read().outcome(), CardRead)
    heard = Heard()
    scene.supervisor.submit(READER, Command("p1", READ_PHOTO, PATIENCE_S), heard.add)
    completion = completion_of(heard)
    assert completion == Completion("p1", CompletionCode.UNSUPPORTED_COMMAND, "photo.no_decoder")


def photo_of(scene: Scene, action_id: str) -> object:
    heard = Heard()
    scene.reader.read_photo(action_id, PATIENCE_S, heard.add)
    outcome: object = heard.wait_for(lambda _: True)
    return outcome


def test_the_photo_is_that_of_the_card_that_was_read_and_still_lies_there(
    emulator: SmartCardEmulator, decoder: str
) -> None:
    with running(emulator, photo_decoder=decoder) as scene:
        told = scene.supervisor.capabilities(READER)
        assert told is not None
        assert READ_PHOTO in told.commands
        scene.lay("id_card")
        assert photo_of(scene, "p1") == Problem("photo.no_card")  # no text was read
        assert isinstance(scene.read().outcome(), CardRead)
        assert photo_of(scene, "p2") == PhotoRead(2, 2, PHOTO[:12])
        assert photo_of(scene, "p3") == Problem("photo.no_card")  # once
        assert isinstance(scene.read().outcome(), CardRead)
        scene.pull()
        scene.lay("id_card")
        # another card, for all that is known; which sentence depends on when pcscd has looked
        assert photo_of(scene, "p4") in (Problem("photo.no_card"), Problem("card.removed"))


def test_a_wrong_configuration_is_refused() -> None:
    with pytest.raises(BudayangError):
        make({"port": "/dev/ttyUSB0"})
