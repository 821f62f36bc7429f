"""Habits of the house that no linter knows."""

import ast
import configparser
import re
import subprocess
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("kiosk", "devices", "offline_cache", "screens", "provisioning")

# the numbers of specimen cards that were published for such use; regions of 99 exist nowhere (GB/T 2260), as the demo's do
SPECIMENS = {
    "440308199901101512",
    "810000199408230021",
    "830000199201300022",
    "11010519491231002X",
    "440524188001010014",
    # synthetic vectors of the residence permits' number rule
    "810000199001010019",
    "820000199001010010",
    "830000199001010012",
}
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_NUMBER = re.compile(
    r"(?<![0-9A-Za-z])[1-9][0-9]{5}(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9X](?![0-9A-Za-z])"
)


@cache
def _tracked() -> tuple[tuple[Path, str], ...]:
    """Every text file of the repository (of the folder, where there is no repository)."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, timeout=20, check=True)
    texts = []
    for name in filter(None, done.stdout.split("\0")):
        try:
            texts.append((Path(name), (ROOT / name).read_text(encoding="utf-8")))
        except (UnicodeDecodeError, FileNotFoundError):
            continue  # a picture, or a file being moved
    return tuple(texts)


def _calls() -> Iterator[tuple[str, ast.Call, str]]:
    """(place, call, name) of every call in the rooms' code."""
    for path, text in _tracked():
        if path.suffix == ".py" and path.parts[0] in ROOMS:
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.Call):
                    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                    yield f"{path}:{node.lineno}", node, name


def test_no_number_of_a_real_person_is_in_the_repository() -> None:
    strangers = [
        f"{path}: {number}"
        for path, text in _tracked()
        for number in set(_ID_NUMBER.findall(text)) - SPECIMENS
        if not number.startswith("99")
        and "10X98765432"[sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False)) % 11]
        == number[-1]
    ]
    assert not strangers, "\n".join(strangers)


def test_no_file_names_a_place_of_the_machine_it_was_written_on() -> None:
    # in pieces, so that this file does not name them either
    places = ("/wo" + "rk/", "../sha" + "red/", "pyp" + "i.org", "files.python" + "hosted", "registry.np" + "mjs")
    pattern = re.compile("|".join(rf"(?<![\w.]){re.escape(place)}" for place in places))
    found = [f"{path}: {match.group()}" for path, text in _tracked() if (match := pattern.search(text))]
    assert not found, "\n".join(found)


def test_folders_are_made_with_a_mode() -> None:
    loose = [
        place
        for place, call, name in _calls()
        if name in ("mkdir", "makedirs")
        and not any(word.arg == "mode" for word in call.keywords)
        and len(call.args) < 2
    ]
    assert not loose, "folders without mode=0o700:\n" + "\n".join(loose)


def _is_foreign(call: ast.Call) -> bool:
    first = call.args[0] if call.args else None
    return isinstance(first, ast.Constant) and str(first.value).split(".")[0] not in ("", "budayang", *ROOMS)


def test_logs_go_through_the_catalogue() -> None:
    """A foreign library's logger may be silenced by its name; our own words go through `kiosk.base.logs`."""
    loose = [
        place
        for place, call, name in _calls()
        if name == "getLogger" and not place.startswith("kiosk/base/logs.py") and not _is_foreign(call)
    ]
    assert not loose, "\n".join(loose)


def test_every_data_file_of_the_rooms_is_packed() -> None:
    settings = configparser.ConfigParser()
    settings.read(ROOT / "setup.cfg", encoding="utf-8")
    patterns = [pattern.removeprefix("**/") for pattern in settings["options.package_data"]["*"].split()]
    packages = {path.parent for path, _ in _tracked() if path.name == "__init__.py"}
    lost = [
        str(path)
        for path, _ in _tracked()
        if path.parts[0] in ROOMS
        and path.suffix != ".py"
        and path.parts[:2] != ("provisioning", "deploy")  # the operator's files, not the package's
        and not (any(fnmatch(path.name, pattern) for pattern in patterns) and packages.intersection(path.parents))
    ]
    assert not lost, "\n".join(lost)


def test_rooms_are_named_for_what_they_do() -> None:
    empty = {"utils", "util", "common", "manager", "helper", "helpers", "misc"}
    assert not [str(path) for path, _ in _tracked() if empty & {part.removesuffix(".py") for part in path.parts}]


def test_the_terminal_s_mind_and_devices_load_with_qt_blocked() -> None:
    modules = sorted(
        ".".join(path.with_suffix("").parts).removesuffix(".__init__")
        for path, _ in _tracked()
        if path.suffix == ".py"
        and path.parts[0] in ("kiosk", "devices", "offline_cache")
        and path.name != "__main__.py"
    )
    program = (
        "import importlib, sys\n"
        "sys.modules['PySide6'] = sys.modules['shiboken6'] = None\n"
        "for name in sys.argv[1:]: importlib.import_module(name)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *modules], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
