"""An expired card: refused in words while the time is trusted, noted while it is not."""

from tests.faults.visits import FaultyHall


def test_with_trusted_time_it_is_refused_and_a_valid_one_is_taken(hall: FaultyHall) -> None:
    assert hall.terminal.state()["trusted_time"]
    hall.go_to("identify")
    hall.hands.lay("expired")
    hall.terminal.do("wait_page", problem="session.card_expired")
    hall.look("card-expired")
    hall.must_say("session.card_expired")
    assert not hall.terminal.state()["has_person"]
    hall.lift()
    hall.hands.lay("resident")
    hall.terminal.do("wait_for", place="consent")
    assert hall.terminal.state()["expiry_unchecked"] is False
    hall.end()


def test_without_trusted_time_it_is_not_judged_and_noted(hall: FaultyHall) -> None:
    hall.terminal.do("wall", seconds=3600)
    hall.go_to("identify")
    hall.hands.lay("expired")
    hall.terminal.do("wait_for", place="consent")
    hall.look("card-expired-noted")
    assert hall.terminal.state()["expiry_unchecked"] is True
    hall.end()
    hall.terminal.do("wall", seconds=0)
