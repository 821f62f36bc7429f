"""A consultation, step by step, before a driven terminal: what a citizen writes is made up anew for each, unlike anything in our code."""

import io
import os
import re
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image, ImageDraw

from devices.emulators.cards import CARDS
from devices.id_card_reader.text import parse_text
from kiosk.base.errors import Problem
from offline_cache.process import protocol as wire
from offline_cache.process.client import StoreClient
from tests.journeys.hall import Hall
from tests.journeys.residue import CARD, PASSWORD, count_residue
from tests.journeys.search import Find, Needles

DESCRIPTION = Path(__file__).with_name("submission_hall.yaml")
AS_A_SERVICE = (
    ("setpriv", "--regid=65534", "--clear-groups", "--bounding-set=-all", "--inh-caps=-all")
    if os.geteuid() == 0
    else ()
)
"""Starts the terminal without root's rights, where the tests have them."""
SPELT = "weibubanshebao"
"""为补办社保, letter by letter; stays as letters, in the pinyin engine's hands, where it is not settled."""
LETTERS = "zqxwvk"
STEPS = (
    "home", "guide", "notice", "identify", "consent", "category", "spelling", "text", "attach", "taking", "show", "review",
    "submitted", "printed", "rate",
)  # fmt: skip
"""What may be on the screen, in order; `Consultation.go_to` stops at each."""
_COLOURS = ((183, 41, 97), (23, 151, 61), (211, 173, 37))
"""Of the page under the camera."""


def made_up(characters: int) -> str:
    """Han characters that stand beside each other nowhere."""
    return "".join(chr(0x4E00 + secrets.randbelow(0x5000)) for _ in range(characters))


@dataclass
class Writing:
    """What one citizen writes, and so what must not be found of it.

    Attributes:
        text: put into the field at once, after what was spelt.
    """

    text: str = field(default_factory=lambda: made_up(60), repr=False)

    def needles(self) -> dict[str, str | bytes]:
        """The whole text and every four characters of it that stand beside each other."""
        parts = range(len(self.text) - 3)
        return {"text": self.text, **{f"part {at} of the text": self.text[at : at + 4] for at in parts}}


class Desk:
    """A hall with a document camera, and the moves of somebody who hands something in.

    Attributes:
        hall: it.
    """

    def __init__(self, folder: Path) -> None:
        self._samples = folder / "samples"
        self.hall = Hall(folder / "hall", description=DESCRIPTION, samples=self._samples, before=AS_A_SERVICE)
        self._page = folder / "page.png"
        self._pixels = _draw_page(self._page)
        self.hall.hands.do("document_camera", "show", path=str(self._page))
        self.wait_for_store()
        self._card = parse_text(CARDS[CARD].text)

    def close(self) -> str:
        return self.hall.close()

    # --- what must not be found ---------------------------------------------------------------------------------------
    def card_needles(self) -> dict[str, str | bytes]:
        """Of the card."""
        assert not isinstance(self._card, Problem)
        return {"name": self._card.name, "id number": self._card.id_number, "address": self._card.address}

    def needles(self, writing: Writing) -> dict[str, str | bytes]:
        """Of card and text, of the spelling, and of the page that was taken: pieces of its files, and rows of its pixels."""
        return {
            **self.card_needles(),
            "spelling": SPELT,
            "spelling as it is shown": "wei bu ban she bao",
            **writing.needles(),
            **self._picture_needles(),
            **self._pixels,
        }

    def _picture_needles(self) -> dict[str, str | bytes]:
        needles: dict[str, str | bytes] = {}
        if self._samples.exists():
            for number, line in enumerate(self._samples.read_text(encoding="ascii").split("\n")[:-1]):
                name, _, digits = line.partition(" ")
                needles[f"piece {number} of the {name}'s file"] = bytes.fromhex(digits)
        return needles

    def make_whole(self) -> None:
        """Online, everything whole, nobody there, no page taken yet; after a test that failed in mid-visit, a new terminal."""
        self._samples.unlink(missing_ok=True)
        self.hall.hands.do("network_cable", "plugged")
        if self.hall.terminal.process.poll() is not None or self.hall.terminal.state()["place"] != "attract":
            self.hall.terminal.kill()
            self.hall.hands.pull()
            self.start_anew()
            self.hall.leave()
        self.hall.terminal.do("look")
        self.hall.reset()
        self.wait_for_store()

    # --- moves --------------------------------------------------------------------------------------------------------
    def go_offline(self) -> None:
        """The cable is cut, and the terminal knows."""
        self.hall.hands.do("network_cable", "cut")
        self.hall.terminal.do("look")
        self.hall.terminal.do("wait_platform", platform="unreachable")

    def go_online(self) -> None:
        self.hall.hands.do("network_cable", "plugged")
        self.hall.terminal.do("look")
        self.hall.terminal.do("wait_platform", platform="online")

    def go_to(self, step: str, writing: Writing, *, online: bool = False) -> None:
        """From the attract page on to one of `STEPS`."""
        self.hall.terminal.do("wait_for", place="attract")
        for name in STEPS[: STEPS.index(step) + 1]:
            self.move(name, writing, online=online)

    def move(self, step: str, writing: Writing, *, online: bool = False, card: str = CARD) -> None:
        """From the step before to one of `STEPS`."""
        do = self.hall.terminal.do
        ways: dict[str, Callable[[], object]] = {
            "home": lambda: self._touch("start", "home"),
            "guide": lambda: self._touch("item_consultation", "guide"),
            "notice": lambda: self._touch("act", "notice"),
            "identify": self._read_notice,
            "consent": lambda: self._lay_card(card),
            "category": lambda: self._to_category(online),
            "spelling": self._spell,
            "text": lambda: self._write(writing),
            "attach": lambda: self._touch("act", "attach"),
            "taking": lambda: do("touch", name="act"),
            "show": lambda: do("wait_page", stage="show"),
            "review": lambda: self._touch("act", "review"),
            "submitted": self._submit,
            "printed": self._print,
            "rate": lambda: self._touch("act", "rate"),
        }
        assert tuple(ways) == STEPS
        ways[step]()

    def _touch(self, name: str, place: str) -> None:
        self.hall.terminal.do("touch", name=name)
        self.hall.terminal.do("wait_for", place=place)

    def _read_notice(self) -> None:
        while self.hall.terminal.state()["place"] == "notice":
            self.hall.terminal.do("touch", name="act")
        self.hall.terminal.do("wait_for", place="identify")

    def _lay_card(self, card: str) -> None:
        self.hall.hands.lay(card)
        self.hall.terminal.do("wait_for", place="consent")

    def _to_category(self, online: bool) -> None:
        self.hall.terminal.do("touch", name="act")
        if online:
            self.hall.terminal.do("wait_for", place="factor")
            self.hall.pass_factor("password", PASSWORD)
        self.hall.terminal.do("wait_for", place="write")

    def _spell(self) -> None:
        do = self.hall.terminal.do
        do("touch", name="category_help")
        do("wait_page", stage="text")
        for letter in SPELT:
            do("touch", name=f"key_{letter}")

    def _write(self, writing: Writing) -> None:
        """The first candidates are taken, then the rest comes at once."""
        do = self.hall.terminal.do
        while do("candidates"):
            do("touch", name="candidate_0")
        do("write", text=writing.text)

    def _submit(self) -> None:
        do = self.hall.terminal.do
        do("touch", name="act")
        do("wait_page", stage="done", problem=None)
        do("wait_for", place="submit")

    def _print(self) -> None:
        self._touch("act", "print")
        self.hall.terminal.do("wait_page", is_working=False, deadline_s=30)

    def start_anew(self) -> None:
        """The next terminal's process, after one that was killed."""
        self.hall.terminal = self.hall.start_only()
        self.wait_for_store()

    def wait_for_store(self) -> None:
        """Until the store's process takes things in, and the devices can be used."""
        wait_until(lambda: self.hall.terminal.state()["store"] is None, 20)
        for device in ("id_card_reader", "receipt_printer", "document_camera"):
            self.hall.terminal.do("wait_device", device=device, state="online")

    def last_ending(self) -> str:
        """As the log tells it."""
        log = self.hall.world.directory / "state" / "log" / "terminal.log"
        return str(re.findall(r'"visit_ended", "ending": "(\w+)"', log.read_text(encoding="utf-8"))[-1])

    # --- what is in the store -----------------------------------------------------------------------------------------
    def kept(self) -> tuple[int, int]:
        """Items that wait in the store, and sealed files."""
        with self._store() as client:
            status = client.status()
        assert isinstance(status, wire.StoreStatus), status.key
        return status.outbox.queued, len(list((self._store_folder / "attachments").iterdir()))

    def deliver(self) -> None:
        """All that waits goes to the platform now, pauses or not."""
        with self._store() as client:
            assert isinstance(client.ask(wire.DrainNow, wire.Done), wire.Done)
        wait_until(lambda: self.kept()[0] == 0, 20)

    @property
    def _store_folder(self) -> Path:
        return self.hall.world.directory / "state" / "store"

    @contextmanager
    def _store(self) -> Iterator[StoreClient]:
        client = StoreClient(self._store_folder)
        try:
            yield client
        finally:
            client.close()

    def wait_kept(self, wanted: tuple[int, int]) -> None:
        """Until just so much is in the store: files of nobody are collected a moment after a visit."""
        wait_until(lambda: self.kept() == wanted)

    def residue(self, writing: Writing) -> list[Find]:
        """All that is found now of what was written, and of the card."""
        return self.find(self.needles(writing))

    def find(self, needles: Needles) -> list[Find]:
        """All that is found now."""
        return count_residue(self.hall, needles)


def _draw_page(path: Path) -> dict[str, str | bytes]:
    """Noise, which leaves long files, and even fields, which leave rows of pixels of one colour: those, as they come out of the
    camera's JPEG and of the page's, in the orders in which programs keep them."""
    page = Image.effect_noise((1280, 960), 80).convert("RGB")
    draw = ImageDraw.Draw(page)
    for number, colour in enumerate(_COLOURS):
        draw.rectangle((160 + 320 * number, 320, 400 + 320 * number, 640), fill=colour)
    page.save(path)
    rows: dict[str, str | bytes] = {}
    for name, quality in (("the frame's", 75), ("the page's", 85), ("the preview's", 75)):
        packed = io.BytesIO()
        page.save(packed, "JPEG", quality=quality)
        page = Image.open(packed).convert("RGB")
        if name == "the page's":
            page.thumbnail((1000, 1000))
        for number in range(len(_COLOURS)):
            middle = page.getpixel(((280 + 320 * number) * page.width // 1280, page.height // 2))
            assert isinstance(middle, tuple)
            red, green, blue = middle
            for order, one in {
                "BGR": (blue, green, red),
                "RGB": (red, green, blue),
                "BGRX": (blue, green, red, 255),
                "RGBX": (red, green, blue, 255),
            }.items():
                rows[f"{name} field {number} as {order}"] = bytes(one) * 8
    return rows


def wait_until(holds: Callable[[], bool], patience_s: float = 10.0) -> None:
    """For what another process does and tells nobody of."""
    until = time.monotonic() + patience_s
    while not holds():
        assert time.monotonic() < until, "it did not come about in time"
        time.sleep(0.02)  # see the docstring; the deadline bounds it
