"""No answer ever reaches another visit: several visits under arbitrary delays, repeats, losses and reorderings."""

from collections.abc import Iterator
from dataclasses import dataclass, field, is_dataclass
from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from devices.receipt_printer.types import Outcome
from devices.status import DeviceClass
from kiosk.base.errors import Problem
from kiosk.base.record import replace
from kiosk.central.contract import FactorMethod, Period
from kiosk.central.department import DepartmentAnswer
from kiosk.session import effects, events
from kiosk.session.events import INTENTS
from kiosk.session.lookup import Answer, Article, FoundKind, FoundLine, Lookup
from kiosk.session.machine import step
from kiosk.session.staff import StaffAct
from kiosk.session.state import (
    AttachStage,
    Language,
    Overlay,
    Place,
    PlatformState,
    Session,
    StaffStage,
    SubmitStage,
    TextSize,
    WriteStage,
)
from kiosk.session.submission import Attachment, Category, Draft, Entry, HandedIn, SlipStanding, SlipState
from kiosk.session.table import ANSWERS, TRANSITIONS, Ignore
from kiosk.session.turn import AWAITED
from kiosk.session.watches import NOT_LIVE
from tests.kiosk.session.samples import BOARD, LETTER
from tests.kiosk.session.world import (
    CODE,
    CONSULTATION,
    FLOW,
    GONE,
    LOOKUP,
    NUMBERS,
    ONLINE,
    PLAIN,
    SLIP_NUMBER,
    TODAY,
    Drive,
    answer_to,
    department_answer,
    person,
    ready,
    statement,
)

PROBLEM = Problem("central.slow")
LIKELY = 3
"""So many times likelier than any other event is the one that leads on, so that visits get far."""


@dataclass
class World:
    """The machine in an outside that may do anything.

    Attributes:
        letters: answers under way, each deliverable any number of times, at any later moment.
        visits: so many have begun; says what the next one is about, so worlds begin at different ones.
        tags: visit id -> the mark in every personal value of that visit.
        out: awaited effects by visit that were neither answered nor given up, by kind.
    """

    session: Session = field(default_factory=lambda: Session(availability=ready()))
    letters: list[Any] = field(default_factory=list)
    visits: int = 0
    farthest: set[Place] = field(default_factory=set)
    given_up: set[int] = field(default_factory=set)
    seconds: float = 0.0

    @property
    def tag(self) -> str:
        return self.session.visit.visit_id

    def do(self, event: object) -> None:
        before = self.session
        after, asked = step(before, event)
        self.session = after
        self.farthest.add(after.visit.page.place)
        self.check(before, event, asked)
        for effect in asked:
            self.letters += answers_to(effect)

    def check(self, before: Session, event: Any, asked: tuple[effects.Effect, ...]) -> None:
        """What must hold after every step."""
        after, visit = self.session, self.session.visit
        for value in personal_values(after):
            assert visit.visit_id, "somebody's data without a visit"
            assert visit.visit_id in value, "another visit's data in the state"
        for effect in asked:
            assert effect.visit_id in (before.visit.visit_id, visit.visit_id)
            for value in personal_values(effect):
                assert effect.visit_id in value, "another visit's data in an effect"
        numbers = [effect.effect_id for effect in asked]
        assert numbers == sorted(set(numbers))
        assert all(number >= before.visit.next_effect for number in numbers), "an effect id was used twice"
        assert set(visit.awaited) <= AWAITED
        if type(event) in ANSWERS:
            is_mine = event.visit_id == before.visit.visit_id
            if not is_mine or event.effect_id not in before.visit.outstanding:
                assert after == replace(before, dropped=before.dropped + 1)
                assert asked == ()
            else:
                assert after.dropped == before.dropped
                rule = TRANSITIONS[before.visit.page.place, type(event)]
                assert not isinstance(rule, Ignore), "an awaited answer came where it means nothing"
        if visit.page.place is Place.ATTRACT:
            assert (visit.visit_id, visit.timers, visit.awaited) == ("", {}, {})
            assert visit.settings == after.defaults
        else:
            assert visit.timers, "nothing would ever end this visit"
        if visit.page.place in NOT_LIVE:
            assert (visit.person, visit.statement, visit.answer, visit.flow) == (None, None, None, None)
            assert (visit.draft, visit.handed_in, visit.wanted, visit.slip_number) == (None, None, None, "")
            assert visit.lookup is None
            assert after.overlay is Overlay.NONE
        if visit.statement is not None or visit.answer is not None:
            assert visit.factor_passed, "personal data without a factor"
        for name, number in self.one_by_kind(asked):
            assert visit.awaited.get(name) == number or visit.visit_id == ""

    def one_by_kind(self, asked: tuple[effects.Effect, ...]) -> Iterator[tuple[str, int]]:
        """The last effect of each awaited kind asked in a step: that one and no older one is awaited."""
        last = {type(effect).__name__: effect.effect_id for effect in asked if type(effect).__name__ in AWAITED}
        stopped = any(isinstance(one, (effects.StopReading, effects.StopWatching)) for one in asked)
        return iter(() if stopped else last.items())

    def start(self) -> None:
        self.visits += 1
        name = f"visit-{self.visits}-"
        firsts = {3: events.CallStaff(name), 4: events.Recovered(name, "f1")}
        self.do(firsts.get(self.visits % 7, events.Start(name)))


def personal_values(whole: object) -> Iterator[str]:
    """The marked texts of every card and statement inside `whole`, and what was typed."""
    if isinstance(whole, effects.VerifyFactor):
        yield whole.secret
    if type(whole).__name__ in ("CardText", "FundAccount"):
        yield whole.name  # type: ignore[attr-defined]
    elif isinstance(whole, DepartmentAnswer):
        yield str(whole.values["name"])
    elif type(whole).__name__ == "FactorPage" and whole.phone_masked:  # type: ignore[attr-defined]
        yield whole.phone_masked  # type: ignore[attr-defined]
    elif isinstance(whole, Draft):
        yield from (text for text in (whole.form_key, whole.text) if text)
    elif isinstance(whole, Attachment):
        yield whole.attachment_id
    elif isinstance(whole, HandedIn):
        yield whole.at
    elif isinstance(whole, SlipStanding):
        yield whole.terminal_id
    elif isinstance(whole, Lookup | effects.LookUp) and whole.text:
        yield whole.text
    elif isinstance(whole, FoundLine):
        yield whole.name
    if isinstance(whole, (tuple, list)):
        for one in whole:
            yield from personal_values(one)
    elif is_dataclass(whole) or isinstance(whole, msgspec.Struct):
        for name in getattr(whole, "__struct_fields__", getattr(whole, "__dataclass_fields__", ())):
            yield from personal_values(getattr(whole, name))


def answers_to(effect: effects.Effect) -> list[Any]:
    """Every answer that the effect may get; all of them carry the mark of its visit."""
    who, number = effect.visit_id, effect.effect_id
    seed = NUMBERS[number % len(NUMBERS)]
    card = msgspec.structs.replace(person(seed), name=who)
    match effect:
        case effects.ReadCard():
            old = msgspec.structs.replace(card, valid_to="20200101")
            return [
                events.CardRead(who, number, card, TODAY),
                events.CardInserted(who, number),
                events.CardRefused(who, number, Problem("card.read_failed")),
                events.CardRead(who, number, old, date(2026, 1, 1)),
                events.CardFailed(who, number, Problem("reader.interrupted")),
            ]
        case effects.SendCode():
            return [events.CodeSent(who, number, who), events.PlatformFailed(who, number, PROBLEM)]
        case effects.VerifyFactor():
            return [
                events.FactorPassed(who, number),
                events.FactorRefused(who, number, Problem("identity.factor_refused"), 2, False),
                events.PlatformFailed(who, number, PROBLEM),
            ]
        case effects.RunQuery():
            found = statement(seed, effect.period)
            mine = replace(found, account=replace(found.account, name=who))
            return [
                events.QueryAnswered(who, number, mine),
                events.QueryAnswered(who, number, None),
                events.PlatformFailed(who, number, PROBLEM),
                events.PlatformFailed(who, number, Problem("identity.token_expired")),
            ]
        case effects.AskDepartment():
            held = department_answer(seed, effect.choice, effect.item_code)
            mine_too = replace(held, values={**held.values, "name": who})
            return [
                events.DepartmentAnswered(who, number, mine_too),
                events.DepartmentAnswered(who, number, None),
                events.PlatformFailed(who, number, PROBLEM),
                events.PlatformFailed(who, number, Problem("identity.token_expired")),
            ]
        case effects.LookUp():
            codes = (FLOW.item_code, CONSULTATION.item_code, LOOKUP.item_code, PLAIN.item_code)
            here = [FoundLine(FoundKind.ITEM, code, who, "", is_here=True) for code in codes]
            lines = (*here, FoundLine(FoundKind.PLACE, "320613", who, ""))
            answer = Answer(effect.text, lines, False, answer_to("").dated)
            return [events.LookedUp(who, number, answer), events.LookUpFailed(who, number, PROBLEM)]
        case effects.ReadFound():
            article = Article(effect.line, (), answer_to("").dated)
            return [events.FoundRead(who, number, article), events.LookUpFailed(who, number, PROBLEM)]
        case effects.ReadSlipCode():
            return [
                events.SlipCodeRead(who, number, SLIP_NUMBER),
                events.SlipCodeSeen(who, number),
                events.SlipCodeRefused(who, number, PROBLEM),
                events.SlipCodeStopped(who, number),
            ]
        case effects.ShowPaper():
            return [events.PaperLost(who, number)]
        case effects.AskKept():
            return [events.KeptTold(who, number, True), events.KeptTold(who, number, False)]
        case effects.CheckPin():
            return [events.PinChecked(who, number, None), events.PinChecked(who, number, PROBLEM)]
        case effects.AskStaffBoard():
            return [events.StaffTold(who, number, BOARD)]
        case effects.DoForStaff():
            return [events.StaffDone(who, number, PROBLEM)]
        case effects.ReserveOffline():
            return [events.RoomReserved(who, number), events.StoreFailed(who, number, PROBLEM)]
        case effects.TakeAttachment():
            taken = events.AttachmentTaken(who, number, Attachment(who, b""))
            return [taken, events.StoreFailed(who, number, PROBLEM)]
        case effects.SubmitItem():
            stored = events.ItemStored(who, number, HandedIn(SLIP_NUMBER, who, None, effect.is_verified))
            return [stored, events.StoreFailed(who, number, PROBLEM)]
        case effects.AskSlipState():
            told = events.SlipStateTold(who, number, SlipStanding(SlipState.RECEIVED, who))
            return [told, events.StoreFailed(who, number, PROBLEM)]
        case effects.PrintDocument():
            return [events.PrintEnded(who, number, effect.job_id, outcome, None) for outcome in Outcome]
        case effects.SubmitRating():
            return [events.Rated(who, number), events.PlatformFailed(who, number, PROBLEM)]
        case effects.DrawCurtain():
            return [events.CurtainDrawn(who, number)]
        case effects.Wipe():
            return [events.Wiped(who, number)]
        case effects.WatchMedia():
            return [events.MediaLies(who, number), events.MediaGone(who, number), events.MediaUnknown(who, number)]
        case effects.SetTimer():
            return [events.TimerFired(who, number, effect.timer)]
    return []


def acts(world: World, job: int) -> list[object]:
    """What a person may do here, the act that leads on first."""
    visit = world.session.visit
    here, ids = visit.page_serial, (f"j{job}", f"j{job}b")
    flow = (FLOW, CONSULTATION, LOOKUP, PLAIN)[world.visits % 4]
    leads: dict[Place, object] = {
        Place.HOME: events.OpenSearch(here) if job % 4 == 0 else events.ChooseItem(here, flow.item_code),
        Place.SEARCH: events.EnterText(here, f"{world.tag}{job}", False),
        Place.GUIDE: events.Begin(here, flow, world.tag),
        Place.RESULT: events.Print(here, ids),
        Place.ANSWER: events.Print(here, ids),
        Place.WRITE: events.ChooseCategory(here, Category.HELP),
        Place.ATTACH: events.TakePicture(here),
        Place.NUMBER: events.EnterNumber(here, SLIP_NUMBER),
        Place.RATE: events.Rate(here, 5),
        Place.STAFF: events.EnterPin(here, "246810"),
    }
    if getattr(visit.page, "stage", None) is WriteStage.TEXT:
        leads[Place.WRITE] = events.EnterText(here, world.tag, job % 5 > 0)
    elif getattr(visit.page, "stage", None) is AttachStage.SHOW:
        leads[Place.ATTACH] = events.Continue(here)
    elif getattr(visit.page, "stage", None) is StaffStage.OPEN:
        leads[Place.STAFF] = events.ActAsStaff(here, StaffAct.RETRY, LETTER.key)
    elif getattr(visit.page, "stage", None) is SubmitStage.DONE:
        leads[Place.SUBMIT] = events.Print(here, ids[:1])
    elif visit.lookup is not None and visit.lookup.answer is not None and visit.lookup.is_settled:
        leads[Place.SEARCH] = events.OpenFound(here, visit.lookup.answer.lines[(world.visits + job % 2) % 5])
    if visit.page.place is Place.FACTOR:
        chosen = getattr(visit.page, "method", None) is not None
        method = FactorMethod.PASSWORD if job % 2 else FactorMethod.ONE_TIME_CODE
        leads[Place.FACTOR] = events.EnterSecret(here, world.tag) if chosen else events.ChooseMethod(here, method)
    return [
        leads.get(visit.page.place, events.Continue(here)),
        events.Continue(here),
        events.Continue(here - 1),
        events.GoBack(here),
        events.OpenSearch(here),
        events.ChoosePeriod(here, Period.ALL),
        events.Choose(here, PLAIN.choices[job % 2]),
        events.AnswerOutcome(here, f"j{job}", True),
        events.Reprint(here, ids),
        events.ChangeEntry(here, tuple(Entry)[job % 3]),
        events.DropPicture(here),
        events.Touched(),
        events.KeepGoing(),
        events.End(),
        events.ConfirmEnd(),
        events.SetLanguage(Language.EN),
        events.SetTextSize(TextSize.ELDER),
        events.DeviceChanged(DeviceClass.ID_CARD_READER, GONE),
        events.DeviceChanged(DeviceClass.ID_CARD_READER, ONLINE),
        events.DeviceChanged(DeviceClass.BARCODE_READER, GONE),
        events.DeviceChanged(DeviceClass.BARCODE_READER, ONLINE),
        events.PlatformChanged(PlatformState.ONLINE, job % 3 > 0),
        events.StoreChanged(PROBLEM),
        events.Broke(),
    ]


def choose(world: World, number: int) -> object:
    """One event: of the person, of the mail (late, twice, in any order), or of a timer."""
    kind, rest = number % 8, number // 8
    timers = [letter for letter in world.letters if isinstance(letter, events.TimerFired)]
    mail = [letter for letter in world.letters if not isinstance(letter, events.TimerFired)]
    awaited = [one for one in mail if one.effect_id in world.session.visit.outstanding]
    if kind < LIKELY and awaited:
        return awaited[0] if rest % 4 else awaited[rest % len(awaited)]
    if kind == LIKELY and mail:
        return mail[rest % len(mail)]
    if kind == LIKELY + 1 and timers:
        return timers[rest % len(timers)]
    some = acts(world, number)
    return some[0] if rest % 3 else some[rest % len(some)]


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.integers(0, 10_000), min_size=20, max_size=120))
def test_no_answer_ever_reaches_another_visit_and_every_visit_ends(numbers: list[int]) -> None:
    world = World(visits=numbers[0] % 28)
    for number in numbers:
        if world.session.visit.page.place is Place.ATTRACT:
            world.start()
        else:
            world.do(choose(world, number))
    world.letters = [letter for letter in world.letters if not isinstance(letter, events.TimerFired)]
    assert_ends_by_itself(world.session)


def assert_ends_by_itself(session: Session) -> None:
    """With an outside that never answers and nobody who touches, timers alone bring every state to the attract page."""
    now, due = 0.0, {}
    for name, number in session.visit.timers.items():
        due[name] = (0.0, number)  # how long they have run is not known: any order must do
    for _ in range(60):
        if session.visit.page.place is Place.ATTRACT:
            return
        name = min(due, key=lambda one: (due[one][0], one))
        now, number = due.pop(name)
        session, asked = step(session, events.TimerFired(session.visit.visit_id, number, name))
        for one in asked:
            if isinstance(one, effects.SetTimer):
                due[one.timer] = (now + one.seconds, one.effect_id)
            elif isinstance(one, effects.ClearTimer):
                due.pop(one.timer, None)
        assert set(due) == set(session.visit.timers)
    pytest.fail(f"still at {session.visit.page.place} after {now:g} s")


@pytest.mark.parametrize(
    "way",
    [Drive.start, Drive.to_search, Drive.to_found, Drive.to_notice, Drive.to_identify, Drive.to_consent, Drive.to_enter, Drive.to_query, Drive.to_result,
     Drive.to_asking, Drive.to_answer, Drive.to_other_choice, Drive.to_answer_print, Drive.to_print, Drive.to_printed, Drive.to_rate, Drive.to_reserving, Drive.to_write, Drive.to_text, Drive.to_picture,
     Drive.to_review, Drive.to_submit, Drive.to_handed_in, Drive.to_number, Drive.to_progress, Drive.to_curtain, Drive.to_wipe, Drive.to_card_call,
     Drive.to_staff_pin],
)  # fmt: skip
def test_walking_away_on_any_page_leads_to_the_attract_page(way: Any) -> None:
    assert_ends_by_itself(way(Drive()).session)


def test_the_arbitrary_worlds_really_reach_every_place() -> None:
    """The property says little if its visits never get far."""
    reached: set[Place] = set()
    for seed in range(60):
        world = World(visits=seed)
        for turn in range(160):
            if world.session.visit.page.place is Place.ATTRACT:
                world.start()
            else:
                world.do(choose(world, (seed * 7919 + turn * 104_729) % 10_007))
        reached |= world.farthest
    assert reached == set(Place)


@pytest.mark.parametrize("kind", list(ANSWERS), ids=lambda kind: kind.__name__)
def test_an_answer_of_yesterdays_visit_is_dropped_and_counted(kind: type) -> None:
    """Even when the effect's number happens to be awaited by the visit of today."""
    drive = Drive().to_result()
    for effect in ANSWERS[kind]:
        visit = replace(drive.session.visit, awaited={effect.__name__: 77})
        session = replace(drive.session, visit=visit)
        letters = [one for one in answers_of(kind) if type(one) is kind]
        assert letters
        after, asked = step(session, _replaced(letters[0], visit_id="yesterday", effect_id=77))
        assert after == replace(session, dropped=1)
        assert asked == ()


@pytest.mark.parametrize("kind", list(ANSWERS), ids=lambda kind: kind.__name__)
def test_an_answer_to_another_kind_of_effect_is_dropped(kind: type) -> None:
    drive = Drive().to_result()
    others = [name for name in AWAITED if name not in {effect.__name__ for effect in ANSWERS[kind]}]
    session = replace(drive.session, visit=replace(drive.session.visit, awaited=dict.fromkeys(others, 77)))
    letter = _replaced(answers_of(kind)[0], visit_id="v1", effect_id=77)
    assert step(session, letter)[0] == replace(session, dropped=1)


def _replaced(letter: Any, **changes: Any) -> Any:
    """The letter with another address."""
    return replace(letter, **changes)


def answers_of(kind: type) -> list[Any]:
    """Answers of a kind, to any effect that it may answer."""
    who = person()
    some: list[effects.Effect] = [
        effects.ReadCard("v1", 1),
        effects.SendCode("v1", 1, who),
        effects.VerifyFactor("v1", 1, who, FactorMethod.PASSWORD, "135790"),
        effects.RunQuery("v1", 1, CODE, Period.YEAR),
        effects.AskDepartment("v1", 1, PLAIN.item_code, "12"),
        effects.PrintDocument("v1", 1, FLOW.documents[0], "j", CODE, Language.EN, who, statement()),
        effects.SubmitRating("v1", 1, CODE, 5),
        effects.LookUp("v1", 1, "v1"),
        effects.ReadFound("v1", 1, FoundLine(FoundKind.PLACE, "320613", "v1", "")),
        effects.ReadSlipCode("v1", 1),
        effects.AskKept("v1", 1, "f1"),
        effects.ShowPaper("v1", 1),
        effects.CheckPin("v1", 1, "246810"),
        effects.AskStaffBoard("v1", 1),
        effects.DoForStaff("v1", 1, StaffAct.DRAIN, ""),
        effects.ReserveOffline("v1", 1),
        effects.TakeAttachment("v1", 1),
        effects.SubmitItem("v1", 1, who, Draft("f1", CODE), True, True),
        effects.AskSlipState("v1", 1, SLIP_NUMBER, who, True, True),
        effects.DrawCurtain("v1", 1),
        effects.Wipe("v1", 1, ending_of()),
        effects.WatchMedia("v1", 1),
    ]
    return [answer for effect in some for answer in answers_to(effect) if type(answer) is kind]


def ending_of() -> Any:
    from kiosk.session.state import Ending

    return Ending.DONE


def test_an_unknown_event_is_a_bug_and_says_so() -> None:
    with pytest.raises(KeyError):
        step(Session(), object())
    assert object not in INTENTS
