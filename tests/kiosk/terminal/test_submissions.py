"""The hand that hands in: the very same item after every fault, the receipt when it comes, the state by store and platform."""

import io
import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import msgspec
import pytest
from PIL import Image

from kiosk.base.clock import ManualClock
from kiosk.base.errors import Problem
from kiosk.base.record import replace
from kiosk.documents.terminal_number import TerminalNumber
from kiosk.session import effects, events
from kiosk.session.submission import Attachment, Category, Draft, SlipStanding, SlipState
from kiosk.terminal import pictures
from kiosk.terminal.submission_bodies import Consultation
from kiosk.terminal.submissions import Picture, Submissions
from offline_cache.outbox.item import NewItem, Stored
from offline_cache.process.protocol import Attached, ItemStanding
from offline_cache.sync.contract import OwnCase, OwnCases, SlipAnswer
from provisioning.platform.intake.consultation import ConsultationV1
from provisioning.platform.intake.late_rating import RatingV1
from tests.kiosk.session.world import person

KEY = "a" * 32
DRAFT = Draft(KEY, "11320600MB9990055M3322016001001", Category.COMPLAINT, "第一行\n第二行 ", None)
NUMBER = TerminalNumber("XH-01", 7, 1).text


@dataclass
class FakeDesk:
    """Fulfils `kiosk.terminal.offline.Offline` with answers as told; each answers on a thread of its own caller."""

    refusal: Problem | None = None
    put: list[tuple[Stored, ...] | Problem] = field(default_factory=list)
    standings: list[ItemStanding | Problem] = field(default_factory=list)
    items: list[NewItem] = field(default_factory=list)
    is_silent: bool = False

    @property
    def problem(self) -> Problem | None:
        return self.refusal

    def reserve(self, visit_id: str, rows: int, size: int, answer: Callable[[Problem | None], None]) -> None:
        assert visit_id
        assert rows == 2
        assert size > 0
        answer(self.refusal)

    def submit(
        self, visit_id: str, items: Sequence[NewItem], answer: Callable[[tuple[Stored, ...] | Problem], None]
    ) -> None:
        assert visit_id
        self.items += items
        if not self.is_silent:
            answer(self.put.pop(0) if self.put else (Stored("s", len(self.items)),))

    def attach(
        self,
        visit_id: str,
        media_type: str,
        purpose: str,
        content: bytes,
        answer: Callable[[Attached | Problem], None],
    ) -> None:
        assert (media_type, purpose) == ("image/jpeg", "material")
        assert visit_id
        answer(self.refusal or Attached(0, UUID(KEY), len(content), "0" * 64))

    def drop(self, visit_id: str, attachment_id: UUID) -> None:
        raise AssertionError((visit_id, attachment_id))

    def ask_item(self, visit_id: str, idem: UUID, answer: Callable[[ItemStanding | Problem], None]) -> None:
        assert visit_id
        assert idem == UUID(KEY)
        self._tell(answer)

    def ask_slip(self, visit_id: str, slip_number: str, answer: Callable[[ItemStanding | Problem], None]) -> None:
        assert visit_id
        assert slip_number.startswith("T-")
        self._tell(answer)

    def _tell(self, answer: Callable[[ItemStanding | Problem], None]) -> None:
        answer(self.standings.pop(0) if len(self.standings) > 1 else self.standings[0])


@dataclass
class FakePlatform:
    answer: SlipAnswer | Problem = field(default_factory=lambda: Problem("central.unreachable"))
    cases: OwnCases | Problem = field(default_factory=lambda: Problem("identity.token_expired"))

    def own_cases(self, visit_id: str, answer: Callable[[OwnCases | Problem], None]) -> None:
        assert visit_id == "v1"
        answer(self.cases)

    def look_up(
        self, visit_id: str, slip_number: str, id_number: str, answer: Callable[[SlipAnswer | Problem], None]
    ) -> None:
        assert (visit_id, slip_number) == ("v1", NUMBER)
        assert id_number == person().id_number
        answer(self.answer)


@dataclass
class FakeCamera:
    shot: Picture | Problem = field(default_factory=lambda: pictures.PagePicture(b"page", b"small"))

    def take(self, action_id: str, answer: Callable[[Picture | Problem], None]) -> None:
        assert action_id
        answer(self.shot)

    def forget(self) -> None:
        """Nothing is at work."""


class Bench:
    """The hand with all that it asks, and what it posted."""

    def __init__(self) -> None:
        self.desk, self.platform, self.camera = FakeDesk(), FakePlatform(), FakeCamera()
        self.clock = ManualClock()
        self.numbers = iter([NUMBER, TerminalNumber("XH-01", 7, 2).text])
        self.number_problem: Problem | None = None
        self.posted: list[object] = []
        self._news = threading.Condition()
        self.hand = Submissions(
            "xh-01", self.desk, self.platform, self.camera, self.clock, self._next_number, self._post
        )

    def _next_number(self) -> str | Problem:
        return self.number_problem or next(self.numbers)

    def _post(self, event: object) -> None:
        with self._news:
            self.posted.append(event)
            self._news.notify_all()

    def run(self, effect: effects.Effect) -> object:
        """Carries out `effect` and returns what was posted for it."""
        count = len(self.posted)
        assert self.hand.run(effect)
        with self._news:
            assert self._news.wait_for(lambda: len(self.posted) > count, 5)
            return self.posted[-1]

    def wipe(self) -> None:
        done = threading.Event()
        self.hand.wipe(done.set)
        assert done.wait(5)


@pytest.fixture
def bench() -> Iterator[Bench]:
    one = Bench()
    yield one
    one.hand.stop()


def submit(number: int = 1, *, is_online: bool = False, draft: Draft = DRAFT, visit: str = "v1") -> effects.SubmitItem:
    return effects.SubmitItem(visit, number, person(), draft, is_verified=False, is_online=is_online)


def ask(*, is_online: bool = True, number: str = NUMBER, is_verified: bool = False) -> effects.AskSlipState:
    return effects.AskSlipState("v1", 9, number, person(), is_verified, is_online)


def test_the_body_is_what_the_platforms_intake_takes(bench: Bench) -> None:
    picture = Attachment(str(UUID(KEY)), b"")
    bench.run(submit(draft=replace(DRAFT, attachment=picture)))
    (item,) = bench.desk.items
    body = msgspec.json.decode(item.body, type=ConsultationV1)  # its bounds and patterns are the intake's
    assert (body.type, body.title, body.content) == ("complaint", "第一行", "第一行\n第二行")
    assert body.applicant is not None
    assert body.applicant.id_number == person().id_number
    assert (item.idem, item.kind, item.slip_number) == (UUID(KEY), "consultation", NUMBER)
    assert item.attachments == (UUID(KEY),)
    assert person().id_number not in repr(item) + repr(msgspec.json.decode(item.body, type=Consultation))


@pytest.mark.allow_log("submission_failed")  # the fault
def test_after_a_fault_the_very_same_item_is_put_again(bench: Bench) -> None:
    bench.desk.put = [Problem("store.away"), (Stored("s", 1, is_repeat=True),)]
    assert bench.run(submit(1)) == events.StoreFailed("v1", 1, Problem("store.away"))
    bench.clock.advance(60)
    stored = bench.run(submit(2))
    assert isinstance(stored, events.ItemStored)
    assert bench.desk.items[0] == bench.desk.items[1]
    assert stored.handed_in.terminal_number == NUMBER
    assert stored.handed_in.at == "2026-11-21 23:04:00"  # of the first time
    assert stored.handed_in.receipt is None


def test_another_form_is_another_item_with_a_number_of_its_own(bench: Bench) -> None:
    bench.run(submit(1))
    bench.wipe()
    bench.run(submit(2, draft=replace(DRAFT, form_key=uuid4().hex), visit="v2"))
    first, second = bench.desk.items
    assert first.idem != second.idem
    assert first.slip_number != second.slip_number
    assert first.order_key != second.order_key


def test_without_a_number_that_is_kept_nothing_is_put(bench: Bench) -> None:
    bench.number_problem = Problem("documents.number_not_kept")
    assert bench.run(submit()) == events.StoreFailed("v1", 1, Problem("documents.number_not_kept"))
    assert bench.desk.items == []


def test_online_the_platforms_receipt_is_waited_for(bench: Bench) -> None:
    queued, accepted = ItemStanding(0, "queued"), ItemStanding(0, "accepted", NUMBER, "ZX1")
    bench.desk.standings = [queued, accepted]
    stored = bench.run(submit(is_online=True))
    assert isinstance(stored, events.ItemStored)
    assert stored.handed_in.receipt == "ZX1"


def test_a_receipt_that_does_not_come_in_time_is_not_waited_for(bench: Bench) -> None:
    bench.desk.standings = [ItemStanding(0, "queued")]
    asked = bench.desk.ask_item

    def ask_item(visit_id: str, idem: UUID, answer: Callable[[ItemStanding | Problem], None]) -> None:
        bench.clock.advance(1)
        asked(visit_id, idem, answer)

    bench.desk.ask_item = ask_item  # type: ignore[method-assign]  # a store that takes a second
    stored = bench.run(submit(is_online=True))
    assert isinstance(stored, events.ItemStored)
    assert stored.handed_in.receipt is None


def test_the_end_of_the_visit_ends_a_wait_and_forgets_the_item(bench: Bench) -> None:
    bench.desk.is_silent = True
    assert bench.hand.run(submit())
    deadline = time.monotonic() + 5
    while not bench.desk.items and time.monotonic() < deadline:
        time.sleep(0.005)
    started = time.monotonic()
    bench.wipe()
    assert time.monotonic() - started < 2
    bench.desk.is_silent = False
    bench.run(submit(visit="v2"))
    assert bench.desk.items[-1].slip_number != bench.desk.items[0].slip_number


def test_room_is_promised_or_refused_with_its_reason(bench: Bench) -> None:
    assert bench.run(effects.ReserveOffline("v1", 1)) == events.RoomReserved("v1", 1)
    bench.desk.refusal = Problem("offline.full")
    assert bench.run(effects.ReserveOffline("v1", 2)) == events.StoreFailed("v1", 2, Problem("offline.full"))


def test_a_page_is_taken_sealed_and_shown(bench: Bench) -> None:
    taken = bench.run(effects.TakeAttachment("v1", 1))
    assert taken == events.AttachmentTaken("v1", 1, Attachment(str(UUID(KEY)), b"small"))
    bench.camera.shot = Problem("camera.gone")
    assert bench.run(effects.TakeAttachment("v1", 2)) == events.StoreFailed("v1", 2, Problem("camera.gone"))
    bench.camera.shot = pictures.PagePicture(bytes(7 << 20), b"small")
    assert bench.run(effects.TakeAttachment("v1", 3)) == events.StoreFailed("v1", 3, Problem("store.request_too_large"))
    bench.camera.shot, bench.desk.refusal = pictures.PagePicture(b"page", b"small"), Problem("offline.disk")
    assert bench.run(effects.TakeAttachment("v1", 4)) == events.StoreFailed("v1", 4, Problem("offline.disk"))


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("received", SlipState.RECEIVED),
        ("accepted", SlipState.ACCEPTED),
        ("needsCorrection", SlipState.NEEDS_CORRECTION),
        ("answered", SlipState.ANSWERED),
    ],
)
def test_what_the_platform_knows_is_told(bench: Bench, answer: str, state: SlipState) -> None:
    bench.platform.answer = SlipAnswer(answer, "XH-01", "ZX1", is_unverified=True)
    told = bench.run(ask())
    assert isinstance(told, events.SlipStateTold)
    assert (told.standing.state, told.standing.receipt, told.standing.is_unverified) == (state, "ZX1", True)


def test_after_a_second_factor_the_answer_is_told_too(bench: Bench) -> None:
    other = OwnCase("ZX0", "consultation", "accepted", "2026-11-20T08:00:00+08:00", "T-XH-01-7-000009-0")
    mine = OwnCase("ZX1", "consultation", "answered", "2026-11-21T08:00:00+08:00", NUMBER, "title", "words")
    bench.platform.cases = OwnCases((other, mine), confirmed=1)
    told = bench.run(ask(is_verified=True))
    assert isinstance(told, events.SlipStateTold)
    assert told.standing == SlipStanding(SlipState.ANSWERED, "XH-01", "ZX1", answer="words")
    assert "words" not in repr(told)


def test_where_the_cases_cannot_be_told_the_state_is(bench: Bench) -> None:
    bench.platform.answer = SlipAnswer("answered", "XH-01", "ZX1")
    told = bench.run(ask(is_verified=True))
    assert isinstance(told, events.SlipStateTold)
    assert told.standing == SlipStanding(SlipState.ANSWERED, "XH-01", "ZX1")


@pytest.mark.parametrize(
    ("standing", "is_online", "state"),
    [
        ("queued", False, SlipState.WAITING),
        ("queued", True, SlipState.WAITING),
        ("dead", True, SlipState.STOPPED),
        ("accepted", False, SlipState.SENT),
        ("accepted", True, SlipState.NOT_FOUND),  # another person's card
        ("", False, SlipState.NOT_FOUND),
        ("", True, SlipState.NOT_FOUND),
    ],
)
def test_what_only_this_store_knows_is_told(bench: Bench, standing: str, is_online: bool, state: SlipState) -> None:
    bench.platform.answer = SlipAnswer("notHere")
    bench.desk.standings = [ItemStanding(0, standing)]
    told = bench.run(ask(is_online=is_online))
    assert isinstance(told, events.SlipStateTold)
    assert (told.standing.state, told.standing.terminal_id) == (state, "XH-01")


def test_a_slip_of_another_terminal_is_the_platforms_matter_alone(bench: Bench) -> None:
    other = TerminalNumber("XH-02", 7, 1).text
    told = bench.run(ask(is_online=False, number=other))
    assert isinstance(told, events.SlipStateTold)
    assert (told.standing.state, told.standing.terminal_id) == (SlipState.NOT_ASKED, "XH-02")


def test_a_store_that_does_not_answer_is_told(bench: Bench) -> None:
    bench.desk.standings = [Problem("store.away")]
    assert bench.run(ask(is_online=False)) == events.StoreFailed("v1", 9, Problem("store.away"))
    assert bench.run(ask(number="T-1")) == events.StoreFailed("v1", 9, Problem("session.number_wrong"))


def test_other_effects_are_others_matter(bench: Bench) -> None:
    assert not bench.hand.run(effects.CallCard("v1", 1))


def test_a_frame_becomes_a_page_and_a_preview_in_a_child() -> None:
    frame = os.memfd_create("frame")
    try:
        os.write(frame, bytes([200, 100, 50]) * (1600 * 1200))  # blue, green, red
        picture = pictures.encode(frame, 1600, 1200)
        assert isinstance(picture, pictures.PagePicture)
        whole, small = (Image.open(io.BytesIO(part)) for part in (picture.content, picture.preview))
        assert (whole.size, small.size) == ((1600, 1200), (1000, 750))
        red, green, blue = whole.convert("RGB").getpixel((800, 600))  # type: ignore[misc]  # three bands
        assert abs(red - 50) + abs(green - 100) + abs(blue - 200) < 12
        assert pictures.encode(frame, 16_000, 12_000) == Problem("session.picture_failed")
    finally:
        os.close(frame)


def test_a_rating_that_waits_is_one_item_whatever_is_repeated(bench: Bench) -> None:
    visit = uuid4().hex
    bench.desk.put = [Problem("store.away"), (Stored("s", 1),)]
    rating = effects.SubmitRating(visit, 3, DRAFT.item_code, 5, waits=True)
    assert bench.run(rating) == events.PlatformFailed(visit, 3, Problem("store.away"))
    assert bench.run(replace(rating, effect_id=4)) == events.Rated(visit, 4)
    first, second = bench.desk.items
    assert first == second
    assert (first.kind, first.slip_number) == ("rating", None)
    assert msgspec.json.decode(first.body, type=RatingV1) == RatingV1(visit, DRAFT.item_code, 5)
    assert not bench.hand.run(effects.SubmitRating(visit, 5, DRAFT.item_code, 5)), "online it is the platform's"


def test_each_item_of_a_visit_has_a_rating_of_its_own_and_the_first_stands(bench: Bench) -> None:
    visit = uuid4().hex
    bench.desk.put = [(Stored("s", 1),), (Stored("s", 2),), Problem("offline.other_payload")]
    for number, (code, grade) in enumerate([(DRAFT.item_code, 5), ("440300X", 2), (DRAFT.item_code, 1)], 3):
        rating = effects.SubmitRating(visit, number, code, grade, waits=True)
        assert bench.run(rating) == events.Rated(visit, number)  # as the platform does it with a second one
    first, other, again = bench.desk.items
    assert (first.idem.version, first.idem == again.idem, first.idem == other.idem) == (5, True, False)


@pytest.mark.parametrize(
    ("state", "is_kept"), [("queued", True), ("dead", True), ("accepted", True), ("cancelled", False), ("", False)]
)
def test_after_a_kill_only_what_the_store_has_or_has_delivered_is_called_safe(
    bench: Bench, state: str, is_kept: bool
) -> None:
    # the store starts anew, too: it is asked until it answers
    bench.desk.standings = [Problem("store.away"), Problem("store.slow"), ItemStanding(0, state)]
    assert bench.run(effects.AskKept("v1", 4, KEY)) == events.KeptTold("v1", 4, is_kept)


def test_a_store_that_stays_away_promises_nothing(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.desk.standings = [Problem("store.away")]
    clock = bench.clock

    def ask(_visit: str, _idem: UUID, answer: Callable[[ItemStanding | Problem], None]) -> None:
        clock.advance(6)
        answer(Problem("store.away"))

    monkeypatch.setattr(bench.desk, "ask_item", ask)
    assert bench.run(effects.AskKept("v1", 4, KEY)) == events.KeptTold("v1", 4, is_kept=False)
