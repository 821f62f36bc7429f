"""``items list``, ``items check`` and ``items table``: the catalogue on the command line."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from kiosk.base.errors import Problem
from kiosk.base.sentences import Language, sentence_of
from kiosk.services.catalogue import ITEMS_FOLDER, Catalogue, load_catalogue
from kiosk.services.complaints import ItemComplaints
from kiosk.services.item import ItemKind
from kiosk.services.summary import count_of_kinds, count_of_steps, services_page, steps_kind
from kiosk.session.state import Place

_DOORS = {ItemKind.QUERY: "查", ItemKind.HANDLE: "办", ItemKind.READ: "看", ItemKind.ASK: "问"}
_TOLD_IN: tuple[Language, ...] = ("zh_CN", "en")


def main(argv: Sequence[str]) -> int:
    """Runs ``list`` (also without a word), ``check`` or ``table``. Returns 0, or 2 after complaints; a wrong call exits with 2."""
    arguments = _parser().parse_args(argv or ["list"])
    folder: Path = arguments.folder
    if not folder.is_dir():
        for language in _TOLD_IN:
            sys.stderr.write(sentence_of(Problem("services.no_folder", {"folder": str(folder)}), language) + "\n")
        return 2
    try:
        catalogue = load_catalogue(folder)
    except ItemComplaints as error:
        for complaint in error.complaints:
            sys.stderr.write(f"{complaint.file}:{complaint.line}: {_sentence(complaint.problem)}\n")
        sys.stderr.write(_sentence(error.problem) + "\n")
        return 2
    if arguments.command == "table":
        sys.stdout.write(services_page(catalogue))
        return 0
    if arguments.command == "list":
        if arguments.journeys:
            # what was handed in before can only be looked up after it was: a part of the other's journey
            begin = [
                one for one in catalogue.items if one.steps and all(s.place is not Place.NUMBER for s in one.steps)
            ]
            sys.stdout.writelines(f"{item.key}\n" for item in begin)
            return 0
        _list(catalogue)
    sys.stdout.write(_sentence(Problem("services.items_good", {"count": str(len(catalogue.items))})) + "\n")
    if arguments.command == "check":
        _count(catalogue)
    return 0


def _list(catalogue: Catalogue) -> None:
    for item in catalogue.items:
        sys.stdout.write(
            f"{item.key:<24} {item.business_item_code} {item.kind.value:<6} {'★' * item.stars:<4} "
            f"{item.offline_class.value:<9} {item.assurance.value:<15} {steps_kind(item).value:<11} "
            f"{len(item.steps):>2} steps  {item.name.zh_CN}\n"
        )


def _count(catalogue: Catalogue) -> None:
    """How many of each. A hook is code that belongs to one item; there is no mechanism for one yet, so there is none."""
    doors = [f"{_DOORS[kind]} {kind.value} {count}" for kind, count in count_of_kinds(catalogue.items).items()]
    steps = [f"{kind.value} {count}" for kind, count in count_of_steps(catalogue.items).items()]
    sys.stdout.write(f"四门 doors: {' · '.join(doors)}\n")
    sys.stdout.write(f"步骤 steps: {' · '.join(steps)}\n")
    sys.stdout.write("钩子 hooks: 0（尚无钩子机制 there is no mechanism for hooks yet）\n")


def _sentence(problem: Problem) -> str:
    return sentence_of(problem, "zh_CN")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="main.py items", description="事项目录 the catalogue of service items")
    commands = parser.add_subparsers(dest="command", required=True)
    told = {
        "list": "列出全部事项 lists the items",
        "check": "检查事项文件 checks the items' files, each mistake by its line",
        "table": "生成 docs/services.md prints the page of all services in Markdown",
    }
    for name, words in told.items():
        command = commands.add_parser(name, help=words, description=words)
        command.add_argument(
            "folder", nargs="?", type=Path, default=ITEMS_FOLDER, metavar="DIR", help="事项文件夹 the items' folder"
        )
        if name == "list":
            command.add_argument(
                "--journeys",
                action="store_true",
                help="只列 main.py journey 能演的事项名，每行一个 names of the items that a journey can play, one a line",
            )
    return parser
