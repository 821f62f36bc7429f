"""The terminal needs neither the table of sounds nor the publisher's side."""

import subprocess
import sys
from pathlib import Path

_PROGRAM = """
import sys
for name in ("pypinyin", "opencc", "offline_cache.reference.publishing", "PySide6"):
    sys.modules[name] = None
import offline_cache.reference.command, offline_cache.reference.http_source, offline_cache.reference.updating
import kiosk.services.search
assert "cryptography" not in sys.modules, "the first frame does not wait for it"
"""


def test_the_terminal_searches_and_updates_without_the_publisher_s_libraries() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM],
        cwd=Path(__file__).parents[3],
        timeout=60,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
