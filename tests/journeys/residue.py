"""Looks for a citizen's data where a visit could have left it: in the memory of our processes and in every file they may write.

What stands for the outside world is not searched: the platform, the lab, and the sheets that fell into the tray.
"""

from pathlib import Path

from devices.emulators.cards import CARDS
from devices.id_card_reader.text import parse_text
from kiosk.base.errors import Problem
from kiosk.central.client import CentralClient, CentralSettings
from kiosk.central.contract import FactorMethod, Period
from kiosk.documents import account_fields, entry_cells
from tests.journeys.hall import Hall
from tests.journeys.search import Find, Needles, search_files, search_processes

__all__ = ["CARD", "PASSWORD", "Find", "count_residue", "needles_of", "search_files", "search_processes"]

PASSWORD = "246810"
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


def count_residue(hall: Hall, needles: Needles) -> list[Find]:
    """Everything that is found now of `needles` in the terminal's processes and in what they may write."""
    pids = [("terminal", hall.terminal.pid), *hall.terminal.do("pids").items()]
    return search_processes(pids, needles) + residue_in_files(hall, needles)


def residue_in_files(hall: Hall, needles: Needles) -> list[Find]:
    """The part of it in files: state, store, logs, and the folders in which a library may write; see `DrivenTerminal`."""
    directory = hall.world.directory
    outside = (directory / "platform", directory / "sheets", directory / "platform.out", directory / "lab.out")

    def skip(path: Path) -> bool:
        is_outside = any(path == other or other in path.parents for other in outside)
        return is_outside or path.name.startswith(
            "PostgreSQL."
        )  # a database of other tests, which holds the demo's citizens

    return search_files((directory, Path("/dev/shm")), needles, skip)
