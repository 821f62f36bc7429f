"""Alt+F4 before the citizen's page, and the machine's own wish to stop: the first is refused, the second obeyed at once."""

import signal

import pytest

from tests.faults.visits import FaultyHall


def test_alt_f4_closes_nothing_and_moves_nothing(hall: FaultyHall) -> None:
    hall.to_result()
    before = hall.terminal.state()
    assert hall.terminal.do("close_window") is True
    after = hall.terminal.state()
    assert (after["place"], after["serial"], after["visible"]) == ("result", before["serial"], True)
    hall.end()


@pytest.mark.allow_processes("the next terminal of the standing hall is started here")
@pytest.mark.parametrize("place", ["attract", "result"])
def test_sigterm_ends_the_terminal_though_its_window_refuses_to_close(hall: FaultyHall, place: str) -> None:
    if place == "result":
        hall.to_result()
    process = hall.terminal.process
    hosts = hall.terminal.do("pids").values()
    process.send_signal(signal.SIGTERM)
    assert process.wait(5) == 0
    hall.must_have_gone(hosts)
    process.communicate()
    hall.start_terminal()
    hall.hands.pull()
    hall.leave()
