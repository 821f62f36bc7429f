"""The journey of something that waited: begun online, the network lost in the middle, handed in offline with a page, terminal and
store killed before the slip, received after the network is back, answered by the next visit.

The first visit is played by a child, since it will be killed; this process plays what comes after over the same folders.
"""

import os
import select
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn, Protocol

import msgspec

from devices.status import DeviceClass
from kiosk.base.clock import SystemClock
from kiosk.base.config import Config
from kiosk.base.logs import install_hooks, start_logging
from kiosk.session.state import (
    AttachPage,
    AttachStage,
    FactorPage,
    FactorStage,
    Place,
    PlatformState,
    ProgressPage,
    SubmitPage,
    SubmitStage,
)
from kiosk.session.submission import SlipState
from screens.journey.player import Hands, JourneyError, Player
from screens.journey.storyboard import Picture, write
from screens.running import RunningTerminal

NAME = "offline-submission"
CABLE = "network_cable"
SPELT = ("l", "u", "d", "e", "n", "g")
"""路灯, by pinyin."""
CHILD_S = 120.0
DELIVERED_S = 90.0
ANSWER = "路灯由市政所维修，已登记，预计三个工作日修好。"


class SubmissionHands(Hands, Protocol):
    """What is done beside the terminal; `do` is any action of an emulator."""

    def do(self, emulator: str, action: str, **arguments: object) -> dict[str, object]: ...
    def answer_consultation(self, receipt: str, answer: str) -> bool: ...
    def close(self) -> None: ...


@dataclass
class Album:
    """The pictures so far, in their order."""

    out: Path
    pictures: list[Picture] = field(default_factory=list)

    def keep(self, player: Player, heading: str, words: str = "") -> None:
        name = f"{len(self.pictures) + 1:02d}-{player.place.value}.png"
        player.picture(self.out / name)
        self.pictures.append(Picture(name, heading, words))


class _News(msgspec.Struct):
    """What the child tells before it is killed."""

    number: str
    store: int
    text: str
    id_number: str
    pictures: list[tuple[str, str, str]]

    def __repr__(self) -> str:
        return f"_News({self.number})"


def play(config: Config, make_hands: Callable[[], SubmissionHands], out: Path, *, landscape: bool) -> None:
    """The whole journey; raises JourneyError when it goes wrong. Main thread, before Qt is begun."""
    started = time.monotonic()
    album = Album(out)
    hands = make_hands()
    try:
        news = _first_visit(config, make_hands, out)
        album.pictures += [Picture(*one) for one in news.pictures]
        if places := readable(config.state_dir, (news.text, news.id_number)):
            raise JourneyError(f"what the citizen handed in can be read in {places}")
        hands.do(CABLE, "plugged")
        states = _next_visits(config, hands, album, news.number)
    finally:
        hands.close()
    report = {
        "journey": NAME,
        "killed": ["store", "terminal"],
        "number": news.number,
        "states": states,
        "duration_s": round(time.monotonic() - started, 3),
    }
    (out / "journey.json").write_bytes(msgspec.json.format(msgspec.json.encode(report), indent=1))
    lead = "断网、断电都不丢：填到一半断网，交到本机，终端和存储都被强行结束，联网后自动送达，下次来看到答复。"
    files = (("每一步的记录 every step on record", "journey.json"),)
    write(out, "咨询建言 · 断网也能交", lead, album.pictures, files, landscape=landscape)


# --- the first visit, in a child --------------------------------------------------------------------------------------
def _first_visit(config: Config, make_hands: Callable[[], SubmissionHands], out: Path) -> _News:
    """Plays it until it is handed in, then kills store and terminal."""
    ready, told = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ready)
        _hand_in(config, make_hands, out, told)
    os.close(told)
    said = b""
    try:
        deadline = time.monotonic() + CHILD_S
        while select.select([ready], [], [], max(0.0, deadline - time.monotonic()))[0]:
            more = os.read(ready, 65536)
            if not more:
                break
            said += more
            if said.endswith(b"\n"):
                break
    finally:
        os.close(ready)
        if said.startswith(b"{"):
            os.kill(msgspec.json.decode(said, type=_News).store, signal.SIGKILL)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    if not said.startswith(b"{"):
        raise JourneyError(said.decode().strip() or "the first visit was not played in time")
    return msgspec.json.decode(said, type=_News)


def _hand_in(config: Config, make_hands: Callable[[], SubmissionHands], out: Path, told: int) -> NoReturn:
    """The child: never returns."""
    try:
        album, hands = Album(out), make_hands()
        with (
            start_logging("journey-first", config.state_dir / "log", stderr=False),
            RunningTerminal(config, SystemClock()) as running,
        ):
            install_hooks(config.state_dir / "log" / "journey-first.crash")
            player = Player(running.host, running.terminal)
            number = FirstVisit(player, running, hands, album).play()
            pictures = [(one.file, one.heading, one.words) for one in album.pictures]
            visit = running.terminal.session.visit
            assert visit.draft is not None
            assert visit.person is not None
            news = _News(number, running.pids()["store"], visit.draft.text, visit.person.id_number, pictures)
            os.write(told, msgspec.json.encode(news) + b"\n")
            player.wait("the end", lambda: False, CHILD_S)  # killed here
    except JourneyError as error:
        os.write(told, f"{error}\n".encode())
    except BaseException as error:  # noqa: BLE001  the other side of a fork must not unwind its parent's frames
        os.write(told, f"{type(error).__name__} in the first visit\n".encode())
    os._exit(1)


@dataclass
class FirstVisit:
    """From the attract page, online, to what is handed in, offline."""

    player: Player
    running: RunningTerminal
    hands: SubmissionHands
    album: Album

    def play(self) -> str:
        """The number under which it lies in the store."""
        player, hands = self.player, self.hands
        player.wait("devices, store and platform", self._is_ready, 60)
        player.wait_for(Place.ATTRACT)
        player.touch("start")
        player.wait_for(Place.HOME)
        self.album.keep(player, "您想办什么？", "网络正常")
        player.touch("item_consultation")
        player.wait_for(Place.GUIDE)
        player.touch("act")
        player.wait_for(Place.NOTICE)
        while player.place is Place.NOTICE:
            player.touch("act")
        player.wait_for(Place.IDENTIFY)
        hands.lay("resident")
        player.wait_for(Place.CONSENT)
        self.album.keep(player, "是您本人吗？")
        player.touch("act")
        player.wait_for(Place.FACTOR)
        self.album.keep(player, "核对身份", "这时网络断了")
        hands.do(CABLE, "cut")
        player.touch("method_code")
        player.wait("the way on without the platform", self._may_go_on)
        self.album.keep(player, "网络中断", "可以先填写，以后再核对")
        player.touch("act")
        player.wait_for(Place.WRITE)
        self.album.keep(player, "是哪一类？")
        player.touch("category_help")
        self._write()
        self._attach()
        player.wait_for(Place.REVIEW)
        self.album.keep(player, "核对", "身份待核验，联网后自动送达")
        player.touch("act")
        player.wait("the submission", lambda: self._submit_stage() is SubmitStage.DONE)
        player.wait_for(Place.SUBMIT)
        self.album.keep(player, "已提交，尚未受理", "就在这时，终端和存储都被强行结束")
        handed_in = self.running.terminal.session.visit.handed_in
        if handed_in is None:
            raise JourneyError("nothing was handed in")
        return handed_in.terminal_number

    def _write(self) -> None:
        player = self.player
        player.wait("the keyboard", lambda: player.find("key_l") is not None)
        for letter in SPELT:
            player.touch(f"key_{letter}")
        player.wait("the words to choose from", lambda: player.find("candidate_0") is not None)
        self.album.keep(player, "写下要说的事", "用拼音，选词")
        player.touch("candidate_0")
        self.album.keep(player, "写好了", "要说的事已经写下")
        player.touch("act")

    def _attach(self) -> None:
        player = self.player
        player.wait_for(Place.ATTACH)
        player.touch("act")
        player.wait("the page", lambda: self._attach_stage() is AttachStage.SHOW)
        player.wait("touches", lambda: player.find("drop") is not None)
        player.wait("the picture", _after(0.3))
        self.album.keep(player, "附一页材料", "拍好的一页，加密保存")
        player.touch("act")

    def _is_ready(self) -> bool:
        availability = self.running.terminal.session.availability
        wanted = (DeviceClass.ID_CARD_READER, DeviceClass.DOCUMENT_CAMERA)
        devices = [availability.devices.get(device) for device in wanted]
        is_online = availability.platform is PlatformState.ONLINE
        return is_online and availability.store is None and all(one is not None and one.is_usable for one in devices)

    def _may_go_on(self) -> bool:
        session = self.running.terminal.session
        page = session.visit.page
        is_away = session.availability.platform is not PlatformState.ONLINE
        return isinstance(page, FactorPage) and page.stage is FactorStage.FAILED and is_away

    def _attach_stage(self) -> AttachStage | None:
        page = self.running.terminal.session.visit.page
        if isinstance(page, AttachPage) and page.problem is not None:
            raise JourneyError(f"no page was taken: {page.problem.key}")
        return page.stage if isinstance(page, AttachPage) else None

    def _submit_stage(self) -> SubmitStage | None:
        page = self.running.terminal.session.visit.page
        if isinstance(page, SubmitPage) and page.problem is not None:
            raise JourneyError(f"not handed in: {page.problem.key}")
        return page.stage if isinstance(page, SubmitPage) else None


# --- what comes after -------------------------------------------------------------------------------------------------
def _next_visits(config: Config, hands: SubmissionHands, album: Album, number: str) -> list[str]:
    with (
        start_logging("journey", config.state_dir / "log", stderr=False),
        RunningTerminal(config, SystemClock()) as running,
    ):
        install_hooks(config.state_dir / "log" / "journey.crash")
        later = LaterVisits(Player(running.host, running.terminal), running, hands, album, number)
        return later.play()


@dataclass
class LaterVisits:
    """The terminal comes back, calls the card, and is asked what became of it, until it is answered."""

    player: Player
    running: RunningTerminal
    hands: SubmissionHands
    album: Album
    number: str

    def play(self) -> list[str]:
        """The states that were told, in order."""
        player = self.player
        player.wait("the card call", lambda: player.place is Place.CARD_CALL)
        player.wait("the call to be shown", lambda: player.find("question") is not None)
        self.album.keep(player, "终端回来了", "先请取走证件；交到本机的没有丢")
        self.hands.pull()
        player.wait_for(Place.ATTRACT)
        player.wait("store and platform", self._is_online, 60)
        states = [self._ask("送到了吗？")]
        deadline = time.monotonic() + DELIVERED_S
        while states[-1] in (SlipState.WAITING, SlipState.NOT_FOUND) and time.monotonic() < deadline:
            states.append(self._ask(""))
        received = self._receipt
        if states[-1] is not SlipState.RECEIVED or not received:
            raise JourneyError(f"it was not received: {[one.value for one in states]}")
        if not self.hands.answer_consultation(received, ANSWER):
            raise JourneyError("the department does not know the receipt")
        answered = self._ask("下次来：核对身份，看到答复", confirms=True)
        if answered is not SlipState.ANSWERED or self._answer != ANSWER:
            raise JourneyError(f"it was not answered: {answered.value}")
        return [one.value for one in (*states, answered)]

    def _ask(self, heading: str, *, confirms: bool = False) -> SlipState:
        """One visit that asks, kept in pictures where it has a heading; `confirms`: with the second factor."""
        player = self.player
        player.wait_for(Place.ATTRACT)
        player.touch("start")
        player.wait_for(Place.HOME)
        player.touch("item_case-progress")
        player.wait_for(Place.GUIDE)
        player.touch("act")
        player.wait_for(Place.NUMBER)
        player.touch("key_clear")
        for character in self.number:
            player.touch(f"key_{character}")
        if heading:
            self.album.keep(player, "办件查询", "输入编号")
        player.touch("act")
        player.wait_for(Place.IDENTIFY)
        self.hands.lay("resident")
        player.wait_for(Place.CONSENT)
        player.touch("act")
        player.wait_for(Place.FACTOR)
        if confirms:
            player.touch("method_code")
            player.wait("the key pad", lambda: player.find("key_1") is not None)
            for digit in self.hands.last_code():
                player.touch(f"key_{digit}")
            self.album.keep(player, "核对身份", "这次有网：核对过身份，才给看答复")
            player.touch("act")
        else:
            player.touch("second")
        player.wait("the answer", lambda: self._standing() is not None)
        player.wait("touches", lambda: player.find("act") is not None)
        state = self._standing()
        assert state is not None
        if heading or state is SlipState.RECEIVED:
            self.album.keep(player, heading or "平台已收到", "在任何一台终端都能查")
        player.touch("act")
        player.wait("the card call", lambda: player.place is Place.CARD_CALL)
        self.hands.pull()
        player.wait_for(Place.ATTRACT)
        return state

    _receipt: str = ""
    _answer: str | None = None

    def _standing(self) -> SlipState | None:
        page = self.running.terminal.session.visit.page
        if isinstance(page, ProgressPage) and page.problem is not None:
            raise JourneyError(f"it could not be asked: {page.problem.key}")
        if not isinstance(page, ProgressPage) or page.standing is None:
            return None
        self._receipt = page.standing.receipt or ""
        self._answer = page.standing.answer
        return page.standing.state

    def _is_online(self) -> bool:
        availability = self.running.terminal.session.availability
        return availability.platform is PlatformState.ONLINE and availability.store is None


def readable(folder: Path, needles: tuple[str, ...]) -> list[str]:
    """The files below `folder` in which one of the texts stands as it is, in UTF-8, UTF-16LE or GB18030."""
    wanted = [text.encode(code) for text in needles for code in ("utf-8", "utf-16-le", "gb18030")]
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            if any(len(one) >= _SHORTEST and one in content for one in wanted):
                found.append(path.name)
    return found


_SHORTEST = 6
"""Bytes: what is shorter stands by chance in what is sealed."""


def _after(seconds: float) -> Callable[[], bool]:
    """Holds once so much time has gone by: a picture of its own comes by another thread of Qt's."""
    until = time.monotonic() + seconds
    return lambda: time.monotonic() >= until
