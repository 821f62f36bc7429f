"""The transition table: every pair of place and event, as a transition or as an `Ignore` with its reason."""

from collections.abc import Callable, Mapping
from typing import Any

from kiosk.base.record import Record
from kiosk.session import events
from kiosk.session.effects import (
    AskDepartment,
    AskKept,
    AskSlipState,
    AskStaffBoard,
    CheckPin,
    DoForStaff,
    DrawCurtain,
    Effect,
    LookUp,
    PrintDocument,
    ReadCard,
    ReadFound,
    ReadSlipCode,
    ReserveOffline,
    RunQuery,
    SendCode,
    ShowPaper,
    SubmitItem,
    SubmitRating,
    TakeAttachment,
    VerifyFactor,
    WatchMedia,
    Wipe,
)
from kiosk.session.events import INTENTS, PAGE_INTENTS
from kiosk.session.places import (
    answer,
    ending,
    entrance,
    factor,
    identify,
    number,
    papers,
    query,
    search,
    staff,
    steps,
    submit,
    write,
)
from kiosk.session.state import Place

Transition = Callable[[Any, Any], None]


class Ignore(Record, frozen=True):
    """The pair means nothing, and why."""

    reason: str


Rule = Transition | Ignore

ANSWERS: Mapping[type, tuple[type[Effect], ...]] = {
    events.LookedUp: (LookUp,),
    events.FoundRead: (ReadFound,),
    events.LookUpFailed: (LookUp, ReadFound),
    events.CardInserted: (ReadCard,),
    events.CardRefused: (ReadCard,),
    events.CardRead: (ReadCard,),
    events.CardFailed: (ReadCard,),
    events.CodeSent: (SendCode,),
    events.FactorPassed: (VerifyFactor,),
    events.FactorRefused: (SendCode, VerifyFactor),
    events.QueryAnswered: (RunQuery,),
    events.DepartmentAnswered: (AskDepartment,),
    events.PlatformFailed: (SendCode, VerifyFactor, RunQuery, AskDepartment, SubmitRating),
    events.RoomReserved: (ReserveOffline,),
    events.AttachmentTaken: (TakeAttachment,),
    events.PaperLost: (ShowPaper,),
    events.ItemStored: (SubmitItem,),
    events.SlipStateTold: (AskSlipState,),
    events.SlipCodeSeen: (ReadSlipCode,),
    events.SlipCodeRefused: (ReadSlipCode,),
    events.SlipCodeRead: (ReadSlipCode,),
    events.SlipCodeStopped: (ReadSlipCode,),
    events.KeptTold: (AskKept,),
    events.PinChecked: (CheckPin,),
    events.StaffTold: (AskStaffBoard,),
    events.StaffDone: (DoForStaff,),
    events.StoreFailed: (ReserveOffline, TakeAttachment, SubmitItem, AskSlipState),
    events.PrintEnded: (PrintDocument,),
    events.Rated: (SubmitRating,),
    events.CurtainDrawn: (DrawCurtain,),
    events.Wiped: (Wipe,),
    events.MediaGone: (WatchMedia,),
    events.MediaLies: (WatchMedia,),
    events.MediaUnknown: (WatchMedia,),
}
"""Which effects an event answers; it is dropped unless its very effect is awaited."""

PROGRESS = frozenset({
    events.CardInserted, events.CardRefused, events.MediaLies, events.SlipCodeSeen, events.SlipCodeRefused,
})  # fmt: skip
"""Answers after which more will come."""

SURROUNDINGS = (
    events.DeviceChanged,
    events.PlatformChanged,
    events.StoreChanged,
    events.ReferenceChanged,
    events.ReferenceRenewed,
    events.Recovered,
    events.Broke,
)
EVENTS = (*INTENTS, *ANSWERS, events.TimerFired, *SURROUNDINGS)

_ALWAYS: dict[type, Rule] = {
    events.SetLanguage: entrance.set_language,
    events.SetTextSize: entrance.set_text_size,
    events.End: entrance.ask_to_end,
    events.ConfirmEnd: entrance.end_surely,
    events.Broke: entrance.broke,
}
"""What every page does at which somebody is being served."""

_BY_PLACE: dict[Place, dict[type, Rule]] = {
    Place.ATTRACT: {
        events.Start: entrance.start,
        events.CallStaff: staff.called,
        events.Recovered: ending.recovered,
    },
    Place.HOME: {
        **_ALWAYS,
        events.ChooseItem: entrance.choose_item,
        events.OpenSearch: search.open_search,
    },
    Place.SEARCH: {
        **_ALWAYS,
        events.EnterText: search.enter_text,
        events.OpenFound: search.open_found,
        events.LookedUp: search.looked_up,
        events.FoundRead: search.found_read,
        events.LookUpFailed: search.look_up_failed,
        events.ReferenceRenewed: search.reference_renewed,
        events.GoBack: search.leave,
    },
    Place.GUIDE: {
        **_ALWAYS,
        events.Begin: entrance.begin,
        events.GoBack: entrance.home,
        events.RoomReserved: entrance.room_reserved,
        events.StoreFailed: entrance.room_refused,
        events.TimerFired: entrance.store_silent,
    },
    Place.NOTICE: {
        **_ALWAYS,
        events.Continue: steps.advance,
        events.GoBack: steps.go_back,
    },
    Place.IDENTIFY: {
        **_ALWAYS,
        events.Continue: identify.read_again,
        events.GoBack: identify.leave,
        events.CardInserted: identify.card_inserted,
        events.CardRefused: identify.card_refused,
        events.CardRead: identify.card_read,
        events.CardFailed: identify.card_failed,
        events.DeviceChanged: identify.reader_changed,
        events.TimerFired: identify.silent,
    },
    Place.CONSENT: {
        **_ALWAYS,
        events.Continue: steps.advance,
        events.GoBack: steps.go_back,
    },
    Place.FACTOR: {
        **_ALWAYS,
        events.ChooseMethod: factor.choose_method,
        events.EnterSecret: factor.enter_secret,
        events.CodeSent: factor.code_sent,
        events.FactorPassed: factor.factor_passed,
        events.FactorRefused: factor.factor_refused,
        events.PlatformFailed: factor.platform_failed,
        events.Continue: factor.go_on,
        events.GoBack: factor.leave,
        events.TimerFired: factor.silent,
    },
    Place.QUERY: {
        **_ALWAYS,
        events.QueryAnswered: query.answered,
        events.DepartmentAnswered: answer.answered,
        events.PlatformFailed: query.failed,
        events.Continue: query.ask_again,
        events.GoBack: Ignore("what is asked is asked; the way out is to end"),
        events.TimerFired: query.timer,
    },
    Place.RESULT: {
        **_ALWAYS,
        events.ChoosePeriod: query.choose_period,
        events.QueryAnswered: query.period_answered,
        events.PlatformFailed: query.period_failed,
        events.Print: papers.begin_printing,
        events.Continue: query.go_on,
        events.GoBack: Ignore("the query is done; print, go on or end"),
        events.TimerFired: query.silent,
    },
    Place.ANSWER: {
        **_ALWAYS,
        events.Choose: answer.choose,
        events.DepartmentAnswered: answer.choice_answered,
        events.PlatformFailed: answer.choice_failed,
        events.Print: papers.begin_printing,
        events.Continue: answer.go_on,
        events.GoBack: Ignore("the query is done; print, go on or end"),
        events.TimerFired: answer.silent,
    },
    Place.WRITE: {
        **_ALWAYS,
        events.ChooseCategory: write.choose_category,
        events.EnterText: write.enter_text,
        events.GoBack: write.leave_writing,
    },
    Place.ATTACH: {
        **_ALWAYS,
        events.TakePicture: write.take_picture,
        events.DropPicture: write.drop_picture,
        events.AttachmentTaken: write.picture_taken,
        events.PaperLost: write.paper_lost,
        events.DeviceChanged: write.camera_changed,
        events.StoreFailed: write.picture_failed,
        events.Continue: write.attached,
        events.GoBack: write.leave_attaching,
        events.TimerFired: write.camera_timer,
    },
    Place.REVIEW: {
        **_ALWAYS,
        events.ChangeEntry: write.change_entry,
        events.Continue: steps.advance,
        events.GoBack: steps.go_back,
    },
    Place.SUBMIT: {
        **_ALWAYS,
        events.ItemStored: submit.stored,
        events.StoreFailed: submit.not_stored,
        events.Print: papers.begin_printing,
        events.Continue: submit.go_on,
        events.GoBack: Ignore("what was handed in once is not changed any more"),
        events.TimerFired: submit.store_silent,
    },
    Place.NUMBER: {
        **_ALWAYS,
        events.EnterNumber: number.enter_number,
        events.SlipCodeSeen: number.code_seen,
        events.SlipCodeRefused: number.code_refused,
        events.SlipCodeRead: number.code_read,
        events.SlipCodeStopped: number.code_stopped,
        events.DeviceChanged: number.device_changed,
        events.GoBack: number.leave,
    },
    Place.PROGRESS: {
        **_ALWAYS,
        events.SlipStateTold: submit.told,
        events.StoreFailed: submit.not_told,
        events.Continue: submit.read_on,
        events.GoBack: Ignore("what is asked is asked; the way out is to go on or to end"),
        events.TimerFired: submit.progress_silent,
    },
    Place.PRINT: {
        **_ALWAYS,
        events.PrintEnded: papers.print_ended,
        events.AnswerOutcome: papers.answer_outcome,
        events.Reprint: papers.reprint,
        events.Continue: papers.go_on,
        events.GoBack: papers.leave,
        events.TimerFired: papers.timer,
    },
    Place.RATE: {
        **_ALWAYS,
        events.End: entrance.end_surely,
        events.Rate: papers.rate,
        events.Rated: papers.rated,
        events.PlatformFailed: papers.rating_failed,
        events.Continue: papers.done,
        events.GoBack: Ignore("the item is done; nothing lies behind"),
        events.TimerFired: papers.rate_timer,
    },
    Place.CURTAIN: {
        events.CurtainDrawn: ending.wipe,
        events.TimerFired: ending.wipe,
    },
    Place.WIPE: {
        events.Wiped: ending.wiped,
        events.TimerFired: ending.wipe_unconfirmed,
    },
    Place.CARD_CALL: {
        events.SetLanguage: entrance.set_language,
        events.SetTextSize: entrance.set_text_size,
        events.MediaLies: ending.media_lies,
        events.MediaGone: ending.media_gone,
        events.MediaUnknown: ending.media_unknown,
        events.KeptTold: ending.kept_told,
        events.TimerFired: ending.call_timer,
    },
    Place.STAFF: {
        **_ALWAYS,
        events.EnterPin: staff.enter_pin,
        events.PinChecked: staff.pin_checked,
        events.StaffTold: staff.told,
        events.ActAsStaff: staff.act,
        events.StaffDone: staff.done,
        events.TimerFired: staff.timer,
    },
}


def _reason(place: Place, kind: type) -> str:
    """Why a pair that the table above does not name means nothing."""
    nobody = place in (Place.ATTRACT, Place.CURTAIN, Place.WIPE, Place.CARD_CALL)
    if kind in (events.Touched, events.KeepGoing):
        return "the overlay's matter; the page does nothing by itself"
    if kind in ANSWERS:
        return "no effect that it answers can be awaited here"
    if kind is events.TimerFired:
        return "the page has no timer of its own"
    if kind in (events.DeviceChanged, events.PlatformChanged, events.StoreChanged, events.ReferenceChanged):
        return "availability is a machine of its own; the page does not move"
    if kind is events.ReferenceRenewed:
        return "nobody looks for anything here; what is shown stays"
    if kind is events.Recovered:
        return "said once, before the first visit"
    if kind in (events.Start, events.CallStaff):
        return "a visit is on already" if not nobody else "the end of the last visit comes first"
    if kind in PAGE_INTENTS:
        return "nobody is being served" if nobody else "the page has no such act"
    return "the visit is ending already" if place is not Place.ATTRACT else "nobody is here"


TRANSITIONS: Mapping[tuple[Place, type], Rule] = {
    (place, kind): _BY_PLACE[place].get(kind) or Ignore(_reason(place, kind)) for place in Place for kind in EVENTS
}
