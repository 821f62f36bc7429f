"""A wrong code three times: each time the tries that are left, then the check is paused in words, and there is no way round."""

from tests.faults.visits import FaultyHall

# a card of its own: the platform remembers the person's wrong tries for minutes
CARD = "tw_permit"


def test_the_third_wrong_code_pauses_the_check_for_this_and_the_next_visit(hall: FaultyHall) -> None:
    terminal = hall.terminal
    hall.go_to("factor", card=CARD)
    terminal.do("touch", name="method_code")
    terminal.do("wait_page", stage="enter")
    right = hall.hands.last_code()
    wrong = "000000" if right != "000000" else "111111"
    for left in (2, 1):
        enter(hall, wrong)
        terminal.do("wait_page", stage="enter", tries_left=left, problem="identity.factor_refused")
        assert str(left) in terminal.do("text", name="problem")
    hall.look("wrong-code")
    hall.must_say("identity.factor_refused")
    enter(hall, wrong)
    terminal.do("wait_page", stage="blocked", problem="identity.blocked")
    hall.look("blocked")
    hall.must_say("identity.blocked")
    assert not terminal.do("sees", name="back")
    assert not terminal.do("sees", name="key_1")
    hall.end()

    hall.go_to("factor", card=CARD)
    terminal.do("touch", name="method_password")
    terminal.do("wait_page", stage="enter")
    enter(hall, "246810")
    terminal.do("wait_page", stage="blocked", problem="identity.blocked")
    assert terminal.state()["place"] == "factor"
    hall.end()


def enter(hall: FaultyHall, secret: str) -> None:
    for digit in secret:
        hall.terminal.do("touch", name=f"key_{digit}")
    hall.terminal.do("touch", name="act")
