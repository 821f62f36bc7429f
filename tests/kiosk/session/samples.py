"""Sample states, at least one for each page's each condition, and sample events for each state."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from devices.receipt_printer.types import Outcome
from devices.status import DeviceClass
from kiosk.base.errors import Problem
from kiosk.base.record import replace
from kiosk.central.contract import FactorMethod, Period
from kiosk.session import effects, events
from kiosk.session.lookup import Article, FoundKind, FoundLine
from kiosk.session.staff import StaffAct, StaffBoard, StaffLetter
from kiosk.session.state import Language, Overlay, PlatformState, Session, TextSize
from kiosk.session.submission import LONGEST_TEXT, Category, Entry, SlipStanding, SlipState
from kiosk.session.timeouts import CARD_OVERDUE, COVER, IDLE, RESULT, VISIT_WARNING
from tests.kiosk.session.world import (
    CODE,
    CONSULTATION,
    FLOW,
    GONE,
    HANDED_IN,
    LINES,
    NUMBERS,
    ONLINE,
    PICTURE,
    SLIP_NUMBER,
    TEXT,
    TODAY,
    Drive,
    answer_to,
    department_answer,
    person,
    ready,
    statement,
)

PROBLEM = Problem("central.slow")
READER = DeviceClass.ID_CARD_READER


def _identify_stopped() -> Drive:
    return Drive().to_identify().answer(events.CardFailed, effects.ReadCard, Problem("reader.gone"))


def _reader_away() -> Drive:
    return Drive().to_notice().do(events.DeviceChanged(READER, GONE)).here(events.Continue)


def _code() -> Drive:
    return Drive().to_factor().here(events.ChooseMethod, FactorMethod.ONE_TIME_CODE)


def _checking() -> Drive:
    return Drive().to_enter().here(events.EnterSecret, "135790")


def _blocked() -> Drive:
    return _checking().answer(events.FactorRefused, effects.VerifyFactor, Problem("identity.blocked"), 0, True)


def _factor_failed() -> Drive:
    return _checking().answer(events.PlatformFailed, effects.VerifyFactor, PROBLEM)


def _query_failed() -> Drive:
    return Drive().to_query().answer(events.PlatformFailed, effects.RunQuery, PROBLEM)


def _loading() -> Drive:
    return Drive().to_result().here(events.ChoosePeriod, Period.ALL)


def _printed(sheet: Outcome, slip: Outcome) -> Drive:
    return Drive().to_print().ended("j1", sheet).ended("j2", slip)


def _rating() -> Drive:
    return Drive().to_rate().here(events.Rate, 5)


def _lies() -> Drive:
    return Drive().to_card_call().answer(events.MediaLies, effects.WatchMedia)


def _papers() -> Drive:
    drive = Drive().to_printed().do(events.ConfirmEnd()).answer(events.CurtainDrawn, effects.DrawCurtain)
    return drive.answer(events.Wiped, effects.Wipe)


STANDING = SlipStanding(SlipState.WAITING, "XH-01")
CAMERA = DeviceClass.DOCUMENT_CAMERA
BARCODE = DeviceClass.BARCODE_READER


def _optional_factor(failed: bool = False) -> Drive:
    """The platform goes while the factor is asked."""
    drive = Drive().to_reserving().answer(events.RoomReserved, effects.ReserveOffline).here(events.Continue)
    drive.answer(events.CardRead, effects.ReadCard, person(), TODAY).here(events.Continue)
    if failed:
        drive.here(events.ChooseMethod, FactorMethod.PASSWORD).here(events.EnterSecret, "135790")
        drive.with_platform(PlatformState.UNREACHABLE).answer(events.PlatformFailed, effects.VerifyFactor, PROBLEM)
    return drive


def _slip() -> Drive:
    return Drive().to_handed_in().here(events.Print, ("j1",)).ended("j1")


ARTICLE = Article(LINES[1], (), answer_to("").dated)


def _reading() -> Drive:
    opened = Drive().to_found().here(events.OpenFound, LINES[1])
    return opened.answer(events.FoundRead, effects.ReadFound, ARTICLE)


def _search_failed() -> Drive:
    drive = Drive().to_search().here(events.EnterText, "gj", False)
    return drive.answer(events.LookUpFailed, effects.LookUp, PROBLEM)


def _no_camera() -> Drive:
    return Drive().to_text().do(events.DeviceChanged(CAMERA, GONE)).here(events.EnterText, TEXT, True)


def _spoiled() -> Drive:
    """The text was changed into nothing."""
    return Drive().to_review().here(events.ChangeEntry, Entry.TEXT).here(events.EnterText, " ", False)


LETTER = StaffLetter("b" * 32, 3, "consultation", "rejected", 2, "2026-11-20 09:15")
BOARD = StaffBoard("23:04:00", queued=2, dead=1, letters=(LETTER,))


def _staff(*, told: bool = False) -> Drive:
    drive = Drive().to_staff_pin().here(events.EnterPin, "246810").answer(events.PinChecked, effects.CheckPin, None)
    return drive.answer(events.StaffTold, effects.AskStaffBoard, BOARD) if told else drive


def _recovered() -> Drive:
    return Drive().do(events.Recovered("v3", "c" * 32))


def _no_barcode() -> Drive:
    return Drive().do(events.DeviceChanged(BARCODE, GONE)).to_number()


SAMPLES: Mapping[str, Callable[[], Drive]] = {
    "attract": Drive,
    "home": lambda: Drive().start(),
    "search": lambda: Drive().to_search(),
    "search of places": lambda: Drive().to_looking_up(),
    "search looking": lambda: Drive().to_search().here(events.EnterText, "gj", False),
    "search found": lambda: Drive().to_found(),
    "search looking again": lambda: Drive().to_found().here(events.EnterText, "gj", False),
    "search opening": lambda: Drive().to_found().here(events.OpenFound, LINES[1]),
    "search reading": _reading,
    "search failed": _search_failed,
    "guide found": lambda: Drive().to_found().here(events.OpenFound, LINES[0]),
    "guide": lambda: Drive().to_guide(),
    "notice": lambda: Drive().to_notice(),
    "identify": lambda: Drive().to_identify(),
    "identify reading": lambda: Drive().to_identify().answer(events.CardInserted, effects.ReadCard),
    "identify stopped": _identify_stopped,
    "identify reader away": _reader_away,
    "consent": lambda: Drive().to_consent(),
    "factor choose": lambda: Drive().to_factor(),
    "factor sending": _code,
    "factor enter": lambda: Drive().to_enter(),
    "factor enter code": lambda: _code().answer(events.CodeSent, effects.SendCode, "138****1234"),
    "factor checking": _checking,
    "factor blocked": _blocked,
    "factor failed": _factor_failed,
    "query": lambda: Drive().to_query(),
    "query slow": lambda: Drive().to_query().fire("slow"),
    "query failed": _query_failed,
    "result": lambda: Drive().to_result(),
    "result loading": _loading,
    "result nothing": lambda: Drive().to_result(nothing=True),
    "result failed": lambda: _loading().answer(events.PlatformFailed, effects.RunQuery, PROBLEM),
    "query plain": lambda: Drive().to_asking(),
    "query plain failed": lambda: Drive().to_asking().answer(events.PlatformFailed, effects.AskDepartment, PROBLEM),
    "answer": lambda: Drive().to_answer(),
    "answer loading": lambda: Drive().to_other_choice(),
    "answer nothing": lambda: Drive().to_answer(nothing=True),
    "answer failed": lambda: Drive().to_other_choice().answer(events.PlatformFailed, effects.AskDepartment, PROBLEM),
    "guide reserving": lambda: Drive().to_reserving(),
    "guide refused": lambda: Drive().to_reserving().answer(events.StoreFailed, effects.ReserveOffline, PROBLEM),
    "consent unconfirmed": lambda: Drive().to_unconfirmed(),
    "factor optional": _optional_factor,
    "factor optional failed": lambda: _optional_factor(failed=True),
    "write category": lambda: Drive().to_write(),
    "write text": lambda: Drive().to_text(),
    "write category again": lambda: Drive().to_review().here(events.ChangeEntry, Entry.CATEGORY),
    "write text again": lambda: Drive().to_review().here(events.ChangeEntry, Entry.TEXT),
    "write text spoiled": _spoiled,
    "attach": lambda: Drive().to_attach(),
    "attach away": lambda: Drive().to_attach().answer(events.PaperLost, effects.ShowPaper),
    "attach taking": lambda: Drive().to_attach().here(events.TakePicture),
    "attach show": lambda: Drive().to_picture(),
    "attach again": lambda: Drive().to_review().here(events.ChangeEntry, Entry.ATTACHMENT),
    "review": lambda: Drive().to_review(),
    "review without camera": _no_camera,
    "submit": lambda: Drive().to_submit(),
    "submit failed": lambda: Drive().to_submit().answer(events.StoreFailed, effects.SubmitItem, PROBLEM),
    "submit done": lambda: Drive().to_handed_in(),
    "slip": _slip,
    "number": lambda: Drive().to_number(),
    "number checking": lambda: Drive().to_number().answer(events.SlipCodeSeen, effects.ReadSlipCode),
    "number without reader": _no_barcode,
    "progress": lambda: Drive().to_progress(),
    "progress told": lambda: Drive().to_progress().answer(events.SlipStateTold, effects.AskSlipState, STANDING),
    "progress failed": lambda: Drive().to_progress().answer(events.StoreFailed, effects.AskSlipState, PROBLEM),
    "print sheet": lambda: Drive().to_print(),
    "print slip": lambda: Drive().to_print().ended("j1"),
    "print done": lambda: Drive().to_printed(),
    "print unknown": lambda: _printed(Outcome.UNKNOWN, Outcome.PRINTED),
    "print missing": lambda: _printed(Outcome.NOT_PRINTED, Outcome.NOT_PRINTED),
    "print answer": lambda: Drive().to_answer_print(),
    "print answer done": lambda: Drive().to_answer_print().ended("j1").ended("j2"),
    "rate": lambda: Drive().to_rate(),
    "rate sending": _rating,
    "rate sent": lambda: _rating().answer(events.Rated, effects.SubmitRating),
    "rate failed": lambda: _rating().answer(events.PlatformFailed, effects.SubmitRating, PROBLEM),
    "curtain": lambda: Drive().to_curtain(),
    "wipe": lambda: Drive().to_wipe(),
    "card call": lambda: Drive().to_card_call(),
    "card call lies": _lies,
    "card call overdue": lambda: _lies().fire(CARD_OVERDUE),
    "card call unknown": lambda: Drive().to_card_call().answer(events.MediaUnknown, effects.WatchMedia),
    "card call papers": _papers,
    "card call papers, card gone": lambda: _papers().answer(events.MediaGone, effects.WatchMedia),
    "card call recovered": _recovered,
    "card call recovered, card gone": lambda: _recovered().answer(events.MediaGone, effects.WatchMedia).fire("papers"),
    "staff pin": lambda: Drive().to_staff_pin(),
    "staff checking": lambda: Drive().to_staff_pin().here(events.EnterPin, "246810"),
    "staff asking": _staff,
    "staff": lambda: _staff(told=True),
    "staff acting": lambda: _staff(told=True).here(events.ActAsStaff, StaffAct.DRAIN),
    "cover": lambda: Drive().to_result().fire(COVER),
    "idle warning": lambda: Drive().to_result().fire(IDLE),
    "idle warning identify": lambda: Drive().to_identify().fire(IDLE),
    "time warning": lambda: Drive().to_result().fire(VISIT_WARNING),
    "time warning waiting": lambda: Drive().to_result().fire(COVER).fire(VISIT_WARNING),
    "confirm end": lambda: Drive().to_result().do(events.End()),
}

PLACES = ("attract", "home", "search found", "guide", "notice", "identify", "consent", "factor choose", "query", "result", "answer",
          "write text", "attach", "review", "submit", "number", "progress", "print sheet", "rate", "curtain", "wipe",
          "card call", "staff")  # fmt: skip


def crowded(name: str) -> Drive:
    """The sample with every kind of effect awaited and a timer of nobody's: what can only happen by a bug."""
    drive = SAMPLES[name]()
    kinds = ("ReadCard", "SendCode", "VerifyFactor", "RunQuery", "PrintDocument", "SubmitRating", "DrawCurtain", "Wipe",
             "WatchMedia", "ReserveOffline", "TakeAttachment", "SubmitItem", "AskSlipState", "LookUp", "ReadFound",
             "ReadSlipCode", "AskKept", "ShowPaper", "CheckPin", "AskStaffBoard", "DoForStaff", "AskDepartment")  # fmt: skip
    visit = drive.session.visit
    awaited = {kind: 900 + number for number, kind in enumerate(kinds)}
    drive.session = replace(drive.session, visit=replace(visit, awaited=awaited, timers={**visit.timers, "stray": 999}))
    return drive


def sample_events(session: Session) -> Iterator[tuple[str, object]]:
    """Every kind of event, with a name; answers with the ids that are awaited, else with one that is not."""
    visit = session.visit
    here, who = visit.page_serial, visit.visit_id
    yield "Touched", events.Touched()
    yield "Start", events.Start("v2", Language.EN, TextSize.ELDER)
    yield "SetLanguage", events.SetLanguage(Language.ZH_HK)
    yield "SetTextSize", events.SetTextSize(TextSize.ELDER)
    yield "ChooseItem", events.ChooseItem(here, CODE)
    yield "OpenSearch", events.OpenSearch(here)
    yield "OpenFound here", events.OpenFound(here, LINES[0])
    yield "OpenFound", events.OpenFound(here, LINES[1])
    yield "OpenFound not shown", events.OpenFound(here, FoundLine(FoundKind.ITEM, CODE, "", "", True))
    yield "Begin", events.Begin(here, FLOW)
    yield "Begin other item", events.Begin(here, replace(FLOW, item_code="other"))
    yield "Begin without steps", events.Begin(here, replace(FLOW, steps=()))
    yield "Continue", events.Continue(here)
    yield "Continue stale", events.Continue(here - 1)
    yield "GoBack", events.GoBack(here)
    yield "ChooseMethod password", events.ChooseMethod(here, FactorMethod.PASSWORD)
    yield "ChooseMethod code", events.ChooseMethod(here, FactorMethod.ONE_TIME_CODE)
    yield "EnterSecret", events.EnterSecret(here, "135790")
    yield "EnterSecret empty", events.EnterSecret(here, "")
    yield "ChoosePeriod all", events.ChoosePeriod(here, Period.ALL)
    yield "ChoosePeriod same", events.ChoosePeriod(here, Period.YEAR)
    yield "Choose another", events.Choose(here, "60")
    yield "Choose same", events.Choose(here, "12")
    yield "Choose none of them", events.Choose(here, "13")
    yield "Begin consultation", events.Begin(here, CONSULTATION, "f2")
    yield "ChooseCategory", events.ChooseCategory(here, Category.SUGGESTION)
    yield "EnterText", events.EnterText(here, TEXT, True)
    yield "EnterText kept", events.EnterText(here, TEXT[:2], False)
    yield "EnterText empty", events.EnterText(here, " ", True)
    yield "EnterText too long", events.EnterText(here, "长" * (LONGEST_TEXT + 1), True)
    yield "TakePicture", events.TakePicture(here)
    yield "DropPicture", events.DropPicture(here)
    for entry in Entry:
        yield f"ChangeEntry {entry.value}", events.ChangeEntry(here, entry)
    yield "EnterNumber", events.EnterNumber(here, SLIP_NUMBER.lower())
    yield "EnterNumber wrong", events.EnterNumber(here, SLIP_NUMBER[:-1])
    yield "Print", events.Print(here, ("j3", "j4"))
    yield "Print one id", events.Print(here, ("j3",))
    yield "AnswerOutcome came out", events.AnswerOutcome(here, "j1", True)
    yield "AnswerOutcome did not", events.AnswerOutcome(here, "j1", False)
    yield "AnswerOutcome other job", events.AnswerOutcome(here, "j9", True)
    yield "Reprint", events.Reprint(here, ("j3", "j4"))
    yield "Reprint used id", events.Reprint(here, ("j1", "j3"))
    yield "Rate", events.Rate(here, 4)
    yield "Rate 6", events.Rate(here, 6)
    yield "CallStaff", events.CallStaff("v2")
    yield "EnterPin", events.EnterPin(here, "246810")
    yield "EnterPin empty", events.EnterPin(here, "")
    yield "ActAsStaff drain", events.ActAsStaff(here, StaffAct.DRAIN)
    yield "ActAsStaff retry", events.ActAsStaff(here, StaffAct.RETRY, LETTER.key)
    yield "ActAsStaff retry another", events.ActAsStaff(here, StaffAct.RETRY, "d" * 32)
    yield "End", events.End()
    yield "ConfirmEnd", events.ConfirmEnd()
    yield "KeepGoing", events.KeepGoing()

    def number(*kinds: str) -> int:
        return next((visit.awaited[kind] for kind in kinds if kind in visit.awaited), 0)

    text = visit.lookup.text if visit.lookup else ""
    yield "LookedUp", events.LookedUp(who, number("LookUp"), answer_to(text))
    yield "FoundRead", events.FoundRead(who, number("ReadFound"), ARTICLE)
    yield "LookUpFailed", events.LookUpFailed(who, number("LookUp", "ReadFound"), PROBLEM)
    read, watch = number("ReadCard"), number("WatchMedia")
    yield "CardInserted", events.CardInserted(who, read)
    yield "CardRefused", events.CardRefused(who, read, Problem("card.read_failed"))
    yield "CardRead", events.CardRead(who, read, person(), TODAY)
    yield "CardRead expired", events.CardRead(who, read, person(valid_to="20260101"), TODAY)
    yield "CardRead not yet", events.CardRead(who, read, person(valid_from="20270101"), date(2026, 1, 1))
    yield "CardRead no dates", events.CardRead(who, read, person(valid_to="?"), TODAY)
    yield "CardRead late", events.CardRead("v0", read, person(NUMBERS[1]), TODAY)
    yield "CardFailed", events.CardFailed(who, read, Problem("reader.gone"))
    yield "CardFailed interrupted", events.CardFailed(who, read, Problem("reader.interrupted"))
    yield "CardFailed no time", events.CardFailed(who, read, Problem("device.no_time_left"))
    yield "CodeSent", events.CodeSent(who, number("SendCode"), "138****1234")
    yield "FactorPassed", events.FactorPassed(who, number("VerifyFactor"))
    factor = number("VerifyFactor", "SendCode")
    refused = Problem("identity.factor_refused")
    yield "FactorRefused", events.FactorRefused(who, factor, refused, 2, False)
    yield "FactorRefused last", events.FactorRefused(who, factor, refused, 0, False)
    yield "FactorRefused blocked", events.FactorRefused(who, factor, Problem("identity.blocked"), None, True)
    yield "QueryAnswered", events.QueryAnswered(who, number("RunQuery"), statement(period=Period.ALL))
    yield "QueryAnswered nothing", events.QueryAnswered(who, number("RunQuery"), None)
    yield "DepartmentAnswered", events.DepartmentAnswered(who, number("AskDepartment"), department_answer(choice="60"))
    yield "DepartmentAnswered nothing", events.DepartmentAnswered(who, number("AskDepartment"), None)
    asked = number("SendCode", "VerifyFactor", "RunQuery", "SubmitRating", "AskDepartment")
    yield "PlatformFailed", events.PlatformFailed(who, asked, PROBLEM)
    yield "PlatformFailed token", events.PlatformFailed(who, asked, Problem("identity.token_expired"))
    yield "RoomReserved", events.RoomReserved(who, number("ReserveOffline"))
    yield "AttachmentTaken", events.AttachmentTaken(who, number("TakeAttachment"), PICTURE)
    yield "PaperLost", events.PaperLost(who, number("ShowPaper"))
    yield "ItemStored", events.ItemStored(who, number("SubmitItem"), HANDED_IN)
    code = number("ReadSlipCode")
    yield "SlipCodeSeen", events.SlipCodeSeen(who, code)
    yield "SlipCodeRefused", events.SlipCodeRefused(who, code, Problem("slip_code.damaged"))
    yield "SlipCodeRead", events.SlipCodeRead(who, code, SLIP_NUMBER)
    yield "SlipCodeRead other", events.SlipCodeRead(who, code, "T-1")
    yield "SlipCodeStopped", events.SlipCodeStopped(who, code)
    yield "KeptTold", events.KeptTold(who, number("AskKept"), True)
    yield "KeptTold not", events.KeptTold(who, number("AskKept"), False)
    yield "PinChecked", events.PinChecked(who, number("CheckPin"), None)
    yield "PinChecked wrong", events.PinChecked(who, number("CheckPin"), Problem("staff.pin_wrong"))
    yield "StaffTold", events.StaffTold(who, number("AskStaffBoard"), replace(BOARD, queued=1))
    yield "StaffDone", events.StaffDone(who, number("DoForStaff"), Problem("staff.drain_begun"))
    yield "SlipStateTold", events.SlipStateTold(who, number("AskSlipState"), STANDING)
    store = number(
        "ReserveOffline",
        "TakeAttachment",
        "SubmitItem",
        "AskSlipState",
        "ReadSlipCode",
        "AskKept",
        "CheckPin",
        "AskStaffBoard",
        "DoForStaff",
    )
    yield "StoreFailed", events.StoreFailed(who, store, PROBLEM)
    paper = number("PrintDocument")
    for job in ("j1", "j2"):
        yield f"PrintEnded {job}", events.PrintEnded(who, paper, job, Outcome.PRINTED, None)
        yield f"PrintEnded {job} unknown", events.PrintEnded(who, paper, job, Outcome.UNKNOWN, PROBLEM)
        yield f"PrintEnded {job} not", events.PrintEnded(who, paper, job, Outcome.NOT_PRINTED, PROBLEM)
    yield "Rated", events.Rated(who, number("SubmitRating"))
    yield "CurtainDrawn", events.CurtainDrawn(who, number("DrawCurtain"))
    yield "Wiped", events.Wiped(who, number("Wipe"))
    yield "MediaGone", events.MediaGone(who, watch)
    yield "MediaLies", events.MediaLies(who, watch)
    yield "MediaUnknown", events.MediaUnknown(who, watch)
    for timer, effect_id in visit.timers.items():
        yield f"TimerFired {timer}", events.TimerFired(who, effect_id, timer)
    yield "TimerFired late", events.TimerFired(who, 0, IDLE)
    yield "DeviceChanged reader", events.DeviceChanged(READER, ONLINE)
    yield "DeviceChanged reader gone", events.DeviceChanged(READER, GONE)
    yield "DeviceChanged camera", events.DeviceChanged(CAMERA, ONLINE)
    yield "DeviceChanged camera gone", events.DeviceChanged(CAMERA, GONE)
    yield "DeviceChanged barcode reader", events.DeviceChanged(BARCODE, ONLINE)
    yield "DeviceChanged barcode reader gone", events.DeviceChanged(BARCODE, GONE)
    yield "StoreChanged", events.StoreChanged(Problem("offline.full"))
    yield "DeviceChanged printer", events.DeviceChanged(DeviceClass.SHEET_PRINTER, GONE)
    yield "PlatformChanged", events.PlatformChanged(PlatformState.UNREACHABLE, False)
    yield "ReferenceChanged", events.ReferenceChanged(Problem("reference.none"))
    yield "ReferenceRenewed", events.ReferenceRenewed()
    yield "Recovered", events.Recovered("v3")
    yield "Recovered while handing in", events.Recovered("v3", "c" * 32)
    yield "Broke", events.Broke()


def describe(before: Session, after: Session, asked: tuple[effects.Effect, ...]) -> str:
    """What one step did, in one line, with nothing personal; "" when it did nothing but drop the event or restart the
    counts that a touch restarts (test_times and test_answers look at those)."""
    parts: list[str] = []
    old, new = before.visit, after.visit
    if new.page != old.page or new.page_serial != old.page_serial:
        how = "=" if new.page_serial == old.page_serial else "->"
        parts.append(f"{how} {_page(new.page)}")
    if after.overlay is not before.overlay:
        parts.append(f"overlay {after.overlay.value}")
    plain = ("visit_id", "settings", "factor_passed", "printed", "card_asked", "repeats", "grade", "ending",
             "slip_number", "handed_in", "kept")  # fmt: skip
    parts += [f"{name} {_short(getattr(new, name))}" for name in plain if getattr(new, name) != getattr(old, name)]
    for name in ("person", "statement", "answer", "flow", "wanted", "draft", "lookup"):
        mine, theirs = getattr(new, name), getattr(old, name)
        if mine != theirs:
            parts.append(f"{name} {'none' if mine is None else 'kept' if theirs is None else 'other'}")
    if after.availability != before.availability:
        parts.append("availability")
    if set(new.awaited) != set(old.awaited):
        parts += [f"no longer awaits {name}" for name in sorted(set(old.awaited) - set(new.awaited))]
        parts += [f"awaits {name}" for name in sorted(set(new.awaited) - set(old.awaited))]
    if parts or not all(isinstance(one, effects.SetTimer) and one.timer in (IDLE, COVER, RESULT) for one in asked):
        parts += [_effect(one) for one in asked]
    return "; ".join(parts)


def _page(page: object) -> str:
    return (
        repr(page)
        .replace("Problem(key=", "")
        .replace(", placeholders={})", "")
        .replace("Page(", "(")
        .replace(
            "methods=(<FactorMethod.PASSWORD: 'servicePassword'>, <FactorMethod.ONE_TIME_CODE: 'oneTimeCode'>), ", ""
        )
    )


def _short(value: object) -> str:
    return f"{value.language.value} {value.text_size.value}" if hasattr(value, "language") else str(value)  # type: ignore[attr-defined]


def _papers_before(effect: effects.PrintDocument) -> list[str]:
    return [document.value for document, outcome in effect.outcomes if outcome is Outcome.PRINTED]


def _effect(effect: effects.Effect) -> str:
    name = type(effect).__name__
    match effect:
        case effects.SetTimer():
            return f"set {effect.timer} {effect.seconds:g}"
        case effects.ClearTimer():
            return f"clear {effect.timer}"
        case effects.PrintDocument():
            return f"{name} {effect.document.value} {effect.job_id} after {_papers_before(effect)}"
        case effects.RunQuery():
            return f"{name} {effect.period.value}"
        case effects.AskDepartment():
            return f"{name} {effect.choice}"
        case effects.ReadCard():
            return f"{name} {'lying' if effect.accepts_lying else 'lifted'}"
        case effects.Wipe():
            return f"{name} {effect.ending.value}"
        case effects.SubmitRating():
            return f"{name} {effect.grade}"
        case effects.DoForStaff():
            return f"{name} {effect.act.value}"
        case effects.TellHall():
            return f"{name} {effect.event}"
    return name


OVERLAID = {
    Overlay.COVER: "cover",
    Overlay.IDLE_WARNING: "idle warning",
    Overlay.TIME_WARNING: "time warning",
    Overlay.CONFIRM_END: "confirm end",
}
__all__ = ["OVERLAID", "PLACES", "SAMPLES", "crowded", "describe", "ready", "sample_events"]
