"""The reader says nothing any more, or its cable is pulled: a stopped page with words; it reads by itself once it is back."""

import pytest

from tests.faults.visits import FaultyHall


@pytest.mark.parametrize(("fault", "remedy"), [("silence", "normal"), ("cut", "reconnect")])
def test_the_page_stops_with_words_and_goes_on_by_itself(hall: FaultyHall, fault: str, remedy: str) -> None:
    hall.go_to("identify")
    hall.hands.do("id_card_reader", fault)
    hall.terminal.do("wait_page", problem="reader.gone", stopped=True)
    hall.look(f"reader-{fault}")
    hall.must_say("reader.gone")
    hall.hands.do("id_card_reader", remedy)
    hall.hands.lay("resident")
    hall.terminal.do("wait_for", place="consent")
    hall.end()


def test_a_reader_that_is_gone_before_the_visit_stops_the_item_with_its_reason(hall: FaultyHall) -> None:
    hall.hands.do("id_card_reader", "cut")
    hall.terminal.do("wait_device", device="id_card_reader", state="powerOff")
    hall.go_to("home")
    hall.look("home-without-reader")
    hall.terminal.do("touch", name="item_provident-fund")
    hall.terminal.do("wait_for", place="guide")
    hall.look("guide-without-reader")
    assert not hall.terminal.do("sees", name="act")
    assert hall.terminal.do("text", name="act_reason") != ""
    hall.hands.do("id_card_reader", "reconnect")
    hall.terminal.do("wait_device", device="id_card_reader", state="online")
    hall.terminal.do("touch", name="act")
    hall.terminal.do("wait_for", place="notice")
    hall.end()
