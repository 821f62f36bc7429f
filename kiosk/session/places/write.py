"""Writing, attaching, reviewing: what a citizen enters, kept in the visit's draft whatever way one goes."""

from devices.status import DeviceClass
from kiosk.base.errors import Problem
from kiosk.base.record import replace
from kiosk.session import effects
from kiosk.session.events import (
    AttachmentTaken,
    ChangeEntry,
    ChooseCategory,
    DeviceChanged,
    EnterText,
    PaperLost,
    StoreFailed,
    TimerFired,
)
from kiosk.session.places.steps import advance, enter, go_back, has_camera
from kiosk.session.state import AttachPage, AttachStage, Place, ReviewPage, WritePage, WriteStage
from kiosk.session.submission import LONGEST_TEXT, Attachment, Draft, Entry
from kiosk.session.timeouts import REFRESH, WORK
from kiosk.session.turn import Turn


# --- write ------------------------------------------------------------------------------------------------------------
def choose_category(turn: Turn, event: ChooseCategory) -> None:
    page = _writing(turn)
    if page.stage is not WriteStage.CATEGORY:
        return
    turn.note(draft=replace(_draft(turn), category=event.category))
    if page.returns:
        _review(turn)
    else:
        turn.show(WritePage(WriteStage.TEXT))


def enter_text(turn: Turn, event: EnterText) -> None:
    """Kept in any case; the way on is open for a text that says something and is not too long."""
    page = _writing(turn)
    if page.stage is not WriteStage.TEXT:
        return
    turn.note(draft=replace(_draft(turn), text=event.text))
    if not event.is_done:
        return
    if problem := _text_problem(event.text):
        turn.change(replace(page, problem=problem))
    elif page.returns:
        _review(turn)
    else:
        advance(turn, event)


def leave_writing(turn: Turn, event: object) -> None:
    """From the text to the category, from there to the step before; from a change to the review, unless the text cannot
    stand as it is."""
    page = _writing(turn)
    if page.returns and (problem := _text_problem(_draft(turn).text)):
        turn.change(replace(page, problem=problem))
    elif page.returns:
        _review(turn)
    elif page.stage is WriteStage.TEXT:
        turn.show(WritePage(WriteStage.CATEGORY))
    else:
        go_back(turn, event)


# --- attach -----------------------------------------------------------------------------------------------------------
def take_picture(turn: Turn, _event: object) -> None:
    page = _attaching(turn)
    if page.stage is AttachStage.TAKING:
        return
    _keep(turn, None)
    turn.hide_paper()  # one command at a time
    turn.clear_timer(REFRESH)
    turn.change(AttachPage(AttachStage.TAKING, page.returns))
    turn.ask(effects.TakeAttachment)


def picture_taken(turn: Turn, event: AttachmentTaken) -> None:
    _keep(turn, event.attachment)
    turn.change(AttachPage(AttachStage.SHOW, _attaching(turn).returns))


def picture_failed(turn: Turn, event: StoreFailed) -> None:
    """It may be tried again, or done without."""
    _ask_for_page(turn, event.problem)


def camera_timer(turn: Turn, event: TimerFired) -> None:
    """A camera that was lost in mid-look is tried again; one that does not answer a shot is given up."""
    if event.timer == REFRESH and _attaching(turn).stage is AttachStage.ASK and has_camera(turn):
        _ask_for_page(turn)
    elif event.timer == WORK:
        turn.give_up(effects.TakeAttachment)
        _ask_for_page(turn, Problem("session.camera_silent"))


def drop_picture(turn: Turn, _event: object) -> None:
    page = _attaching(turn)
    if page.stage is AttachStage.SHOW:
        _keep(turn, None)
        _ask_for_page(turn)


def paper_lost(turn: Turn, _event: PaperLost) -> None:
    """One can go on without a page; the camera may come back."""
    page = _attaching(turn)
    if page.stage is AttachStage.ASK:
        turn.change(replace(page, live=False, problem=Problem("session.camera_away")))
        turn.set_timer(REFRESH, turn.timeouts.refresh_s)


def camera_changed(turn: Turn, event: DeviceChanged) -> None:
    """A camera that is back shows again what lies there."""
    page = _attaching(turn)
    if event.device is not DeviceClass.DOCUMENT_CAMERA or page.stage is not AttachStage.ASK:
        return
    if not has_camera(turn):
        turn.hide_paper()
        turn.change(replace(page, live=False, problem=Problem("session.camera_away")))
    elif not turn.awaits(effects.ShowPaper):
        _ask_for_page(turn)


def attached(turn: Turn, event: object) -> None:
    """With the picture, or without one."""
    page = _attaching(turn)
    if page.stage is not AttachStage.TAKING:
        turn.hide_paper()
        turn.clear_timer(REFRESH)
        advance(turn, event)  # the review comes next in any case


def leave_attaching(turn: Turn, event: object) -> None:
    """A picture that is still being taken is not waited for; one that is taken stays."""
    page = _attaching(turn)
    turn.give_up(effects.TakeAttachment)
    turn.hide_paper()
    turn.clear_timer(REFRESH)
    if page.returns:
        _review(turn)
    else:
        go_back(turn, event)


# --- review -----------------------------------------------------------------------------------------------------------
def change_entry(turn: Turn, event: ChangeEntry) -> None:
    """To one entry, and back here."""
    match event.entry:
        case Entry.CATEGORY:
            turn.move_to(Place.WRITE)
            turn.show(WritePage(WriteStage.CATEGORY, returns=True))
        case Entry.TEXT:
            turn.move_to(Place.WRITE)
            turn.show(WritePage(WriteStage.TEXT, returns=True))
        case Entry.ATTACHMENT if Place.ATTACH in turn.flow.steps:
            turn.move_to(Place.ATTACH)
            enter(turn, turn.flow)  # which leads here again where there is no camera
            if isinstance(turn.page, AttachPage):
                turn.change(replace(turn.page, returns=True))


def _ask_for_page(turn: Turn, problem: Problem | None = None) -> None:
    """Wanted or not; what lies under the camera is shown meanwhile."""
    is_there = has_camera(turn)
    turn.clear_timer(REFRESH)
    turn.change(AttachPage(AttachStage.ASK, _attaching(turn).returns, problem, live=is_there))
    if is_there:
        turn.ask(effects.ShowPaper)


def _text_problem(text: str) -> Problem | None:
    if not text.strip():
        return Problem("session.text_wanting")
    if len(text) > LONGEST_TEXT:
        return Problem("session.text_too_long", {"most": str(LONGEST_TEXT)})
    return None


def _review(turn: Turn) -> None:
    turn.move_to(Place.REVIEW)
    turn.show(ReviewPage())


def _keep(turn: Turn, attachment: Attachment | None) -> None:
    turn.note(draft=replace(_draft(turn), attachment=attachment))


def _draft(turn: Turn) -> Draft:
    draft = turn.visit.draft
    assert draft is not None  # made before the flow began
    return draft


def _writing(turn: Turn) -> WritePage:
    assert isinstance(turn.page, WritePage)
    return turn.page


def _attaching(turn: Turn) -> AttachPage:
    assert isinstance(turn.page, AttachPage)
    return turn.page
