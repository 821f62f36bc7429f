"""An emulator's port is told apart from a real one."""

from devices.ports import is_pseudo_terminal
from tests.devices.scenes import line_of


def test_an_emulators_port_is_a_pseudo_terminal_through_its_link() -> None:
    with line_of() as emulator:
        assert is_pseudo_terminal(emulator.port)
        emulator.do("cut", {})
        assert not is_pseudo_terminal(emulator.port)


def test_files_and_other_devices_are_none() -> None:
    assert not is_pseudo_terminal("/dev/null")
    assert not is_pseudo_terminal(__file__)
