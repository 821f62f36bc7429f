"""docs/architecture.md names every folder of the rooms, and no folder that is not there."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("kiosk", "devices", "screens", "offline_cache", "provisioning")


def _folders() -> set[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--", *ROOMS], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.split("\0")
    files = [Path(name) for name in listed if name and (ROOT / name).is_file()]
    return {str(folder) for file in files for folder in file.parents if len(folder.parts) > 1 or str(folder) in ROOMS}


def test_the_table_names_every_folder_and_only_those() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    table = page.partition("\n## Every folder\n")[2]
    named = set(re.findall(rf"`((?:{'|'.join(ROOMS)})[a-z_/]*)`", table))
    # rooms without files of their own beside their __init__ need no line
    bare = {"kiosk", "offline_cache", "provisioning"}
    assert named == _folders() - bare
