"""Brings the .ts files up to date with the texts in QML: ``python -m screens.translations.update [--check]``.

Locations are left out so that a moved line changes nothing; vanished texts are dropped.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from screens.translations import FOLDER

SCREENS = FOLDER.parent
LANGUAGES = ("zh_HK", "en")


def update(ts: Path) -> None:
    """Runs lupdate of the installed PySide6 over all QML files for one .ts file."""
    import PySide6

    sources = sorted(str(path) for path in (SCREENS / "qml").rglob("*.qml"))
    lupdate = Path(PySide6.__file__).parent / "lupdate"
    command = [
        str(lupdate),
        *sources,
        "-locations",
        "none",
        "-no-obsolete",
        "-source-language",
        "zh_CN",
        "-ts",
        str(ts),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=60)


def unfinished(ts: Path) -> int:
    """How many texts of a .ts file have no translation."""
    return ts.read_text(encoding="utf-8").count('type="unfinished"')


def main(argv: list[str]) -> int:
    """Updates, or with ``--check`` only compares and complains (status 1)."""
    status = 0
    for language in LANGUAGES:
        ts = FOLDER / f"{language}.ts"
        if "--check" not in argv:
            update(ts)
        else:
            with tempfile.TemporaryDirectory() as folder:
                copy = Path(folder) / ts.name
                shutil.copy(ts, copy)
                update(copy)
                if copy.read_bytes() != ts.read_bytes():
                    sys.stderr.write(f"{ts.name}: run python -m screens.translations.update\n")
                    status = 1
        if left := unfinished(ts):
            sys.stderr.write(f"{ts.name}: {left} texts without translation\n")
            status = 1
    return status


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
