"""The clauses of conformance, as tests of one driver; `test_conformance.py` makes a class of them for each bench.

Each begins with a device that is well and a host, or none, as it needs, and leaves the rig mended.
"""

import contextlib
import os
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

import pytest

from devices import drivers
from devices.driver import Driver
from devices.messages import Acknowledge
from devices.status import CompletionCode, DeviceState, DeviceStatus
from kiosk.base.errors import BudayangError
from tests.devices.conformance.bench import Bench, merged
from tests.devices.conformance.session import Session, killed_terminal, speaks, wait_for_end
from tests.devices.scenes import PATIENCE_S

STOP_S = 2.0
BY_ITSELF_S = 0.4
"""For a command to give up by itself under a fault; one that may go on waiting is cancelled then."""

MOST_LOOKS = 20

Fault = Callable[[], None]


class Conformance:
    """One driver's clauses; subclasses set `bench`."""

    bench: ClassVar[Bench]

    @pytest.fixture(scope="class")
    @classmethod
    def standing(cls) -> Iterator[Session]:
        """The counterpart and, while a test needs one, a host."""
        with tempfile.TemporaryDirectory(prefix="by") as folder, cls.bench.stand(Path(folder)) as rig:
            session = Session(cls.bench, rig)
            try:
                yield session
            finally:
                session.down()

    @pytest.fixture
    def session(self, standing: Session) -> Iterator[Session]:
        """A host whose device is well."""
        standing.up()
        yield standing
        standing.give_up()
        standing.rig.mend()

    @pytest.fixture
    def alone(self, standing: Session) -> Iterator[Session]:
        """No host: the driver is opened in this process, or not at all."""
        standing.down()
        yield standing
        standing.rig.mend()

    # -- the driver alone ----------------------------------------------------------------------------------------

    def test_wrong_settings_are_refused_with_a_sentence(self, alone: Session) -> None:
        good = alone.rig.settings
        factory = drivers.find(self.bench.device, self.bench.driver)
        factory(dict(good)).close()
        for wrong in ({"no_such_setting": 1}, *self.bench.wrong):
            with pytest.raises(BudayangError) as raised:
                factory(merged(good, wrong))
            speaks(raised.value.problem.key)

    def test_one_port_has_one_driver(self, alone: Session) -> None:
        first, second = alone.driver(), alone.driver()
        try:
            assert opened(first).is_usable
            assert not second.open().is_usable
            assert first.status().is_usable, "the second one has disturbed the first"
        finally:
            second.close()
            first.close()

    def test_it_is_closed_twice_and_opened_again(self, alone: Session) -> None:
        driver = alone.driver()
        driver.close()
        before = driver.capabilities()
        for _ in range(2):
            assert opened(driver).is_usable
            driver.close()
            driver.close()
        assert driver.capabilities() == before

    def test_it_is_gone_after_three_misses_and_not_before(self, alone: Session) -> None:
        driver = alone.driver()
        try:
            assert opened(driver).is_usable
            fault = alone.rig.lose or alone.rig.silence or alone.rig.unplug
            assert fault is not None
            fault()
            looks, status = 0, driver.status()
            while status.is_usable and looks < MOST_LOOKS:
                looks += 1
                time.sleep(0.02)  # a service that watches for the driver may need a moment; bounded
                status = driver.status()
            assert looks >= 2, "one miss is no loss"
            assert status.state is DeviceState.POWER_OFF
            assert status.reason is not None
            speaks(status.reason)
            assert status.action is not None, "nobody is told who can mend it"
            alone.rig.mend()
            driver.close()
            assert opened(driver).is_usable
        finally:
            driver.close()

    # -- through its host ----------------------------------------------------------------------------------------

    def test_its_capabilities_are_honest(self, session: Session) -> None:
        assert session.supervisor is not None
        told = session.supervisor.capabilities(self.bench.device)
        assert told is not None
        assert len(set(told.commands)) == len(told.commands) > 0
        assert set(session.rig.samples) == set(told.commands), "the bench does not try just what the driver claims"
        for name, payload in session.rig.samples.items():
            action = session.give(name, payload, session.rig.sample_s)
            completion = action.end()
            assert completion.code is not CompletionCode.UNSUPPORTED_COMMAND, completion
            assert completion.code is not CompletionCode.INVALID_DATA, "the bench's sample is none"
            assert action.events <= set(told.events)
        for name in ("dispenseTea", ""):
            completion = session.give(name, b"", PATIENCE_S).end()
            assert completion.code is CompletionCode.UNSUPPORTED_COMMAND

    def test_a_second_command_waits_its_turn(self, session: Session) -> None:
        first = session.begin()
        second = session.give(*first.asked, 0.1)
        third = session.give(*first.asked)
        late = second.end()
        assert (late.code, late.reason) == (CompletionCode.TIME_OUT, "device.no_time_left")
        session.cancel(third)
        assert third.end().code is CompletionCode.CANCELED
        assert not any(isinstance(told, Acknowledge) for told in (*second.heard.items, *third.heard.items))
        assert not first.has_ended
        session.cancel(first)
        first.end()

    def test_a_cancelled_command_ends_at_once(self, session: Session) -> None:
        with same_host(session):
            action = session.begin()
            started = time.monotonic()
            session.cancel(action)
            assert action.end().code is session.rig.cancelled
            assert time.monotonic() - started < STOP_S
            session.rig.mend()
            session.well()
            session.works()

    def test_unplugged_in_mid_command_it_says_so_and_comes_back(self, session: Session) -> None:
        assert session.rig.unplug is not None
        with same_host(session):
            action = session.begin()
            session.rig.unplug()
            assert action.end().code not in (CompletionCode.SUCCESS, CompletionCode.CANCELED)
            session.rig.mend()
            session.well()
            session.works()

    def test_silence_costs_the_command_alone(self, session: Session) -> None:
        assert session.rig.silence is not None
        _costs_the_command_alone(session, session.rig.silence, may_cost_host=session.rig.silence_may_cost_host)

    def test_garbage_costs_the_command_alone(self, session: Session) -> None:
        assert session.rig.garble is not None
        _costs_the_command_alone(session, session.rig.garble)

    def test_a_slow_device_is_waited_for(self, session: Session) -> None:
        assert session.rig.slow is not None
        with same_host(session):
            session.rig.slow()
            session.works()

    def test_a_loss_is_logged_once_and_the_recovery_once(
        self, session: Session, caplog: pytest.LogCaptureFixture
    ) -> None:
        assert session.rig.unplug is not None
        caplog.set_level("INFO")
        for _ in range(2):  # it flickers
            session.rig.unplug()
            for _ in range(MOST_LOOKS):
                # a poll follows each command; while nobody asks, three polls would be six seconds
                session.give("dispenseTea", b"", PATIENCE_S).end()
                if not session.board.status.is_usable:
                    break
            session.board.wait_for(lambda status: not status.is_usable)
            session.rig.mend()
            session.well()
        told = [record.getMessage().partition(" ")[0] for record in caplog.records]
        assert [event for event in told if event in ("device_lost", "device_recovered")] == [
            "device_lost",
            "device_recovered",
        ] * 2

    def test_a_killed_host_is_replaced_and_its_action_not_repeated(self, session: Session) -> None:
        action = session.begin()
        killed = session.pid
        os.kill(killed, signal.SIGKILL)
        completion = action.end()
        assert completion.code is CompletionCode.HARDWARE_ERROR
        _serves_again(session, killed)
        with session.rig.quick() as (name, payload):
            again = session.give(name, payload, PATIENCE_S, action.action_id).end()
        assert (again.code, again.reason) == (CompletionCode.INVALID_REQUEST_ID, "device.repeated_action")
        session.works()

    def test_a_stopped_host_is_replaced(self, session: Session) -> None:
        stopped = session.pid
        os.kill(stopped, signal.SIGSTOP)
        with session.rig.quick() as (name, payload):
            completion = session.give(name, payload, PATIENCE_S).end()
        assert completion.code is CompletionCode.HARDWARE_ERROR
        _serves_again(session, stopped)
        session.works()

    def test_it_stops_within_two_seconds(self, session: Session) -> None:
        action = session.begin()
        pid, started = session.pid, time.monotonic()
        session.down()
        assert time.monotonic() - started < STOP_S + 0.5, "it had to be killed"
        assert action.end().code is CompletionCode.CANCELED
        assert not Path(f"/proc/{pid}").exists()

    def test_the_host_of_a_killed_terminal_is_gone_and_the_port_free(self, alone: Session) -> None:
        with killed_terminal(alone, any_status=not alone.rig.is_there) as host:
            wait_for_end(host)
        alone.up()


def opened(driver: Driver) -> DeviceStatus:
    """Opens as a host does: a first look may find nothing yet."""
    status = driver.open()
    ends = time.monotonic() + PATIENCE_S
    while not status.is_usable and time.monotonic() < ends:
        time.sleep(0.05)  # the host's own pause between two looks, shortened; bounded
        if status.state is DeviceState.POWER_OFF:
            driver.close()
            status = driver.open()
        else:
            status = driver.status()
    return status


def _costs_the_command_alone(session: Session, fault: Fault, *, may_cost_host: bool = False) -> None:
    with contextlib.nullcontext() if may_cost_host else same_host(session):
        action = session.begin()
        fault()
        if not action.ends_within(BY_ITSELF_S):
            session.cancel(action)
        assert action.end().code is not CompletionCode.SUCCESS
        session.rig.mend()
        session.well()
        session.works()


def _serves_again(session: Session, lost: int) -> None:
    session.rig.mend()
    session.wait_for_other_host(lost)
    session.well()


@contextmanager
def same_host(session: Session) -> Iterator[None]:
    """Fails when the host was lost on the way."""
    pid = session.pid
    yield
    assert session.pid == pid, "the fault cost the host"
