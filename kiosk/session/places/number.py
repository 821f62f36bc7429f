"""Which slip is asked about: its number is typed, or its code is read by this terminal's barcode reader."""

from devices.status import DeviceClass
from kiosk.base.errors import Problem
from kiosk.base.record import replace
from kiosk.documents.terminal_number import parse_terminal_number
from kiosk.session import effects
from kiosk.session.events import (
    DeviceChanged,
    EnterNumber,
    SlipCodeRead,
    SlipCodeRefused,
    SlipCodeSeen,
    SlipCodeStopped,
)
from kiosk.session.places.steps import advance, go_back, has_barcode_reader
from kiosk.session.state import NumberPage
from kiosk.session.turn import Turn


def enter_number(turn: Turn, event: EnterNumber) -> None:
    """A number whose check character is wrong was typed wrongly: told at once, before any card."""
    if not _take(turn, event.number):
        turn.change(replace(_page(turn), problem=Problem("session.number_wrong"), checking=False))


def code_seen(turn: Turn, _event: SlipCodeSeen) -> None:
    turn.stirred = True
    turn.change(replace(_page(turn), problem=None, checking=True))


def code_refused(turn: Turn, event: SlipCodeRefused) -> None:
    """The reader goes on waiting."""
    turn.stirred = True
    turn.change(replace(_page(turn), problem=event.problem, checking=False))


def code_read(turn: Turn, event: SlipCodeRead) -> None:
    turn.stirred = True
    if not _take(turn, event.number):
        turn.change(replace(_page(turn), problem=Problem("slip_code.damaged"), scans=False, checking=False))


def code_stopped(turn: Turn, _event: SlipCodeStopped) -> None:
    """The reader can do no more: the page is what it is without one."""
    turn.change(replace(_page(turn), scans=False, checking=False))


def device_changed(turn: Turn, event: DeviceChanged) -> None:
    """A reader that comes is used, one that goes is shown no more; what it had at work answers by itself."""
    if event.device is not DeviceClass.BARCODE_READER:
        return
    page = _page(turn)
    if has_barcode_reader(turn) and not turn.awaits(effects.ReadSlipCode):
        turn.change(replace(page, scans=True))
        turn.ask(effects.ReadSlipCode)
    elif not has_barcode_reader(turn) and page.scans:
        turn.stop_reading_code()
        turn.change(replace(page, scans=False, checking=False))


def leave(turn: Turn, event: object) -> None:
    turn.stop_reading_code()
    go_back(turn, event)


def _take(turn: Turn, text: str) -> bool:
    number = parse_terminal_number(text)
    if number is None:
        return False
    turn.stop_reading_code()
    turn.note(slip_number=number.text)
    advance(turn, None)
    return True


def _page(turn: Turn) -> NumberPage:
    assert isinstance(turn.page, NumberPage)
    return turn.page
