"""A PC/SC reader as every driver on it needs it: its status, its card coming and going, a session with the card.

Policy: a reader or service that is not there counts as gone after three looks in a row (`MISSES`); a reply ends the row. A
card counts as removed when it has been away for `settle_s` without a break, so that a contactless card that flickers is no
removal.
"""

from collections.abc import Callable

import msgspec

from devices.driver import Execution
from devices.messages import Completion
from devices.smart_card.card_session import STUCK_AT_MOST, CallThread, CardSession, CardTroubleError, Trouble
from devices.smart_card.pcsc_watch import ReaderWatch, Slot
from devices.status import STARTING, Action, CompletionCode, DeviceState, DeviceStatus, Media

MISSES = 3


class PcscTimes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All waits, in seconds; replaceable in tests."""

    exchange: float = 5.0  # one APDU, card and reader together
    first_look: float = 1.0
    settle: float = 0.4  # for a removal to be one
    removal_look: float = 1.0  # after a broken exchange: pcscd looks into the slot every 0.4 s
    retry: float = 0.3  # between the looks for a reader that is not there
    back_off: float = 0.1
    longest_back_off: float = 2.0


class PcscDevice:
    """One reader. All methods from one thread.

    Args:
        reader: a part of the reader's name; empty takes the first.
        keys: message keys for a lost reader and a lost service.
    """

    def __init__(self, reader: str, times: PcscTimes, gone_key: str, service_key: str) -> None:
        self._times = times
        self._gone_key = gone_key
        self._service_key = service_key
        self.watch = ReaderWatch(reader, times.back_off, times.longest_back_off)
        self._misses = 0
        self._status = STARTING
        self._calls: list[CallThread] = []
        self._left_behind: list[CallThread] = []

    def open(self) -> DeviceStatus:
        """Starts the watch and looks; a failure counts as one miss."""
        self.watch.start()
        self.watch.wait_first(self._times.first_look)
        return self.look()

    def close(self) -> None:
        """Ends the watch and the idle call thread; twice is allowed."""
        self.watch.stop()
        for calls in self._calls:
            calls.end()
            calls.join(1.0)
        self._calls = []

    def look(self) -> DeviceStatus:
        """The status now."""
        slot = self.watch.slot
        if slot.reader is not None:
            self._misses = 0
            if self._is_stuck():
                self._status = DeviceStatus(
                    DeviceState.HARDWARE_ERROR, media=Media.UNKNOWN, action=Action.RESET, reason=self._gone_key
                )
            else:
                media = Media.PRESENT if slot.is_present else Media.NOT_PRESENT
                self._status = DeviceStatus(DeviceState.ONLINE, media=media)
            return self._status
        self._misses += 1
        if self._misses >= MISSES:
            action, key = (
                (Action.MAINTENANCE, self._gone_key) if slot.is_service_up else (Action.SUSPEND, self._service_key)
            )
            self._status = DeviceStatus(DeviceState.POWER_OFF, media=Media.UNKNOWN, action=action, reason=key)
        return self._status

    def refusal(self, execution: Execution) -> Completion | None:
        """Looks until the reader is there or the third miss; returns why no command may run, ``None`` if it may."""
        while True:
            status = self.look()
            if execution.is_cancelled():
                return Completion(execution.action_id, CompletionCode.CANCELED)
            if self._misses == 0 or self._misses >= MISSES:
                break
            self.watch.wait_for(lambda slot: slot.reader is not None, self._times.retry, execution.is_cancelled)
        if status.is_usable:
            return None
        code = CompletionCode.DEVICE_NOT_READY
        if status.state is DeviceState.HARDWARE_ERROR:
            code = CompletionCode.HARDWARE_ERROR
        return Completion(execution.action_id, code, status.reason)

    # -- the card ------------------------------------------------------------------------------------------------

    def wait_for_card(self, execution: Execution, *, other_than: int | None = None) -> Slot | Completion:
        """Waits for a card; `other_than` are the `changes` of one that must be lifted first."""
        while True:
            slot = self.watch.wait_for(
                lambda slot: slot.reader is None or (slot.is_present and slot.changes != other_than),
                3600.0,
                execution.is_cancelled,
            )
            if execution.is_cancelled():
                return Completion(execution.action_id, CompletionCode.CANCELED)
            if slot is not None and slot.reader is not None:
                return slot
            refused = self.refusal(execution)
            if refused is not None:
                return refused

    def wait_for_removal(self, execution: Execution) -> Completion:
        """Succeeds when no card has been there for `settle_s`; at once ready when none is."""
        while not execution.is_cancelled():
            slot = self.watch.wait_for(lambda slot: not slot.is_present, 3600.0, execution.is_cancelled)
            if slot is None:
                continue
            if slot.reader is None:
                refused = self.refusal(execution)
                if refused is not None:
                    return refused
                continue
            came_back = self.watch.wait_for(lambda slot: slot.is_present, self._times.settle, execution.is_cancelled)
            if came_back is None and not execution.is_cancelled():
                return Completion(execution.action_id, CompletionCode.SUCCESS)
        return Completion(execution.action_id, CompletionCode.CANCELED)

    def session(self, slot: Slot, give_up: Callable[[], bool]) -> CardSession:
        """A session with the card of that slot; enter it within a ``with``. Raises `CardTroubleError`."""
        if slot.reader is None:
            raise CardTroubleError(Trouble.NO_READER)
        if self._is_stuck():
            raise CardTroubleError(Trouble.BUSY)
        if not self._calls:
            self._calls.append(CallThread())
        return CardSession(self._calls[0], slot.reader, self._times.exchange, give_up)

    def judge(self, error: CardTroubleError, slot: Slot) -> Trouble:
        """What really happened: a broken exchange is a removal when the card goes now; leaves a stuck thread behind."""
        trouble = error.trouble
        if trouble in (Trouble.MUTE, Trouble.CANCELED) and self._calls:
            calls = self._calls.pop()
            calls.end()
            self._left_behind.append(calls)
        if trouble is Trouble.BROKEN_OFF:
            gone = self.watch.wait_for(
                lambda now: not now.is_present or now.changes != slot.changes, self._times.removal_look, lambda: False
            )
            if gone is not None:
                is_service_gone = not gone.is_service_up
                return Trouble.SERVICE_GONE if is_service_gone else Trouble.REMOVED
        return trouble

    def _is_stuck(self) -> bool:
        self._left_behind = [calls for calls in self._left_behind if calls.is_alive]
        return len(self._left_behind) >= STUCK_AT_MOST
