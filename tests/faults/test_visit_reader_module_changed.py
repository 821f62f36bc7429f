"""Another module answers on the reader's cable: out of service, items stopped with the reason, and no card is read from it."""

from tests.faults.visits import FaultyHall


def test_the_reader_is_out_of_service_and_the_item_says_why(hall: FaultyHall) -> None:
    hall.hands.do("id_card_reader", "other_module")
    hall.terminal.do("wait_device", device="id_card_reader", state="fraudAttempt", reason="reader.module_changed")
    hall.go_to("guide")
    hall.look("guide-other-module")
    assert not hall.terminal.do("sees", name="act")
    assert hall.terminal.do("text", name="act_reason") != ""
    hall.hands.do("id_card_reader", "normal")
    hall.terminal.do("wait_device", device="id_card_reader", state="online")
    assert hall.terminal.do("sees", name="act")
    hall.end()


def test_a_module_that_is_changed_while_the_card_is_awaited_gets_no_citizen(hall: FaultyHall) -> None:
    hall.go_to("identify")
    hall.hands.do("id_card_reader", "cut")
    hall.hands.do("id_card_reader", "other_module")
    hall.hands.lay("resident")
    hall.hands.do("id_card_reader", "reconnect")
    hall.terminal.do("wait_page", problem="reader.module_changed", stopped=True)
    hall.look("reader-other-module")
    hall.must_say("reader.module_changed")
    assert not hall.terminal.state()["has_person"]
    # nobody can say whether a card lies there, so the call ends by its own time
    hall.terminal.do("touch", name="end")
    hall.terminal.do("wait_timer", name="cardUnknown")
    hall.look("card-call-unknown")
    hall.advance(20.1)
    hall.terminal.do("wait_for", place="attract")
