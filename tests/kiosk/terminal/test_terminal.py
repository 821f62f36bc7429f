"""The shell of the session machine: order, mistakes of a hand, the wipe, the mark of an open visit."""

import gc
import threading
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.session import effects, events
from kiosk.session.state import Ending, Place, Session
from kiosk.session.submission import Draft
from tests.kiosk.session.world import CODE, FLOW, TODAY, person
from tests.kiosk.terminal.stage import Bench, Recording


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    bench = Bench(tmp_path)
    yield bench
    bench.terminal.stop()


def test_a_visit_goes_through_curtain_wipe_and_card_call_back_to_attract(bench: Bench) -> None:
    places: list[Place] = []
    bench.terminal.set_on_change(lambda session: places.append(session.visit.page.place))
    bench.to_consent()
    bench.post(events.ConfirmEnd())
    assert places[-1] is Place.CARD_CALL
    bench.take_card()
    assert bench.place() is Place.ATTRACT
    assert bench.terminal.visits_ended == 1
    assert bench.terminal.session.visit.person is None


def test_a_pump_within_a_pump_lets_the_step_at_work_finish_first(bench: Bench) -> None:
    seen: list[type] = []
    run = bench.hand.run

    def remember(effect: effects.Effect) -> bool:
        seen.append(type(effect))
        return run(effect)

    bench.hand.run = remember  # type: ignore[method-assign]
    bench.terminal.set_waker(bench.terminal.pump)  # an owner that pumps at once, whoever calls
    bench.to_consent()
    seen.clear()
    bench.terminal.post(events.ConfirmEnd())
    # the curtain's own answer came while its step still had a timer to set: had it overtaken, the timer would be left
    assert bench.place() is Place.CARD_CALL
    assert bench.terminal.seconds_left("curtain") is None
    assert bench.terminal.seconds_left("wipe") is None
    assert seen == [effects.WatchMedia]


def test_a_second_thread_may_not_pump(bench: Bench) -> None:
    bench.terminal.pump()
    refused: list[bool] = []

    def pump() -> None:
        try:
            bench.terminal.pump()
        except AssertionError:
            refused.append(True)

    thread = threading.Thread(target=pump)
    thread.start()
    thread.join(2)
    assert refused == [True]


@pytest.mark.allow_log("hand_failed")  # the very mistake under test
def test_a_hand_that_fails_ends_the_visit_through_the_safe_path(bench: Bench) -> None:
    bench.hand.fails[effects.ReadCard] = RuntimeError("a bug")
    bench.post(events.Start("v1"))
    bench.here(events.ChooseItem, CODE)
    bench.here(events.Begin, FLOW)
    bench.here(events.Continue)
    assert bench.terminal.session.visit.ending is Ending.FAULT
    assert bench.place() is Place.CARD_CALL
    bench.take_card()
    assert bench.place() is Place.ATTRACT


@pytest.mark.allow_log("hand_failed")  # the very mistake under test
def test_a_watch_that_fails_at_the_card_call_does_not_hold_the_terminal_for_ever(bench: Bench) -> None:
    bench.hand.fails[effects.WatchMedia] = RuntimeError("a bug")
    bench.to_consent()
    bench.post(events.ConfirmEnd())
    assert bench.place() is Place.CARD_CALL
    for _ in range(10):
        bench.pass_time(60)
    assert bench.place() is Place.ATTRACT


@pytest.mark.allow_log("hand_failed|wipe_unconfirmed")  # the very mistake under test, and what the session makes of it
def test_a_hand_that_fails_at_the_wipe_keeps_no_other_from_forgetting(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = Recording(), Recording(forgets_at_once=False)
    first.fails["wipe"] = RuntimeError("a bug")
    bench = Bench(tmp_path, first, second)
    bench.to_consent()
    bench.post(events.ConfirmEnd())
    assert bench.place() is Place.WIPE
    assert len(second.forgets) == 1
    second.forgets[0]()
    bench.terminal.pump()
    assert bench.place() is Place.WIPE, "somebody has not forgotten"
    assert "wipe_unconfirmed" not in caplog.text
    bench.pass_time(10)
    assert bench.place() is Place.CARD_CALL
    assert "wipe_unconfirmed" in caplog.text


@pytest.mark.allow_log("step_failed")  # the very mistake under test
def test_an_event_that_no_table_knows_ends_the_visit_and_nothing_else(bench: Bench) -> None:
    bench.to_consent()
    bench.post(object())
    assert bench.terminal.session.visit.ending is Ending.FAULT
    bench.take_card()
    bench.to_consent("v2")
    assert bench.place() is Place.CONSENT


def test_a_confirmation_of_an_earlier_wipe_does_not_count_for_this_one(tmp_path: Path) -> None:
    slow = Recording(forgets_at_once=False)
    bench = Bench(tmp_path, slow)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kiosk.terminal.terminal.log.event", lambda *_args, **_fields: None)
        bench.to_consent()
        bench.post(events.ConfirmEnd())
        bench.pass_time(10)  # the wipe stays unconfirmed
        bench.take_card()
        bench.to_consent("v2")
        bench.post(events.ConfirmEnd())
    assert bench.place() is Place.WIPE
    slow.forgets[0]()
    bench.terminal.pump()
    assert bench.place() is Place.WIPE
    slow.forgets[1]()
    bench.terminal.pump()
    assert bench.place() is Place.CARD_CALL


def test_an_answer_for_an_earlier_visit_is_dropped_and_counted(bench: Bench) -> None:
    bench.to_identify("v1")
    read = bench.hand.last(effects.ReadCard)
    bench.post(events.End())
    bench.take_card()
    bench.to_identify("v2")
    before = bench.terminal.session.dropped
    bench.post(events.CardRead(read.visit_id, read.effect_id, person(), TODAY))
    assert bench.place() is Place.IDENTIFY
    assert bench.terminal.session.visit.person is None
    assert bench.terminal.session.dropped == before + 1


def test_nothing_of_the_shell_holds_the_session_of_the_person_after_the_wipe(bench: Bench) -> None:
    held: list[weakref.ref[Session]] = []
    at_wipe: list[int] = []
    bench.to_consent()
    held.append(weakref.ref(bench.terminal.session.visit))  # type: ignore[arg-type]

    def look() -> None:
        gc.collect()
        at_wipe.append(sum(ref() is not None for ref in held))

    bench.terminal.set_screens(lambda done: done(), look)
    # curtain, wipe and card call all come in one turn here: the longest life that a frame of the shell can have
    bench.post(events.ConfirmEnd())
    assert bench.place() is Place.CARD_CALL
    assert at_wipe == [0]


def test_a_timer_fires_once_and_only_for_its_own_visit(bench: Bench) -> None:
    bench.to_identify("v1")
    left = bench.terminal.next_in()
    assert left is not None
    bench.pass_time(left)
    assert bench.terminal.session.overlay.value == "idleWarning"
    assert bench.terminal.next_in() is not None


@pytest.mark.allow_log("hand_failed")  # the very mistake under test
def test_a_hand_that_fails_to_stop_keeps_no_other_from_stopping(tmp_path: Path) -> None:
    first, second = Recording(), Recording()
    first.fails["stop"] = RuntimeError("a bug")
    bench = Bench(tmp_path, first, second)
    bench.terminal.stop()
    assert second.stops == 1


# --- the mark of an open visit ----------------------------------------------------------------------------------------
def test_the_mark_lies_from_the_first_touch_until_attract_comes_back(bench: Bench) -> None:
    assert not bench.marker.is_set()
    bench.post(events.Start("v1"))
    assert bench.marker.is_set()
    bench.post(events.ConfirmEnd())
    assert bench.place() is Place.ATTRACT, "no card was asked for, so none is called"
    assert not bench.marker.is_set()


def test_a_terminal_that_was_killed_in_mid_visit_calls_the_card_first(bench: Bench, tmp_path: Path) -> None:
    bench.to_consent()
    with pytest.MonkeyPatch.context() as patch:
        told: list[str] = []
        patch.setattr("kiosk.terminal.terminal.log.event", lambda name, **_fields: told.append(name))
        after = Bench(tmp_path)  # the same state folder; the one before was killed, so nothing of it was called
        after.terminal.begin()
        after.terminal.pump()
    assert told[0] == "visit_recovered"
    assert after.place() is Place.CARD_CALL
    assert after.terminal.session.visit.ending is Ending.RECOVERED
    assert after.marker.is_set(), "killed again, it must call again"
    after.take_card()
    after.pass_time(60)
    assert after.place() is Place.ATTRACT
    assert not after.marker.is_set()


def test_a_terminal_that_was_killed_while_something_was_handed_in_asks_its_store_for_it(
    bench: Bench, tmp_path: Path
) -> None:
    key = "a" * 32
    bench.post(events.Start("v1"))
    assert bench.marker.form_key() == ""
    bench.terminal._run(effects.SubmitItem("v1", 9, person(), Draft(key, "code"), False, False))
    assert bench.marker.is_set()
    assert bench.marker.form_key() == key
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kiosk.terminal.terminal.log.event", lambda *_args, **_fields: None)
        after = Bench(tmp_path)
        after.terminal.begin()
        after.terminal.pump()
    assert after.hand.last(effects.AskKept).form_key == key
    after.answer(events.KeptTold, effects.AskKept, True)
    kept = [after.terminal.session.visit.kept]
    after.take_card()
    after.pass_time(60)
    assert after.place() is Place.ATTRACT
    kept.append(after.terminal.session.visit.kept)
    assert kept == [True, False]
    assert after.marker.form_key() == ""


def test_a_mark_that_holds_anything_else_names_no_form(bench: Bench, tmp_path: Path) -> None:
    bench.post(events.Start("v1"))
    for content in (b"", b"a" * 31, b"440308199901101512", b"\xff\xfe"):
        (tmp_path / "state" / "visit-open").write_bytes(content)
        assert bench.marker.form_key() == ""
        assert bench.marker.is_set()


def test_after_a_visit_that_ended_nothing_is_recovered(bench: Bench, tmp_path: Path) -> None:
    bench.to_consent()
    bench.post(events.ConfirmEnd())
    bench.take_card()
    bench.terminal.stop()
    after = Bench(tmp_path)
    after.terminal.begin()
    after.terminal.pump()
    assert after.place() is Place.ATTRACT
    after.terminal.stop()


@pytest.mark.allow_log("visit_mark_lost")  # the disk under test is full
def test_a_full_disk_costs_the_mark_but_no_visit_and_is_told_once(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(_path: Path, **_options: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(Path, "touch", full)
        for number in range(2):
            bench.to_consent(f"v{number}")
            bench.post(events.ConfirmEnd())
            bench.take_card()
            assert bench.place() is Place.ATTRACT
    assert [record.message.split()[0] for record in caplog.records].count("visit_mark_lost") == 1
    bench.to_consent("v9")
    assert bench.marker.is_set()


def test_a_mark_of_which_nobody_can_tell_counts_as_set(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_path: Path, **_options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "stat", refused)
    assert bench.marker.is_set()
