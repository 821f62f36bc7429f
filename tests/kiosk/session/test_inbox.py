"""The inbox: what overtakes, what is merged, what is refused."""

import threading

from kiosk.session import events
from kiosk.session.inbox import MOST, Inbox
from kiosk.session.state import PlatformState


def drain(inbox: Inbox) -> list[object]:
    taken: list[object] = []
    while (event := inbox.take()) is not None:
        taken.append(event)
    return taken


def test_safety_overtakes_then_the_surroundings_and_equals_keep_their_order() -> None:
    inbox = Inbox()
    first, second = events.Continue(1), events.GoBack(1)
    news, end, broke = events.PlatformChanged(PlatformState.ONLINE, True), events.End(), events.Broke()
    for event in (first, news, second, end, broke):
        inbox.put(event)
    assert len(inbox) == 5
    assert drain(inbox) == [end, broke, news, first, second]
    assert inbox.take() is None


def test_touches_that_wait_are_one() -> None:
    inbox = Inbox()
    for _ in range(1000):
        inbox.put(events.Touched())
    assert drain(inbox) == [events.Touched()]
    inbox.put(events.Touched())
    assert len(inbox) == 1


def test_a_full_inbox_refuses_intents_but_never_an_answer_or_safety() -> None:
    inbox = Inbox()
    for number in range(MOST + 5):
        inbox.put(events.Continue(number))
    assert inbox.refused == 5
    inbox.put(events.Wiped("v1", 1))
    inbox.put(events.ConfirmEnd())
    taken = drain(inbox)
    assert len(taken) == MOST + 2
    assert taken[0] == events.ConfirmEnd()
    inbox.put(events.Continue(1))
    assert inbox.refused == 5


def test_events_from_many_threads_all_arrive_once() -> None:
    inbox = Inbox()

    def send(start: int) -> None:
        for number in range(start, start + 200):
            inbox.put(events.Wiped("v", number))

    threads = [threading.Thread(target=send, args=(start,)) for start in range(0, 1600, 200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(2)
    numbers = sorted(event.effect_id for event in drain(inbox) if isinstance(event, events.Wiped))
    assert numbers == list(range(1600))
