"""What the tests of a fault in a whole visit share: a hall that can be made whole again, and what a citizen must see."""

import os
import re
import time
from collections.abc import Iterable
from pathlib import Path
from typing import cast

from kiosk.base.sentences import LANGUAGES, known_sentences, placeholders_of
from tests.journeys.hall import Hall

CODES = "/v1/identity/codes"
VERIFICATIONS = "/v1/identity/verifications"
STATEMENTS = "/v1/provident-fund/statements"
RATINGS = "/v1/ratings"


def _lives(pid: int) -> bool:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


_CODE = re.compile(r"\b[a-z_]+\.[a-z_]+\b|0x[0-9a-fA-F]+|\bError\b|\bNone\b")
_PICTURES = os.environ.get("BUDAYANG_FAULT_PICTURES", "")


class FaultyHall(Hall):
    """See the module."""

    # --- between tests ------------------------------------------------------------------------------------------------
    def make_whole(self) -> None:
        """Devices, cable and guard as at the start, nobody there; after a test that failed in mid-visit, a new terminal."""
        if self.terminal.process.poll() is not None or self.terminal.state()["place"] != "attract":
            self.terminal.kill()
            self.hands.do("network_cable", "plugged")
            for action in ("normal", "pull"):
                self.hands.do("id_card_reader", action)
            self.start_terminal()
            self.leave()
        self.terminal.do("guard", seconds=0.0)
        if not self.terminal.state()["trusted_time"]:
            self.terminal.do("wall", seconds=0)
        self.reset()

    def crashes(self) -> tuple[int, int]:
        """Size of the record of uncaught errors, and how often the log tells of a slot or task that failed."""
        crash = self.world.directory / "state" / "log" / "terminal.crash"
        return crash.stat().st_size if crash.exists() else 0, self.logged("slot_failed")

    def logged(self, event: str) -> int:
        """How often the terminal's log has this event."""
        log = self.world.directory / "state" / "log" / "terminal.log"
        return len(re.findall(rf"\b{event}\b", log.read_text(encoding="utf-8")))

    def jobs(self) -> int:
        """Slips that the printer was asked for."""
        return cast("int", self.hands.do("receipt_printer", "state")["jobs"])

    def most_cuts_of_a_job(self) -> int:
        """0 before the first slip."""
        return max(cast("list[int]", self.hands.do("receipt_printer", "state")["cuts_by_job"]), default=0)

    def cuts(self) -> int:
        """Slips that were cut off, with whatever was on them."""
        return cast("int", self.hands.do("receipt_printer", "state")["cuts"])

    def wait_for_sheet_job(self, patience_s: float = 10.0) -> None:
        """Until the sheet printer has something to print."""
        until = time.monotonic() + patience_s
        while not self.hands.do("sheet_printer", "state")["waiting"]:
            assert time.monotonic() < until, "no sheet came to the printer"
            time.sleep(0.02)  # the printer is another process and tells nothing by itself

    def wait_printed_if_begun(self) -> None:
        """For a test in which a touch may or may not have begun the printing."""
        if self.terminal.state()["place"] == "print":
            self.wait_printed()

    def sheets(self) -> int:
        """Sheets that came out."""
        return cast("int", self.hands.do("sheet_printer", "state")["sheets"])

    def must_have_gone(self, pids: Iterable[int], patience_s: float = 3.0) -> None:
        """No process of these is left; a zombie waits only for its parent and counts as gone."""
        until = time.monotonic() + patience_s
        while left := [pid for pid in pids if _lives(pid)]:
            assert time.monotonic() < until, f"{len(left)} processes are left"
            time.sleep(0.02)  # the end of a process that is not our child has no event for us

    # --- what a citizen sees ------------------------------------------------------------------------------------------
    def must_say(self, key: str, item: str = "problem") -> None:
        """The page says the sentence of `key` in all three languages, and nowhere a code."""
        terminal = self.terminal
        for language, sentence in zip(LANGUAGES, known_sentences()[key], strict=True):
            terminal.do("touch", name=f"language_{language}")
            terminal.do("wait_settings", language=language)
            said = terminal.do("text", name=item)
            pattern = re.escape(sentence)
            for name in placeholders_of(sentence):
                pattern = pattern.replace(re.escape(f"{{{name}}}"), r"[\w ]+")
            assert re.search(pattern, said), f"{language}: the sentence of {key} is not shown"
            assert not _CODE.search(said), f"{language}: a code is shown"
        terminal.do("touch", name="language_zh_CN")
        terminal.do("wait_settings", language="zh_CN")

    def must_say_somewhere(self, key: str) -> None:
        """As `must_say`, for a sentence in the middle of a page."""
        terminal = self.terminal
        for language, sentence in zip(LANGUAGES, known_sentences()[key], strict=True):
            terminal.do("touch", name=f"language_{language}")
            terminal.do("wait_settings", language=language)
            assert terminal.do("reads", words=sentence), f"{language}: the sentence of {key} is not shown"
            assert not terminal.do("reads", words=key), f"{language}: a code is shown"
        terminal.do("touch", name="language_zh_CN")
        terminal.do("wait_settings", language="zh_CN")

    def look(self, name: str) -> None:
        """Keeps a picture when somebody wants to look at the pages (BUDAYANG_FAULT_PICTURES=folder)."""
        if _PICTURES:
            folder = Path(_PICTURES)
            folder.mkdir(parents=True, exist_ok=True)
            self.terminal.do("picture", path=str(folder / f"{name}.png"))

    # --- moves --------------------------------------------------------------------------------------------------------
    def to_result(self, card: str = "resident") -> None:
        """With the password, of which one may use as many as one likes."""
        self.go_to("result", card=card, factor="password")

    def lift(self) -> None:
        """Takes the card away and lets the reader miss it, as any hand does that changes cards."""
        self.hands.pull()
        looks, until = self._looks() + 5, time.monotonic() + 5
        while self._looks() < looks:
            assert time.monotonic() < until, "the reader does not look for a card"
            time.sleep(0.02)  # the reader looks by its own beat, of which there is no event

    def _looks(self) -> int:
        counters = cast("dict[str, int]", self.hands.do("id_card_reader", "state")["counters"])
        return counters["requests"]

    def advance(self, *seconds: float) -> None:
        """Time passes, step by step."""
        for step in seconds:
            self.terminal.do("advance", seconds=step)
