"""Scenes: read with complaints by line, played over a real lab, stopped with a sentence that says what to mend."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from devices.emulators.control import ControlClient, Emulator, MissingError
from devices.emulators.id_card_reader import IdCardReaderEmulator
from devices.emulators.lab import Lab
from devices.emulators.receipt_printer import ReceiptPrinterEmulator
from devices.emulators.scenes import Scene, SceneError, ScenePlayer, read_scene
from devices.id_card_reader.serial_driver import make
from kiosk.base.sentences import LANGUAGES
from kiosk.base.yaml_reading import ConfigError
from provisioning.demo.scene_command import SCENES
from tests.devices.scenes import QUICK

HEAD = "name: test\nsentence: {zh_CN: 试, zh_HK: 試, en: a try}\n"

Written = Callable[[str], Scene]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Reads a scene of these steps, which begin in line 4 of the file."""

    def read(steps: str) -> Scene:
        file = tmp_path / "test.yaml"
        file.write_text(f"{HEAD}steps:\n{steps}", encoding="utf-8")
        return read_scene(file)

    return read


class Without:
    """An emulator that this machine cannot run."""

    name = "smart_card"

    def start(self) -> None:
        raise MissingError("hall.pcscd_needs_root")

    def stop(self) -> None:
        """Nothing runs."""

    def do(self, action: str, arguments: dict[str, object]) -> None:
        raise AssertionError

    def state(self) -> dict[str, object]:
        raise AssertionError


@pytest.fixture
def hands(short_tmp: Path) -> Iterator[ControlClient]:
    emulators: dict[str, Emulator] = {
        "id_card_reader": IdCardReaderEmulator(is_paced=False),
        "receipt_printer": ReceiptPrinterEmulator(paced=False),
        "smart_card": Without(),
    }
    lab = Lab(emulators, str(short_tmp / "c")).start()
    client = ControlClient(str(short_tmp / "c"))
    yield client
    client.close()
    lab.stop()


def _complaints(call: Callable[[], object]) -> list[tuple[int, str]]:
    with pytest.raises(ConfigError) as failure:
        call()
    for complaint in failure.value.complaints:
        for language in LANGUAGES:
            assert "{" not in complaint.text(language).replace("{emulator", "").replace("wait_for: {", "")
    return [(complaint.line, complaint.problem.key) for complaint in failure.value.complaints]


def test_a_scene_does_its_steps_in_order_and_tells_them(written: Written, hands: ControlClient) -> None:
    scene = written(
        "- {emulator: receipt_printer, do: open_cover}\n- wait_for: {emulator: receipt_printer, state: cover, value: open, within_s: 5}\n"
        "- {emulator: id_card_reader, do: lay, with: {card: long_term}}\nmend:\n- {emulator: receipt_printer, do: close_cover}\n"
    )
    told: list[str] = []
    player = ScenePlayer(scene, hands, told.append)
    player.play()
    assert told == [
        "receipt_printer open_cover",
        "receipt_printer … cover = open (<= 5 s)",
        "id_card_reader lay card=long_term",
    ]
    assert hands.do("id_card_reader", "state")["card"] == "long_term"
    player.mend()
    assert hands.do("receipt_printer", "state")["cover"] == "closed"


def test_it_begins_up_to_the_first_wait_and_finishes_after_what_it_waits_for(
    written: Written, hands: ControlClient
) -> None:
    scene = written(
        "- {emulator: id_card_reader, do: lay}\n"
        "- wait_for: {emulator: id_card_reader, state: counters.requests, more: 1, within_s: 5}\n"
        "- {emulator: id_card_reader, do: pull}\n"
    )
    player = ScenePlayer(scene, hands)
    player.begin()
    state = hands.do("id_card_reader", "state")
    assert state["card"] == "resident"
    driver = make({"port": state["port"], "times": QUICK})
    driver.open()
    driver.close()
    player.finish()
    assert hands.do("id_card_reader", "state")["card"] is None


@pytest.mark.parametrize(
    ("steps", "line", "key"),
    [
        ("- {emulator: receipt_printer}\n", 4, "scene.step_kind"),
        ("- go\n", 4, "scene.step_kind"),
        ("  go: 1\n", 3, "scene.not_steps"),
        (
            "- {emulator: id_card_reader, do: lay}\n- {emulator: receipt_printer, do: cut, wiht: {a: 1}}\n",
            5,
            "config.unknown_key_near",
        ),
        ("- {do: lay}\n", 4, "config.missing"),
        ("- wait_for: {emulator: receipt_printer, state: paper, within_s: 5}\n", 4, "config.exactly_one"),
        ("- wait_for: {emulator: receipt_printer, state: paper, value: out}\n", 4, "config.missing"),
        ("- wait_for: {emulator: receipt_printer, state: paper, value: out, within_s: 0}\n", 4, "config.number_range"),
        ("- {emulator: id_card_reader, do: lay}\nmore: 1\n", 5, "config.unknown_key"),
        ("", 3, "config.missing"),
    ],
)
def test_a_wrong_file_is_told_by_its_line(written: Written, steps: str, line: int, key: str) -> None:
    assert (line, key) in _complaints(lambda: written(steps))


def test_what_the_hall_does_not_have_is_told_before_anything_happens(written: Written, hands: ControlClient) -> None:
    scene = written(
        "- {emulator: id_card_reader, do: lay}\n- {emulator: id_card_raeder, do: lay}\n- {emulator: receipt_printer, do: explode}\n"
        "- wait_for: {emulator: receipt_printer, state: mood, value: good, within_s: 5}\n- {emulator: smart_card, do: lay}\n"
    )
    found = _complaints(ScenePlayer(scene, hands).play)
    assert found == [(5, "scene.no_emulator"), (6, "scene.no_action"), (7, "scene.no_state"), (8, "scene.missing_here")]
    assert hands.do("id_card_reader", "state")["card"] is None


def _stopped(player: ScenePlayer) -> SceneError:
    with pytest.raises(SceneError) as failure:
        player.play()
    return failure.value


def test_a_refused_step_stops_the_scene_with_the_emulators_own_words(written: Written, hands: ControlClient) -> None:
    scene = written(
        "- {emulator: id_card_reader, do: lay, with: {card: mine}}\n- {emulator: receipt_printer, do: open_cover}\n"
    )
    error = _stopped(ScenePlayer(scene, hands))
    assert (error.complaint.line, error.problem.key) == (4, "scene.refused")
    assert "there is no card 'mine'" in error.text("en")
    assert hands.do("receipt_printer", "state")["cover"] == "closed"


def test_what_never_comes_is_waited_for_no_longer_than_stated(written: Written, hands: ControlClient) -> None:
    scene = written("- wait_for: {emulator: receipt_printer, state: paper, value: out, within_s: 30}\n")
    now = [0.0]

    def pause(seconds: float) -> None:
        now[0] += 100 * seconds

    error = _stopped(ScenePlayer(scene, hands, monotonic=lambda: now[0], pause=pause))
    assert error.problem.key == "scene.waited"
    assert "still full" in error.text("en")
    assert now[0] == pytest.approx(30, abs=3)


@pytest.mark.parametrize("path", sorted(SCENES.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_scenes_that_come_along_are_whole_and_named_as_their_files(path: Path) -> None:
    scene = read_scene(path)
    assert scene.name == path.stem
    assert scene.mend, "a demo wants to go on afterwards"
    assert len(set(scene.sentence.values())) == 3
