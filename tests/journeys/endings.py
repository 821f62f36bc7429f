"""The ways in which a visit ends, each played until the terminal is free again; for the tests and the bench of what is left."""

from collections.abc import Callable

from tests.journeys.hall import Hall
from tests.journeys.residue import CARD, Find, count_residue, needles_of


def done(hall: Hall) -> None:
    """Printed, rated, finished; the card is taken."""
    hall.go_to("rate", card=CARD)
    hall.terminal.do("touch", name="grade_5")
    hall.terminal.do("wait_page", sent=5)
    hall.terminal.do("touch", name="act")
    hall.hands.pull()
    hall.leave()


def cancelled(hall: Hall) -> None:
    """The citizen ends on the page with the account."""
    hall.go_to("result", card=CARD)
    hall.end()


def walked_away(hall: Hall) -> None:
    """Nobody touches any more: covered, warned, ended."""
    hall.go_to("result", card=CARD)
    for seconds in (30, 121, 31):
        hall.terminal.do("advance", seconds=seconds)
    hall.hands.pull()
    hall.leave()


def time_was_up(hall: Hall) -> None:
    """The whole visit's limit has passed."""
    hall.go_to("result", card=CARD)
    for _ in range(11):
        hall.terminal.do("key", key=32)  # somebody is there all the while
        hall.terminal.do("advance", seconds=90)
    hall.hands.pull()
    hall.leave()


def broke(hall: Hall) -> None:
    """A bug of ours was caught."""
    hall.go_to("result", card=CARD)
    hall.terminal.do("break")
    hall.hands.pull()
    hall.leave()


def ended_while_printing(hall: Hall) -> None:
    """The citizen ends while the papers are being made."""
    hall.go_to("print", card=CARD)
    hall.end()
    hall.hands.pull()
    hall.leave()


def platform_was_lost(hall: Hall) -> None:
    """The network is cut between the factor and the next period."""
    hall.go_to("result", card=CARD)
    hall.hands.do("network_cable", "cut")
    hall.terminal.do("touch", name="period_all")
    hall.terminal.do("wait_page", problem="central.unreachable")
    hall.end()


def reader_host_was_killed(hall: Hall) -> None:
    """The reader's process was killed after the card was read."""
    import os
    import signal

    hall.go_to("result", card=CARD)
    os.kill(hall.terminal.do("pids")["id_card_reader"], signal.SIGKILL)
    hall.end()


def terminal_was_killed(hall: Hall) -> None:
    """The terminal's process was killed; the next one calls the card first."""
    hall.go_to("result", card=CARD)
    hall.terminal.kill()
    hall.hands.pull()
    hall.start_terminal()
    hall.leave()


ENDINGS: dict[str, Callable[[Hall], None]] = {
    ending.__name__: ending
    for ending in (
        done, cancelled, walked_away, time_was_up, broke, ended_while_printing, platform_was_lost, reader_host_was_killed,
        terminal_was_killed,
    )
}  # fmt: skip


def residue_after(hall: Hall, ending: str, needles: dict[str, str] | None = None) -> list[Find]:
    """Plays one visit to its ending and searches."""
    ENDINGS[ending](hall)
    hall.reset()
    return count_residue(hall, needles or needles_of(hall))
