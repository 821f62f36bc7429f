"""Nothing of a body stays: not in the store's memory, not in the client's, not in any file, and no core may be written."""

import re
import secrets
import subprocess
import sys
from pathlib import Path

from tests.journeys.residue import search_files, search_processes
from tests.offline_cache.process.standing import ENVIRONMENT, Running, running

NAME = "欧阳" + "青禾"


def texts() -> dict[str, str]:
    """What a citizen wrote, unlike anything in our own code."""
    return {"name": NAME + secrets.token_hex(6), "question": "怎样办理" + secrets.token_hex(12)}


def body_of(needles: dict[str, str], size: int = 0) -> bytes:
    return ("；".join(needles.values()) + "。" * size).encode()


class Visitor:
    """A process like the terminal: forgetting allocator, our client."""

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, "-m", "tests.offline_cache.process.visitor", str(folder)]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=ENVIRONMENT
        )

    def do(self, line: str) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        assert self.process.stdout.readline() == "True\n"

    def close(self) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait(10)
        self.process.stdout.close()


def find_all(store: Running, visitor: Visitor, needles: dict[str, str]) -> list[str]:
    found = search_processes([("store", store.pid()), ("client", visitor.process.pid)], needles)
    found += search_files((store.folder, store.folder.parent), needles, lambda _: False)
    return [f"{one.what} ({one.encoding}) in {one.where}" for one in found]


def test_a_body_and_a_scan_are_nowhere_after_they_were_kept(tmp_path: Path) -> None:
    needles, held = texts(), texts()
    with running(tmp_path / "store") as store:
        visitor = Visitor(store.folder)
        try:
            for size in (0, 300, 40_000, 0):
                visitor.do(body_of(needles, size).hex())
            for size in (10, 200_000):
                visitor.do("attach " + (b"%PDF-1.7\n" + body_of(needles, size)).hex())
            assert find_all(store, visitor, needles) == []
            # the search itself: what a client holds is found
            visitor.do(f"hold {body_of(held).hex()}")
            assert find_all(store, visitor, held) != []
        finally:
            visitor.close()


def test_the_store_can_leave_no_core_behind(tmp_path: Path) -> None:
    with running(tmp_path / "store") as store:
        limits = Path(f"/proc/{store.pid()}/limits").read_text(encoding="ascii")
        assert re.search(r"Max core file size\s+0\s+0\s", limits)


def test_every_file_of_the_store_is_its_owners_alone(tmp_path: Path) -> None:
    with running(tmp_path / "store") as store:
        for path in (store.folder, *store.folder.rglob("*")):
            assert path.stat().st_mode & 0o077 == 0, path.name
