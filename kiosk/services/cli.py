"""``items list`` and ``items check``: the catalogue on the command line."""

import sys
from collections.abc import Sequence
from pathlib import Path

from kiosk.base.errors import Problem
from kiosk.base.sentences import sentence_of
from kiosk.services.catalogue import ITEMS_FOLDER, load_catalogue
from kiosk.services.complaints import ItemComplaints

_USAGE = Problem("services.usage")


def main(argv: Sequence[str]) -> int:
    """Runs ``list`` or ``check``, with an optional folder of items. Returns 0, or 2 after complaints."""
    command, *rest = argv or ("list",)
    if command not in ("list", "check") or len(rest) > 1 or any(not Path(one).is_dir() for one in rest):
        sys.stderr.write(_sentence(_USAGE) + "\n")
        return 2
    folder = Path(rest[0]) if rest else ITEMS_FOLDER
    try:
        catalogue = load_catalogue(folder)
    except ItemComplaints as error:
        for complaint in error.complaints:
            sys.stderr.write(f"{complaint.file}:{complaint.line}: {_sentence(complaint.problem)}\n")
        sys.stderr.write(_sentence(error.problem) + "\n")
        return 2
    if command == "list":
        for item in catalogue.items:
            how = "guide" if item.is_guide_only else f"{len(item.steps)} steps"
            sys.stdout.write(
                f"{item.key:<24} {item.business_item_code} {item.kind.value:<6} {'★' * item.stars:<4} "
                f"{item.offline_class.value:<9} {how:<8} {item.name.zh_CN}\n"
            )
    sys.stdout.write(_sentence(Problem("services.items_good", {"count": str(len(catalogue.items))})) + "\n")
    return 0


def _sentence(problem: Problem) -> str:
    return sentence_of(problem, "zh_CN")
