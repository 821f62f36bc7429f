"""Nothing of a card stays in the memory of the reader's host."""

import os
from pathlib import Path

import pytest

from devices.id_card_reader.reader import Forgotten
from tests.devices.scenes import READER, Attempt, reader_scene

NEEDLES = [
    text.encode(encoding)
    for text in ("440308199901101512", "演示甲", "样本市示例路")
    for encoding in ("utf-8", "utf-16-le", "gb18030")
]


def places(pid: int) -> list[str]:
    """Where in the memory of a process the citizen's data is: the names of the mappings."""
    found = []
    with Path(f"/proc/{pid}/mem").open("rb", 0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            span, rights, *_, name = [*line.split(maxsplit=5), "anonymous"][:6]
            if not rights.startswith("r") or name.startswith("[v"):
                continue
            start, end = (int(edge, 16) for edge in span.split("-"))
            memory.seek(start)
            content = memory.read(end - start)
            found += [name for needle in NEEDLES if needle in content]
    return found


def test_it_is_gone_after_reading_and_forgetting() -> None:
    with reader_scene() as scene:
        for _ in range(3):
            scene.reads_a_card()
        attempt = Attempt()
        scene.reader.forget("forget-1", 5, attempt.outcomes.add)
        assert attempt.outcome() == Forgotten()
        host = scene.supervisor.pids()[READER]
        if os.geteuid() == 0:
            assert places(host) == []
        else:
            # the host refuses to be looked into, which is what this person may find out
            with pytest.raises(PermissionError):
                places(host)


def test_the_search_finds_what_is_there() -> None:
    kept = b"".join(NEEDLES)
    assert len(places(os.getpid())) >= len(NEEDLES)
    assert kept
