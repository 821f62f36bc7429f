"""The reader's plug comes loose and is back at once, again and again, while a citizen is asked for a card: the visit goes on."""

from collections.abc import Callable

from devices.emulators.scenes import ScenePlayer
from tests.faults.visits import FaultyHall


def test_the_page_keeps_asking_and_the_card_is_read_afterwards(
    hall: FaultyHall, scene: Callable[[str], ScenePlayer]
) -> None:
    terminal = hall.terminal
    hall.go_to("identify")
    lost = hall.logged("device_lost")
    scene("reader-flickers").play()
    assert terminal.state()["place"] == "identify"
    assert hall.logged("device_lost") == lost, "nobody needs to know of a plug that is back"
    hall.hands.lay("resident")
    terminal.do("wait_for", place="consent")
    hall.end()
