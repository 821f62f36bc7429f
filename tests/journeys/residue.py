"""Looks for a citizen's data where a visit could have left it: in the memory of our processes and in every file they may write.

What stands for the outside world is not searched: the platform, the lab, and the sheets that fell into the tray.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from devices.emulators.cards import CARDS
from devices.id_card_reader.text import parse_text
from kiosk.base.errors import Problem
from kiosk.central.client import CentralClient, CentralSettings
from kiosk.central.contract import FactorMethod, Period
from kiosk.documents import account_fields, entry_cells
from tests.journeys.hall import Hall

PASSWORD = "246810"
ENCODINGS = ("utf-8", "utf-16-le", "gb18030")
_REGION = re.compile(r"([0-9a-f]+)-([0-9a-f]+) rw\S+ \S+ \S+ \S+\s*(.*)")
_CHUNK = 32 * 1024 * 1024


@dataclass(frozen=True)
class Find:
    """One place where data was found: never the data itself."""

    where: str
    what: str
    encoding: str


CARD = "minority"
"""Not a published specimen: those stand in our own code, as what a log must never let through."""


def needles_of(hall: Hall, card: str = CARD) -> dict[str, str]:
    """What must not be found, by name: of the card, and of what the departments hold of its owner."""
    text = parse_text(CARDS[card].text)
    assert not isinstance(text, Problem), text.key
    client = CentralClient(CentralSettings(f"http://127.0.0.1:{hall.world.platform_port}", "XH-99", "test"))
    client.open_visit("needles")
    try:
        accepted = client.verify(FactorMethod.PASSWORD, text.id_number, text.name, PASSWORD)
        assert not isinstance(accepted, Problem), accepted.key
        statement = client.statement(Period.YEAR)
    finally:
        client.close()
    assert not isinstance(statement, Problem), statement.key
    account = dict(account_fields(statement.account))
    newest = entry_cells(statement.entries[0])
    return {
        "name": text.name,
        "id number": text.id_number,
        "address": text.address,
        "account number": account["住房公积金账号"],
        "employer": account["当前所在单位名称"],
        "employer's account": account["当前单位账号"],
        "balance": account["余额"],
        "balance in fen": str(statement.account.balance_fen),
        "total paid in": account["累计缴存"],
        "newest balance but one": entry_cells(statement.entries[1])[5],
        "newest amount with its balance": newest[5],
    }


def search_processes(pids: Iterable[tuple[str, int]], needles: dict[str, str]) -> list[Find]:
    """Searches all memory that each process can write; what it only reads are files that lie on the disk."""
    found = []
    for name, pid in pids:
        with Path(f"/proc/{pid}/maps").open() as maps, Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
            for line in maps:
                match = _REGION.match(line)
                if match is None:
                    continue
                start, end = int(match[1], 16), int(match[2], 16)
                for content in _read(memory, start, end):
                    found += [
                        Find(f"memory of {name} {match[3]}".strip(), *what) for what in _occurrences(content, needles)
                    ]
    return found


def search_files(folders: Iterable[Path], needles: dict[str, str], skip: Callable[[Path], bool]) -> list[Find]:
    """Searches all files under `folders`, names included."""
    found = []
    for folder in folders:
        for path in folder.rglob("*"):
            if skip(path):
                continue
            found += [Find(f"name of a file in {folder}", *what) for what in _occurrences(path.name.encode(), needles)]
            if path.is_file() and not path.is_symlink():
                try:
                    content = path.read_bytes()
                except OSError:
                    continue  # it has gone meanwhile
                found += [Find(f"file {path}", *what) for what in _occurrences(content, needles)]
    return found


def _read(memory: object, start: int, end: int) -> Iterable[bytes]:
    at = start
    while at < end:
        try:
            memory.seek(at)  # type: ignore[attr-defined]
            content = memory.read(min(_CHUNK, end - at))  # type: ignore[attr-defined]
        except (OSError, ValueError, OverflowError):
            return
        if not content:
            return
        yield content
        at += len(content)


def _occurrences(content: bytes, needles: dict[str, str]) -> Iterable[tuple[str, str]]:
    for what, text in needles.items():
        seen = set()
        for encoding in ENCODINGS:
            pattern = text.encode(encoding)
            if pattern not in seen and pattern in content:
                yield what, encoding
            seen.add(pattern)


def count_residue(hall: Hall, needles: dict[str, str]) -> list[Find]:
    """Everything that is found now of `needles` in the terminal's processes and in what they may write."""
    terminal = hall.terminal
    pids = [("terminal", terminal.pid), *terminal.do("pids").items()]
    directory = hall.world.directory  # the terminal's temporary files lie in it, too: see `DrivenTerminal`
    outside = (directory / "platform", directory / "sheets", directory / "platform.out", directory / "lab.out")

    def skip(path: Path) -> bool:
        is_outside = any(path == other or other in path.parents for other in outside)
        return is_outside or path.name.startswith(
            "PostgreSQL."
        )  # a database of other tests, which holds the demo's citizens

    found = search_processes(pids, needles)
    return found + search_files((directory, Path("/dev/shm")), needles, skip)
