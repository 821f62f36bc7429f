"""Old data is dated, data past its validity is not served, and searching disturbs no reader."""

import shutil
import sqlite3
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.base.clock import ManualClock
from kiosk.base.errors import Problem
from kiosk.services.codes import check_basic_code, check_business_item_code, check_item_code
from offline_cache.reference import Age, GuideRow, Hits, ItemRow, PlaceRow, Reference
from offline_cache.reference.freshness import age_at
from offline_cache.reference.publishing.content import Content
from offline_cache.reference.publishing.demo_content import demo_content
from tests.offline_cache.reference.published import (
    TRUSTED,
    FolderSource,
    file_in,
    installed,
    opened,
    published,
    tiny,
    version_in,
)

pytestmark = pytest.mark.xdist_group("reference")
DAY = timedelta(days=1).total_seconds()


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shelf") / "published"
    published(folder, tiny())
    return folder


def test_data_is_fresh_then_dated_then_not_served(tmp_path: Path, shelf: Path) -> None:
    clock = ManualClock()
    reference = installed(tmp_path, FolderSource(shelf), clock)
    code = tiny().items[0].item_code
    assert reference.age().age is Age.FRESH
    clock.advance(7 * DAY)
    assert reference.age().age is Age.OLD
    assert f"{reference.age().made_at:%Y-%m-%d}" == "2026-11-21"
    assert isinstance(reference.search("证"), Hits)
    clock.advance(23 * DAY - 1)
    assert isinstance(reference.item(code), ItemRow)
    clock.advance(1)
    expired = Problem("reference.expired", {"date": "2026-11-21"})
    assert reference.age().age is Age.EXPIRED
    for answer in (
        reference.search("证"),
        reference.item(code),
        reference.guide(code),
        reference.policy("ZC001001"),
        reference.place("320000"),
        reference.places(""),
    ):
        assert answer == expired
    reference.close()
    assert Reference.open(tmp_path, TRUSTED, clock) == expired


def test_a_clock_before_the_data_was_made_proves_no_freshness() -> None:
    now = ManualClock().now()
    day = timedelta(days=1)
    assert age_at(now - day, now, now + 7 * day, now + 30 * day) is Age.OLD
    assert age_at(now, now, now + 7 * day, now + 30 * day) is Age.FRESH


def test_what_was_published_is_what_is_read(hall: Reference, hall_content: Content) -> None:
    guides = {guide.key: guide for guide in hall_content.guides}
    for item in hall_content.items[:: len(hall_content.items) // 200]:
        assert hall.item(item.item_code) == item
        assert hall.guide(item.item_code) == guides[item.guide]
    for policy in hall_content.policies[::50]:
        assert hall.policy(policy.code) == policy
    assert isinstance(hall.guide(hall_content.items[0].item_code), GuideRow)
    assert hall.item("1" * 31) is None


def test_places_are_a_tree_from_the_province_down(hall: Reference, hall_content: Content) -> None:
    top = hall.places("")
    assert isinstance(top, tuple)
    assert [place.name for place in top] == ["江苏省"]
    seen: list[PlaceRow] = []
    waiting = list(top)
    while waiting:
        place = waiting.pop()
        seen.append(place)
        below = hall.places(place.code)
        assert isinstance(below, tuple)
        assert all(one.parent == place.code for one in below)
        waiting += below
    assert sorted(place.code for place in seen) == sorted(place.code for place in hall_content.places)


def test_the_file_is_never_written_while_it_is_read(tmp_path: Path, shelf: Path) -> None:
    reference = installed(tmp_path, FolderSource(shelf), ManualClock())
    path = file_in(tmp_path)
    before = path.read_bytes()
    assert isinstance(reference.search("证"), Hits)
    with pytest.raises(sqlite3.OperationalError):
        reference._reader.execute("DELETE FROM entry")
    reference.close()
    assert path.read_bytes() == before
    assert sorted(one.name for one in path.parent.iterdir()) == ["installed", "manifest", "reference.sqlite"]
    assert path.stat().st_mode & 0o222 == 0


def test_readers_are_not_kept_waiting_by_the_search(hall: Reference, hall_content: Content) -> None:
    """One thread searches, four read; every answer is right."""
    faults: list[str] = []
    searched = threading.Event()
    has_read = threading.Barrier(5)

    def read(start: int) -> None:
        has_read.wait(10)
        items = hall_content.items[start : start + 400]
        faults.extend(item.item_code for item in items if hall.item(item.item_code) != item)

    def search() -> None:
        has_read.wait(10)
        for query in ("证", "gj", "zhengming", "登记", "bgdj") * 8:
            hits = hall.search(query, "320613")
            if not isinstance(hits, Hits) or len(hits.items) != 50:
                faults.append(query)
        searched.set()

    threads = [threading.Thread(target=read, args=(number * 400,)) for number in range(4)]
    threads.append(threading.Thread(target=search))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert searched.is_set()
    assert not faults


def test_a_held_search_lets_readers_through(hall: Reference, hall_content: Content) -> None:
    item = hall_content.items[5]
    answers: list[object] = []

    def look_meanwhile() -> bool:
        reader = threading.Thread(target=lambda: answers.append(hall.item(item.item_code)))
        reader.start()
        reader.join(10)
        return False

    assert isinstance(hall.search("证", is_cancelled=look_meanwhile), Hits)
    assert answers
    assert all(answer == item for answer in answers)


def test_damage_that_shows_only_later_is_a_problem_not_a_crash(tmp_path: Path, shelf: Path) -> None:
    clock = ManualClock()
    reference = installed(tmp_path, FolderSource(shelf), clock)
    path = file_in(tmp_path)
    path.chmod(0o644)
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * (path.stat().st_size - 4096))
    seen: list[object] = [reference.search(query) for query in ("申请", "zhuxiao", "bl", "g", "1")]
    seen += [reference.item(item.item_code) for item in tiny().items]
    reference.close()
    assert Problem("reference.damaged") in seen
    assert all(isinstance(answer, Problem | Hits | ItemRow | None) for answer in seen)


def test_a_folder_of_rubbish_is_a_problem(tmp_path: Path, shelf: Path) -> None:
    clock = ManualClock()
    installed(tmp_path / "good", FolderSource(shelf), clock).close()
    for number, name in enumerate(("manifest", "installed", "reference.sqlite")):
        place = tmp_path / f"bad{number}"
        shutil.copytree(tmp_path / "good", place, symlinks=True)
        (place / "v00000001" / name).unlink()
        assert version_in(place, clock) == Problem("reference.damaged")
    (tmp_path / "good" / "highest").write_text("no number")
    opened(tmp_path / "good", clock).close()


def test_the_demo_is_the_same_at_every_call_and_its_codes_are_right() -> None:
    content = demo_content(3_000)
    assert content == demo_content(3_000)
    assert content.items != demo_content(3_000, seed=1).items
    assert len({item.item_code for item in content.items}) == len(content.items) == 3_000
    assert len({item.region for item in content.items}) > 100
    for item in content.items[::7]:
        assert check_basic_code(item.basic_code) is None
        assert check_item_code(item.item_code, item.basic_code) is None
        assert check_business_item_code(item.business_item_code, item.item_code) is None
