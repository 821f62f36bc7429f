"""The network is cut: in mid-visit the call says so; before the visit the item says so and cannot be begun."""

from tests.faults.visits import FaultyHall


def test_cut_in_mid_visit_the_citizen_is_told_and_goes_on_once_it_is_back(hall: FaultyHall) -> None:
    terminal = hall.terminal
    hall.go_to("factor")
    hall.hands.do("network_cable", "cut")
    terminal.do("touch", name="method_code")
    terminal.do("wait_page", stage="failed", problem="central.unreachable")
    hall.look("platform-down")
    hall.must_say("central.unreachable")
    terminal.do("wait_platform", platform="unreachable")
    hall.end()

    hall.go_to("guide")
    hall.look("guide-platform-down")
    assert not terminal.do("sees", name="act")
    assert terminal.do("text", name="act_reason") != ""
    hall.hands.do("network_cable", "plugged")
    terminal.do("wait_platform", platform="online")
    assert terminal.do("sees", name="act")
    hall.end()
