"""A terminal has the old version or the new one, never something between, and nothing that the publisher did not sign."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from kiosk.base.clock import ManualClock
from kiosk.base.errors import Problem
from offline_cache.reference import Hits, Reference
from offline_cache.reference.installing import DeltaContent
from offline_cache.reference.manifest import Manifest, signed_manifest
from offline_cache.reference.publishing.content import Content, build
from offline_cache.reference.updating import SourceError, Updated, update
from tests.offline_cache.reference.killed import STEPS, counted
from tests.offline_cache.reference.published import (
    KEY,
    OTHER_KEY,
    TRUSTED,
    FolderSource,
    changed,
    everything_in,
    file_in,
    installed,
    manifest_in,
    opened,
    published,
    tiny,
    version_in,
)

pytestmark = pytest.mark.xdist_group("reference")
ROOT = Path(__file__).parents[3]


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture(scope="session")
def _two(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A publisher's folder with one version, and the same a version later."""
    first = tmp_path_factory.mktemp("first") / "published"
    second = tmp_path_factory.mktemp("second") / "published"
    published(first, tiny())
    shutil.copytree(first, second)
    published(second, changed(tiny()))
    return first, second


@pytest.fixture
def first(_two: tuple[Path, Path]) -> Path:
    return _two[0]


@pytest.fixture
def second(_two: tuple[Path, Path]) -> Path:
    return _two[1]


def resigned(folder: Path, to: Path, **changes: Any) -> FolderSource:
    """The same bundle with another manifest, rightly signed."""
    shutil.copytree(folder, to)
    (to / "manifest").write_bytes(signed_manifest(replace(manifest_in(folder), **changes), KEY))
    return FolderSource(to)


def test_a_terminal_without_a_reference_says_so(tmp_path: Path, clock: ManualClock) -> None:
    assert Reference.open(tmp_path / "none", TRUSTED, clock) == Problem("reference.none")


def test_the_whole_file_is_installed_and_kept(tmp_path: Path, clock: ManualClock, first: Path) -> None:
    source = FolderSource(first)
    reference = installed(tmp_path, source, clock)
    reference.close()
    assert source.sent == manifest_in(first).full.packed_bytes
    assert update(tmp_path, TRUSTED, clock, source) == Updated(1, was_changed=False, came_bytes=0)
    assert not (tmp_path / "incoming").exists()
    assert not list(tmp_path.glob("building*"))


def test_a_delta_leads_to_exactly_what_the_whole_file_holds(
    tmp_path: Path, clock: ManualClock, first: Path, second: Path
) -> None:
    installed(tmp_path / "old", FolderSource(first), clock).close()
    source = FolderSource(second)
    installed(tmp_path / "old", source, clock).close()
    assert source.sent == manifest_in(second).deltas[0].file.packed_bytes
    assert source.sent < manifest_in(second).full.packed_bytes / 4
    installed(tmp_path / "new", FolderSource(second), clock).close()
    assert everything_in(file_in(tmp_path / "old")) == everything_in(file_in(tmp_path / "new"))


def test_a_chain_of_deltas_leads_there_too(tmp_path: Path, clock: ManualClock) -> None:
    shelf = tmp_path / "published"
    content = tiny(40)
    published(shelf, content)
    installed(tmp_path / "old", FolderSource(shelf), clock).close()
    for number in range(3):
        first, *rest = content.items
        renamed = msgspec.structs.replace(first, name=f"第{number}号通行证签注", hot=number)
        content = replace(content, items=(*rest, renamed)) if number != 1 else replace(content, items=tuple(rest))
        published(shelf, content)
        source = FolderSource(shelf)
        installed(tmp_path / "old", source, clock).close()
        assert source.sent < manifest_in(shelf).full.packed_bytes / 2
        build(tmp_path / f"{number}.sqlite", content, max((shelf / "kept").glob("*.sqlite")))
        assert everything_in(file_in(tmp_path / "old")) == everything_in(tmp_path / f"{number}.sqlite")


def test_after_a_delta_the_new_is_found_and_the_old_is_not(
    tmp_path: Path, clock: ManualClock, first: Path, second: Path
) -> None:
    installed(tmp_path, FolderSource(first), clock).close()
    before, after = tiny(), changed(tiny())
    reference = installed(tmp_path, FolderSource(second), clock)
    hits = {query: reference.search(query) for query in ("优待证", "ydz", "敬老卡", "jlk", before.items[1].name)}
    gone = reference.item(before.items[0].item_code)
    guide = reference.guide(next(item for item in after.items if item.guide == after.guides[0].key).item_code)
    reference.close()
    assert gone is None
    assert guide == after.guides[0]
    old_name = hits.pop(before.items[1].name)
    for query, found in hits.items():
        assert isinstance(found, Hits)
        assert "老年人优待证申领" in [hit.name for hit in found.items], query
    assert isinstance(old_name, Hits)
    assert before.items[1].item_code not in [hit.code for hit in old_name.items]


def test_an_open_reference_goes_on_while_the_next_version_comes_in(
    tmp_path: Path, clock: ManualClock, first: Path, second: Path
) -> None:
    old = installed(tmp_path, FolderSource(first), clock)
    new = installed(tmp_path, FolderSource(second), clock)
    code = tiny().items[0].item_code
    assert old.item(code) is not None
    assert new.item(code) is None
    old.close()
    new.close()
    assert old.search("证") == Problem("reference.none")
    old.close()


def test_a_broken_download_goes_on_where_it_broke_off(tmp_path: Path, clock: ManualClock, first: Path) -> None:
    source = FolderSource(first, breaks_after=20_000, piece=4_096)
    size = manifest_in(first).full.packed_bytes
    tries = 0
    while update(tmp_path, TRUSTED, clock, source) == Problem("reference.source_silent"):
        tries += 1
        assert tries < 100
        assert Reference.open(tmp_path, TRUSTED, clock) == Problem("reference.none")
    assert tries >= 2
    assert source.sent == size, "no byte came twice"
    assert version_in(tmp_path, clock) == 1


def test_an_update_can_be_stopped(tmp_path: Path, clock: ManualClock, first: Path) -> None:
    asked = iter([False, True])
    source = FolderSource(first, piece=4_096)
    done = update(tmp_path, TRUSTED, clock, source, is_cancelled=lambda: next(asked, True))
    assert done == Problem("reference.source_silent")
    assert source.sent == 2 * 4_096


class _Killed(BaseException):
    """The process ends here."""


def _kill() -> None:
    raise _Killed


@pytest.mark.parametrize("from_version", [0, 1])
def test_a_kill_at_any_point_leaves_the_old_version_or_the_new_one(
    tmp_path: Path,
    clock: ManualClock,
    first: Path,
    second: Path,
    from_version: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    template = tmp_path / "template"
    if from_version:
        installed(template, FolderSource(first), clock).close()
    else:
        template.mkdir()
    countdown = [0]
    seen: set[str] = set()
    with monkeypatch.context() as patch:
        for owner, name in STEPS:
            patch.setattr(owner, name, counted(getattr(owner, name), name, countdown, seen, _kill))
        outcomes = []
        for number in range(1, 200):
            place = tmp_path / f"try-{number}"
            countdown[0] = -1
            shutil.copytree(template, place, symlinks=True)
            countdown[0] = number
            try:
                update(place, TRUSTED, clock, FolderSource(second))
            except _Killed:
                pass
            else:
                assert countdown[0] > 0
                break
            countdown[0] = -1
            outcomes.append(version_in(place, clock))
            done = update(place, TRUSTED, clock, FolderSource(second))
            assert isinstance(done, Updated), done
            assert version_in(place, clock) == 2
            shutil.rmtree(place)
    old: object = from_version or Problem("reference.none")
    assert set(map(str, outcomes)) == {str(old), "2"}
    assert outcomes.index(2) > 5
    assert all(outcome == 2 for outcome in outcomes[outcomes.index(2) :]), "once in use, it stays"
    assert {"fsync", "rename", "replace", "symlink_to", "rmtree", "copyfile"} - (
        {"copyfile"} if not from_version else set()
    ) <= seen


@pytest.mark.parametrize("step", [2, 5, 7, 9, 11, 13])
def test_a_real_kill_leaves_a_whole_version(
    tmp_path: Path, clock: ManualClock, first: Path, second: Path, step: int
) -> None:
    installed(tmp_path, FolderSource(first), clock).close()
    command = [sys.executable, "-m", "tests.offline_cache.reference.killed", str(step), str(second), str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, timeout=60, check=False)
    assert done.returncode == -signal.SIGKILL
    assert version_in(tmp_path, clock) in (1, 2)
    assert isinstance(update(tmp_path, TRUSTED, clock, FolderSource(second)), Updated)
    assert version_in(tmp_path, clock) == 2


def test_a_manifest_of_another_key_is_refused(tmp_path: Path, clock: ManualClock, first: Path, second: Path) -> None:
    installed(tmp_path / "here", FolderSource(first), clock).close()
    shutil.copytree(second, tmp_path / "forged")
    (tmp_path / "forged" / "manifest").write_bytes(signed_manifest(manifest_in(second), OTHER_KEY))
    done = update(tmp_path / "here", TRUSTED, clock, FolderSource(tmp_path / "forged"))
    assert done == Problem("reference.manifest_forged")
    assert version_in(tmp_path / "here", clock) == 1


def test_every_byte_of_the_manifest_counts(tmp_path: Path, clock: ManualClock, first: Path) -> None:
    raw = (first / "manifest").read_bytes()
    shutil.copytree(first, tmp_path / "bent")
    for place in range(0, len(raw) - 1, 7):
        bent = bytearray(raw)
        bent[place] ^= 1
        (tmp_path / "bent" / "manifest").write_bytes(bytes(bent))
        done = update(tmp_path / "here", TRUSTED, clock, FolderSource(tmp_path / "bent"))
        assert isinstance(done, Problem), place
        assert done.key in ("reference.manifest_forged", "reference.manifest_unreadable")
    for raw in (b"", b"[]", b"{}", b"null", b"\xff", b"{" * 100_000, b" " * 300_000, b'{"signature": 1}'):
        (tmp_path / "bent" / "manifest").write_bytes(raw)
        done = update(tmp_path / "here", TRUSTED, clock, FolderSource(tmp_path / "bent"))
        assert done == Problem("reference.manifest_unreadable")
    assert not (tmp_path / "here").exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"version": 0},
        {"entries": -1},
        {"content_digest": "0"},
        {"file_digest": "Z" * 64},
        {"version": True},
        {"version": 1.5},
    ],
    ids=str,
)
def test_a_rightly_signed_manifest_of_the_wrong_shape_is_refused(
    tmp_path: Path, clock: ManualClock, first: Path, changes: dict[str, Any]
) -> None:
    source = resigned(first, tmp_path / "bent", **changes)
    assert update(tmp_path / "here", TRUSTED, clock, source) == Problem("reference.manifest_unreadable")


def test_a_file_name_that_leads_elsewhere_is_refused(tmp_path: Path, clock: ManualClock, first: Path) -> None:
    for name in ("../manifest", "/etc/passwd", "", ".hidden", "a" * 65, "UPPER"):
        full = replace(manifest_in(first).full, name=name)
        source = resigned(first, tmp_path / f"bent{len(name)}{name[:1] == '.'}", full=full)
        assert update(tmp_path / "here", TRUSTED, clock, source) == Problem("reference.manifest_unreadable"), name


def test_a_file_that_is_not_the_one_named_is_refused_and_not_resumed(
    tmp_path: Path, clock: ManualClock, first: Path
) -> None:
    shutil.copytree(first, tmp_path / "bent")
    path = tmp_path / "bent" / manifest_in(first).full.name
    raw = path.read_bytes()
    path.write_bytes(raw[:-9] + bytes(9))
    source = FolderSource(tmp_path / "bent")
    assert update(tmp_path / "here", TRUSTED, clock, source) == Problem("reference.file_wrong")
    path.write_bytes(raw)
    assert isinstance(update(tmp_path / "here", TRUSTED, clock, source), Updated)
    assert source.sent == 2 * len(raw)


@pytest.mark.parametrize("length", [-1, 1])
def test_a_file_of_another_length_is_refused(tmp_path: Path, clock: ManualClock, first: Path, length: int) -> None:
    shutil.copytree(first, tmp_path / "bent")
    path = tmp_path / "bent" / manifest_in(first).full.name
    raw = path.read_bytes()
    path.write_bytes(raw[:length] if length < 0 else raw + b"x")
    source = FolderSource(tmp_path / "bent")
    assert update(tmp_path / "here", TRUSTED, clock, source) == Problem("reference.source_silent")
    path.write_bytes(raw)
    assert isinstance(update(tmp_path / "here", TRUSTED, clock, source), Updated)


def test_data_that_unpacks_to_more_than_said_is_refused(tmp_path: Path, clock: ManualClock, first: Path) -> None:
    bomb = zlib.compress(bytes(50_000_000), 9)
    full = replace(manifest_in(first).full, packed_bytes=len(bomb), digest=hashlib.sha256(bomb).hexdigest(), bytes=1000)
    source = resigned(first, tmp_path / "bent", full=full)
    (tmp_path / "bent" / full.name).write_bytes(bomb)
    assert update(tmp_path / "here", TRUSTED, clock, source) == Problem("reference.file_wrong")


@pytest.mark.parametrize("kind", ["noise", "other rows", "other table", "not packed", "other version"])
def test_a_wrong_delta_is_followed_by_the_whole_file(
    tmp_path: Path, clock: ManualClock, first: Path, second: Path, kind: str
) -> None:
    installed(tmp_path / "here", FolderSource(first), clock).close()
    manifest = manifest_in(second)
    file = manifest.deltas[0].file
    content = msgspec.msgpack.decode(zlib.decompress((second / file.name).read_bytes()), type=DeltaContent)
    plain = {
        "noise": b"\xc1" * 100,
        "other rows": msgspec.msgpack.encode(
            msgspec.structs.replace(content, tables={key: one for key, one in content.tables.items() if key != "guide"})
        ),
        "other table": msgspec.msgpack.encode(
            msgspec.structs.replace(content, tables={"posting": next(iter(content.tables.values()))})
        ),
        "not packed": b"",
        "other version": msgspec.msgpack.encode(msgspec.structs.replace(content, to_version=9)),
    }[kind]
    packed = zlib.compress(plain) if plain else b"not packed at all"
    wrong = replace(file, packed_bytes=len(packed), digest=hashlib.sha256(packed).hexdigest(), bytes=len(plain))
    source = resigned(second, tmp_path / "bent", deltas=(replace(manifest.deltas[0], file=wrong),))
    (tmp_path / "bent" / file.name).write_bytes(packed)
    done = update(tmp_path / "here", TRUSTED, clock, source)
    assert done == Updated(2, was_changed=True, came_bytes=len(packed) + manifest.full.packed_bytes)
    assert version_in(tmp_path / "here", clock) == 2


def test_nothing_older_comes_in(tmp_path: Path, clock: ManualClock, first: Path, second: Path) -> None:
    installed(tmp_path, FolderSource(second), clock).close()
    assert update(tmp_path, TRUSTED, clock, FolderSource(first)) == Problem("reference.older")
    assert version_in(tmp_path, clock) == 2


def test_an_older_version_put_back_by_hand_is_not_opened(
    tmp_path: Path, clock: ManualClock, first: Path, second: Path
) -> None:
    here = tmp_path / "here"
    installed(here, FolderSource(first), clock).close()
    old = tmp_path / "old"
    shutil.copytree(here / "v00000001", old)
    installed(here, FolderSource(second), clock).close()
    shutil.copytree(old, here / "v00000001")
    (here / "current").unlink()
    (here / "current").symlink_to("v00000001")
    assert Reference.open(here, TRUSTED, clock) == Problem("reference.rolled_back")
    installed(here, FolderSource(second), clock).close()
    assert version_in(here, clock) == 2


def test_what_is_past_its_validity_is_not_taken(tmp_path: Path, clock: ManualClock, first: Path) -> None:
    clock.advance(timedelta(days=31).total_seconds())
    assert update(tmp_path, TRUSTED, clock, FolderSource(first)) == Problem("reference.offer_expired")


def test_a_damaged_file_is_noticed_and_loaded_again(tmp_path: Path, clock: ManualClock, first: Path) -> None:
    installed(tmp_path, FolderSource(first), clock).close()
    path = file_in(tmp_path)
    path.chmod(0o644)
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 0xFF
    path.write_bytes(bytes(raw))
    assert Reference.open(tmp_path, TRUSTED, clock) == Problem("reference.damaged")
    assert update(tmp_path, TRUSTED, clock, FolderSource(first)) != Problem("reference.damaged")
    opened(tmp_path, clock).close()


def test_a_full_disk_leaves_the_old_version(
    tmp_path: Path, clock: ManualClock, first: Path, second: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed(tmp_path, FolderSource(first), clock).close()

    def full(_handle: int) -> None:
        raise OSError(28, "no space left")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        assert update(tmp_path, TRUSTED, clock, FolderSource(second)) == Problem("reference.disk")
    assert version_in(tmp_path, clock) == 1


def test_two_updates_of_one_folder_do_not_meet(tmp_path: Path, clock: ManualClock, first: Path) -> None:
    class Meeting(FolderSource):
        def read(self, name: str, offset: int) -> Iterator[bytes]:
            met.append(update(tmp_path, TRUSTED, clock, FolderSource(first)))
            return super().read(name, offset)

    met: list[object] = []
    installed(tmp_path, Meeting(first), clock).close()
    assert met == [Problem("reference.being_updated")]


def test_a_silent_source_changes_nothing(tmp_path: Path, clock: ManualClock) -> None:
    class Silent:
        def manifest(self) -> bytes:
            raise SourceError

        def read(self, name: str, offset: int) -> Iterator[bytes]:
            raise SourceError

    assert update(tmp_path / "here", TRUSTED, clock, Silent()) == Problem("reference.source_silent")
    assert not (tmp_path / "here").exists()


def test_the_publisher_keeps_what_downloads_under_way_need(tmp_path: Path) -> None:
    content: Content = tiny(20)
    shelf = tmp_path / "published"
    manifests: list[Manifest] = []
    for number in range(7):
        content = replace(
            content, items=(msgspec.structs.replace(content.items[0], name=f"{number}号"), *content.items[1:])
        )
        manifests += published(shelf, content)
    assert [manifest.version for manifest in manifests] == [1, 2, 3, 4, 5, 6, 7]
    there = {path.name for path in shelf.glob("*.z")}
    for manifest in manifests[-2:]:
        assert {manifest.full.name, *(delta.file.name for delta in manifest.deltas)} <= there
    assert len(list((shelf / "kept").iterdir())) == 5
    assert len(there) == 10
