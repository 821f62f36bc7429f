"""The journey of an item: from the attract page through every step of its flow to the card call, with pictures and figures."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from kiosk.base.sentences import Language, sentence_of
from kiosk.services.item import Item
from kiosk.session.state import (
    AnswerPage,
    Document,
    FactorPage,
    FactorStage,
    IdentifyPage,
    Place,
    PrintPage,
    RatePage,
    ResultPage,
    SubmitPage,
    SubmitStage,
)
from kiosk.terminal.port import TerminalPort
from screens.journey.player import Hands, JourneyError, Player
from screens.journey.storyboard import Picture, pdf_to_png, write

Counts = Mapping[str, object]
_NOTICE_SHEETS = 12
_SPELT = ("l", "u", "d", "e", "n", "g")
"""路灯, by pinyin."""
_REFERENCE_S = 180
_INITIALS = ("z", "h")
"""中华 and what else begins so: policies and places alike."""
_TOLD_IN: tuple[Language, ...] = ("zh_CN", "en")

_HEADINGS = {
    Place.ATTRACT: ("夜里，也有人为您办", "轻触屏幕开始"),
    Place.HOME: ("您想办什么？", "事项、星级、现在能不能办"),
    Place.GUIDE: ("办事指南", "谁能办、带什么、多久、收不收费"),
    Place.NOTICE: ("申报须知", "先读，再拿证件"),
    Place.IDENTIFY: ("请放身份证", "亮灯的地方就是放的地方"),
    Place.CONSENT: ("同意查询", "姓名已遮盖；只用于本次"),
    Place.FACTOR: ("第二重核验", "只有证件，打不开个人数据"),
    Place.QUERY: ("正在查询", ""),
    Place.RESULT: ("账户与明细", "余额最大；近半年、近一年、全部"),
    Place.ANSWER: ("查到的内容", "按事项的定义；姓名和号码已遮盖"),
    Place.SEARCH: ("找一找", "字、拼音或首字母"),
    Place.WRITE: ("写下要说的事", "拼音、注音、英文"),
    Place.ATTACH: ("附一页材料", "可以不附"),
    Place.REVIEW: ("核对", "哪里不对改哪里"),
    Place.SUBMIT: ("已提交", "编号、接下来、找谁问"),
    Place.PRINT: ("正在打印", "单据"),
    Place.RATE: ("请您评价", "五级，可以跳过"),
    Place.CURTAIN: ("幕布", "先遮住，再清除"),
    Place.CARD_CALL: ("请取走证件和单据", "数据已经清除"),
}


def is_playable(item: Item) -> bool:
    """Whether `Visit` knows what to do at each of its steps."""
    return bool(item.steps) and all(hasattr(Visit, f"_{step.place.value}") for step in item.steps)


@dataclass
class _Step:
    place: str
    assurance: str
    duration_s: float
    picture: str


@dataclass
class Visit:
    """Plays one visit of the item `item_key` into the folder `out`. GUI thread only.

    Attributes:
        player, terminal, hands: what touches, what is watched, what lays cards.
        counts: gives the traffic of devices and platform.
        places: where the session was, in order; grows while the visit is played.
        card: of the emulated reader's set.
        landscape: how the storyboard lays its pictures out.
        steps: what was done, as it goes into ``journey.json``.
        pictures: of the storyboard, in their order.
    """

    player: Player
    terminal: TerminalPort
    hands: Hands
    item_key: str
    out: Path
    counts: Callable[[], Counts]
    places: Sequence[Place]
    card: str = "resident"
    landscape: bool = False
    steps: list[_Step] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    _entered: float = 0.0

    def play(self) -> None:
        """The whole visit; raises JourneyError when it goes wrong or a page is not what its step should show."""
        item = self.terminal.catalogue.find(self.item_key)
        if item is None or item.is_guide_only:
            raise JourneyError(f"no item of this name has steps: {self.item_key}")
        started = self._entered = time.monotonic()
        player = self.player
        player.wait("card reader, store and platform", self._is_ready)
        if item.looks_up is not None:  # the terminal asks for it within its first minute
            player.wait(
                "something to look up", lambda: self.terminal.session.availability.reference is None, _REFERENCE_S
            )
        player.wait_for(Place.ATTRACT)
        self._keep(Place.ATTRACT)
        player.touch("start")
        player.wait_for(Place.HOME)
        self._keep(Place.HOME)
        self._open(item)
        player.wait_for(Place.GUIDE)
        self._keep(Place.GUIDE)
        player.touch("act")
        acts = {
            Place.NOTICE: self._notice,
            Place.IDENTIFY: self._identify,
            Place.CONSENT: self._consent,
            Place.FACTOR: self._factor,
            Place.QUERY: self._query,
            Place.RESULT: self._result,
            Place.ANSWER: self._answer,
            Place.SEARCH: self._search,
            Place.WRITE: self._write,
            Place.ATTACH: self._attach,
            Place.REVIEW: self._review,
            Place.SUBMIT: self._submit,
            Place.PRINT: self._print,
            Place.RATE: self._rate,
        }
        for step in item.steps:
            acts[step.place]()
        self._end()
        flow = [step.place for step in item.steps]
        if skipped := [place.value for place in flow if place not in self.places]:
            raise JourneyError(f"steps were skipped: {skipped}")
        self._record(item, [place.value for place in flow], time.monotonic() - started)

    def _open(self, item: Item) -> None:
        """The item's button, on whichever sheet of the home page it stands."""
        name = f"item_{item.key}"
        self.player.wait(
            "the items", lambda: self.player.find(name) is not None or self.player.find("next") is not None
        )
        while self.player.find(name) is None:
            if self.player.find("next") is None:
                raise JourneyError(f"the home page has no {name}")
            self.player.touch("next")
            self._keep(Place.HOME, words="下一页")
        self.player.touch(name)

    # --- the steps ----------------------------------------------------------------------------------------------------
    def _notice(self) -> None:
        self.player.wait_for(Place.NOTICE)
        self._keep(Place.NOTICE)
        for _ in range(_NOTICE_SHEETS):  # on a low panel the notice has several sheets, and the act turns them
            self.player.touch("act")
            if self.player.place is not Place.NOTICE:
                return
            self._keep(Place.NOTICE)

    def _identify(self) -> None:
        self.player.wait_for(Place.IDENTIFY)
        self._keep(Place.IDENTIFY)
        self.hands.lay(self.card)

    def _consent(self) -> None:
        self.player.wait("the card to be read", lambda: not self._card_refused() and self.player.place is Place.CONSENT)
        self.player.wait_for(Place.CONSENT)
        self._keep(Place.CONSENT)
        self.player.touch("act")

    def _factor(self) -> None:
        self.player.wait_for(Place.FACTOR)
        self._keep(Place.FACTOR, words="服务密码或短信验证码")
        self.player.touch("method_code")
        self.player.wait("the code", lambda: self._factor_stage() is FactorStage.ENTER)
        self.player.wait("the key pad", lambda: self.player.find("key_1") is not None)
        for digit in self.hands.last_code():
            self.player.touch(f"key_{digit}")
        self._keep(Place.FACTOR, words="手机收到的验证码（演示码见控制台）")
        self.player.touch("act")

    def _query(self) -> None:
        results = (Place.RESULT, Place.ANSWER)
        self.player.wait("the query", lambda: self.player.place in (Place.QUERY, *results))
        if self.player.place is Place.QUERY:
            self._keep(Place.QUERY)
        else:  # the answer was there before anybody could look
            self._note(Place.QUERY, "")
        self.player.wait(
            "the answer",
            lambda: not self._query_failed() and self.player.place in results,
        )
        self.player.wait_for(self.player.place)

    def _result(self) -> None:
        self._keep(Place.RESULT)
        self.player.touch("period_all")
        self.player.wait("all entries", lambda: self._has_period("all"))
        self.player.wait("touches", lambda: self.player.find("view_account") is not None)
        self._keep(Place.RESULT, words=f"全部：{self._entries()} 笔")
        self.player.touch("view_account")
        self._keep(Place.RESULT, words="账户的 14 项")
        self.player.touch("act")

    def _answer(self) -> None:
        self._keep(Place.ANSWER)
        flow = self.terminal.session.visit.flow
        assert flow is not None
        if len(flow.choices) > 1:
            last = flow.choices[-1]
            self.player.touch(f"choice_{last}")
            self.player.wait("the other choice", lambda: self._has_choice(last))
            self.player.wait("touches", lambda: self.player.find("act") is not None)
            self._keep(Place.ANSWER, words=f"换一个选项：{self._rows()} 行")
        for view in ("view_fields", "view_rows"):
            if self.player.find(view) is not None:
                self.player.touch(view)
                self._keep(Place.ANSWER, words="基本情况" if view == "view_fields" else "记录")
        self.player.touch("act")

    def _search(self) -> None:
        """Something is found by its initials and read; there is nothing to take along."""
        self.player.wait_for(Place.SEARCH)
        self._keep(Place.SEARCH)
        self.player.wait("the keyboard", lambda: self.player.find("key_z") is not None)
        for letter in _INITIALS:
            self.player.touch(f"key_{letter}")
        self.player.wait("something found", self._has_found)
        self._keep(Place.SEARCH, words="找到的")
        self.player.touch("found_0")
        self.player.wait("something to read", self._is_reading)
        self.player.wait_for(Place.SEARCH)
        self._keep(Place.SEARCH, words="读到的")
        self.player.touch("end")

    def _write(self) -> None:
        self.player.wait_for(Place.WRITE)
        self._keep(Place.WRITE, words="咨询、投诉、建议、求助")
        self.player.touch("category_help")
        self.player.wait("the keyboard", lambda: self.player.find("key_l") is not None)
        for letter in _SPELT:
            self.player.touch(f"key_{letter}")
        self.player.touch("candidate_0")
        self._keep(Place.WRITE)
        self.player.touch("act")

    def _attach(self) -> None:
        """Done without; the journey of what waits takes a page."""
        self.player.wait_for(Place.ATTACH)
        self._keep(Place.ATTACH)
        self.player.touch("second")

    def _review(self) -> None:
        self.player.wait_for(Place.REVIEW)
        self._keep(Place.REVIEW)
        self.player.touch("act")

    def _submit(self) -> None:
        self.player.wait("the submission", self._is_handed_in)
        self.player.wait_for(Place.SUBMIT)
        self._keep(Place.SUBMIT)
        self.player.touch("act")

    def _print(self) -> None:
        self.player.wait_for(Place.PRINT)
        self._keep(Place.PRINT, words="正在打印")
        self.player.wait("the papers", self._has_printed, 90)
        self._keep(Place.PRINT, words="都出来了")
        self.player.touch("act")

    def _rate(self) -> None:
        self.player.wait_for(Place.RATE)
        self._keep(Place.RATE)
        self.player.touch("grade_5")
        self.player.wait("the rating", self._is_rated)
        self._keep(Place.RATE, words="谢谢")
        self.player.touch("act")

    def _end(self) -> None:
        self.player.wait("the end", lambda: self.player.place in (Place.CARD_CALL, Place.ATTRACT))
        if self.player.place is Place.CARD_CALL:  # nobody is called back for a card that was never asked for
            self.player.wait("the call to be shown", lambda: self.player.find("question") is not None)
            self._keep(Place.CARD_CALL)
            self.hands.pull()
        self.player.wait_for(Place.ATTRACT)
        self._keep(Place.ATTRACT, words="下一位；什么都没有留下")

    # --- what the session says ----------------------------------------------------------------------------------------
    def _is_ready(self) -> bool:
        from devices.status import DeviceClass
        from kiosk.session.state import PlatformState

        availability = self.terminal.session.availability
        reader = availability.devices.get(DeviceClass.ID_CARD_READER)
        is_online = availability.platform is PlatformState.ONLINE
        return reader is not None and reader.is_usable and is_online and availability.store is None

    def _card_refused(self) -> bool:
        page = self.terminal.session.visit.page
        if isinstance(page, IdentifyPage) and page.problem is not None:
            raise JourneyError(" ".join(sentence_of(page.problem, language) for language in _TOLD_IN))
        return False

    def _factor_stage(self) -> FactorStage | None:
        page = self.terminal.session.visit.page
        return page.stage if isinstance(page, FactorPage) else None

    def _query_failed(self) -> bool:
        problem = getattr(self.terminal.session.visit.page, "problem", None)
        if problem is not None:
            raise JourneyError(f"the query failed: {problem.key}")
        return False

    def _is_handed_in(self) -> bool:
        page = self.terminal.session.visit.page
        if isinstance(page, SubmitPage) and page.problem is not None:
            raise JourneyError(f"not handed in: {page.problem.key}")
        return isinstance(page, SubmitPage) and page.stage is SubmitStage.DONE

    def _has_period(self, period: str) -> bool:
        page = self.terminal.session.visit.page
        return isinstance(page, ResultPage) and not page.loading and page.period.value == period

    def _has_found(self) -> bool:
        lookup = self.terminal.session.visit.lookup
        if lookup is not None and lookup.problem is not None:
            raise JourneyError(f"nothing can be looked for: {lookup.problem.key}")
        return lookup is not None and lookup.answer is not None and lookup.is_settled and bool(lookup.answer.lines)

    def _is_reading(self) -> bool:
        lookup = self.terminal.session.visit.lookup
        return lookup is not None and lookup.article is not None

    def _has_choice(self, choice: str) -> bool:
        page = self.terminal.session.visit.page
        return not self._query_failed() and isinstance(page, AnswerPage) and not page.loading and page.choice == choice

    def _rows(self) -> int:
        answer = self.terminal.session.visit.answer
        if answer is None:
            raise JourneyError("the department holds nothing of this card's person")
        return len(answer.rows)

    def _entries(self) -> int:
        statement = self.terminal.session.visit.statement
        if statement is None:
            raise JourneyError("the department holds nothing of this card's person")
        return len(statement.entries)

    def _has_printed(self) -> bool:
        from devices.receipt_printer.types import Outcome

        page = self.terminal.session.visit.page
        if not isinstance(page, PrintPage) or page.is_working or not page.jobs:
            return False
        if any(job.outcome is not Outcome.PRINTED for job in page.jobs):
            outcomes = [(job.document.value, job.outcome, job.problem and job.problem.key) for job in page.jobs]
            raise JourneyError(f"not everything was printed: {outcomes}")
        return True

    def _is_rated(self) -> bool:
        page = self.terminal.session.visit.page
        return isinstance(page, RatePage) and page.sent is not None

    # --- what is kept -------------------------------------------------------------------------------------------------
    def _keep(self, place: Place, words: str = "") -> None:
        if self.player.place is not place:
            raise JourneyError(f"the screen shows {self.player.place.value} where {place.value} was to be")
        name = f"{len(self.pictures) + 1:02d}-{place.value}.png"
        entered = time.monotonic()
        self.player.picture(self.out / name)
        heading, default = _HEADINGS[place]
        self.pictures.append(Picture(name, heading, words or default))
        self._note(place, name, entered)

    def _note(self, place: Place, picture: str, now: float | None = None) -> None:
        """One step on record; the time it takes to keep a picture is nobody's."""
        visit = self.terminal.session.visit
        assurance = "card_and_factor" if visit.factor_passed else "card" if visit.person is not None else "none"
        duration_s = (time.monotonic() if now is None else now) - self._entered
        self.steps.append(_Step(place.value, assurance, round(duration_s, 3), picture))
        self._entered = time.monotonic()

    def _record(self, item: Item, wanted: list[str], duration_s: float) -> None:
        files = [("每一步的记录 every step on record", "journey.json")]
        if Document.SLIP in item.documents:
            self.hands.save_slip(self.out / "slip.png")
            self.pictures.append(Picture("slip.png", "凭条", "办了什么、何时、哪台终端、接下来做什么"))
        if Document.SHEET in item.documents:
            self._keep_sheet()
            files.insert(0, ("查询单全文 the whole sheet", "sheet.pdf"))
        report = {
            "item": self.item_key,
            "flow": wanted,
            "steps": [vars(step) for step in self.steps],
            "skipped": [],  # or the visit would not have gone through
            "duration_s": round(duration_s, 3),
            **self.counts(),
        }
        (self.out / "journey.json").write_bytes(msgspec.json.format(msgspec.json.encode(report), indent=1))
        lead = "从证件到纸张：真实的协议、真实的进程，演示数据。"
        title = f"{item.name.zh_CN} · 一次办理"
        write(self.out, title, lead, self.pictures, tuple(files), landscape=self.landscape)

    def _keep_sheet(self) -> None:
        sheet = self.hands.last_sheet()
        if sheet is None:
            raise JourneyError("no sheet came out")
        (self.out / "sheet.pdf").write_bytes(sheet.read_bytes())
        for number, name in enumerate(pdf_to_png(self.out / "sheet.pdf", self.out, "sheet", 2), 1):
            self.pictures.append(Picture(name, "查询单", f"第 {number} 页（全文见 sheet.pdf）"))
