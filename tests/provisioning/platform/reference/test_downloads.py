"""The platform gives out what the publisher signed, to known terminals, by ranges, over real sockets."""

import queue
import random
import shutil
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from kiosk.base.clock import ManualClock, SystemClock
from kiosk.base.errors import Problem
from offline_cache.reference import Reference
from offline_cache.reference.http_source import FILE_HEADER, FILE_PATH, MANIFEST_PATH, HttpSource
from offline_cache.reference.keeping import Keeper, update_command
from offline_cache.reference.publishing.content import Content
from offline_cache.reference.publishing.publish import publish
from offline_cache.reference.updating import SourceError, Updated, update
from tests.offline_cache.reference.published import KEY, TRUSTED, changed, manifest_in, published, tiny, version_in
from tests.provisioning.platform.running import TERMINAL_ID, PlatformProcess, start_platform

pytestmark = [
    pytest.mark.xdist_group("reference"),
    pytest.mark.allow_processes("one platform serves the tests of this module"),
]


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("platform")


@pytest.fixture(scope="module")
def platform(data_dir: Path) -> Iterator[PlatformProcess]:
    started = start_platform(data_dir)
    yield started
    started.stop()


@pytest.fixture
def shelf(platform: PlatformProcess, data_dir: Path) -> Iterator[Path]:
    """The platform's folder with one version."""
    folder = data_dir / "reference"
    published(folder, tiny())
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def session() -> Iterator[requests.Session]:
    with requests.Session() as made:
        made.trust_env = False
        made.headers["X-Terminal-Id"] = TERMINAL_ID
        yield made


def address(platform: PlatformProcess) -> str:
    return f"http://127.0.0.1:{platform.port}"


def test_a_terminal_follows_the_publisher(
    platform: PlatformProcess, shelf: Path, session: requests.Session, tmp_path: Path
) -> None:
    clock, source = ManualClock(), HttpSource(session, address(platform))
    first = update(tmp_path, TRUSTED, clock, source)
    assert first == Updated(1, was_changed=True, came_bytes=manifest_in(shelf).full.packed_bytes)
    published(shelf, changed(tiny()))
    second = update(tmp_path, TRUSTED, clock, source)
    assert second == Updated(2, was_changed=True, came_bytes=manifest_in(shelf).deltas[0].file.packed_bytes)
    assert version_in(tmp_path, clock) == 2


def test_a_download_goes_on_by_range(
    platform: PlatformProcess, shelf: Path, session: requests.Session, tmp_path: Path
) -> None:
    file = manifest_in(shelf).full
    part = tmp_path / "incoming" / f"{file.digest[:16]}.part"
    part.parent.mkdir()
    part.write_bytes((shelf / file.name).read_bytes()[:30_000])
    done = update(tmp_path, TRUSTED, ManualClock(), HttpSource(session, address(platform)))
    assert done == Updated(1, was_changed=True, came_bytes=file.packed_bytes - 30_000)


def test_pieces_of_a_file_are_the_file(platform: PlatformProcess, shelf: Path, session: requests.Session) -> None:
    name = manifest_in(shelf).full.name
    raw = (shelf / name).read_bytes()
    source = HttpSource(session, address(platform))
    for offset in (0, 1, len(raw) // 2, len(raw) - 1):
        assert b"".join(source.read(name, offset)) == raw[offset:]
    with pytest.raises(SourceError):
        list(source.read(name, len(raw)))


@pytest.mark.parametrize(
    "name",
    [
        "manifest",
        "kept/00000001.sqlite",
        "../platform.sqlite",
        "full-00000009.z",
        "",
        "full-00000001.z/",
        "%2e%2e/manifest",
    ],
)
def test_nothing_but_the_bundles_is_given_out(
    platform: PlatformProcess, shelf: Path, session: requests.Session, name: str
) -> None:
    answer = session.get(address(platform) + FILE_PATH, headers={FILE_HEADER: name}, timeout=5)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    with pytest.raises(SourceError):
        list(HttpSource(session, address(platform)).read(name, 0))


def test_strangers_get_nothing(platform: PlatformProcess, shelf: Path) -> None:
    with requests.Session() as stranger:
        stranger.trust_env = False
        for path in (MANIFEST_PATH, FILE_PATH):
            answer = stranger.get(address(platform) + path, headers={FILE_HEADER: "full-00000001.z"}, timeout=5)
            assert answer.status_code == 403
            assert answer.json()["type"].endswith("terminal-refused")


def test_a_platform_without_a_reference_says_so(
    platform: PlatformProcess, session: requests.Session, tmp_path: Path
) -> None:
    assert session.get(address(platform) + MANIFEST_PATH, timeout=5).status_code == 404
    done = update(tmp_path, TRUSTED, ManualClock(), HttpSource(session, address(platform)))
    assert done == Problem("reference.source_silent")


def test_a_platform_that_is_away_is_silent(session: requests.Session, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as given_up:
        port = given_up.getsockname()[1]
    source = HttpSource(session, f"http://127.0.0.1:{port}", timeouts_s=(1, 1))
    assert update(tmp_path, TRUSTED, ManualClock(), source) == Problem("reference.source_silent")


def public_key(folder: Path) -> Path:
    path = folder / "publisher.pem"
    path.write_bytes(TRUSTED.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return path


def fresh_published(shelf: Path, content: Content) -> None:
    """By the machine's own clock, as the child reads it."""
    publish(shelf, content, KEY, SystemClock().now())


def test_a_keeper_brings_each_new_version_in_a_child(platform: PlatformProcess, data_dir: Path, tmp_path: Path) -> None:
    shelf, terminal = data_dir / "reference", tmp_path / "terminal"
    fresh_published(shelf, tiny())
    came: queue.SimpleQueue[int] = queue.SimpleQueue()
    command = update_command(terminal, public_key(tmp_path), address(platform), ["--terminal-id", TERMINAL_ID])

    def tell() -> None:
        reference = Reference.open(terminal, TRUSTED, SystemClock())
        assert isinstance(reference, Reference)
        came.put(reference.age().version)
        reference.close()

    keeper = Keeper(terminal, command, tell, random.Random(1), every_s=0.1)
    try:
        assert came.get(timeout=20) == 1
        fresh_published(shelf, changed(tiny()))
        assert came.get(timeout=20) == 2
    finally:
        assert keeper.stop()
        shutil.rmtree(shelf)
    assert came.empty(), "no news without a new version"


@pytest.mark.allow_log("reference_refused reason=reference.update_failed")  # the first of many failures
def test_a_keeper_tries_again_after_failures_and_stops_at_once(tmp_path: Path) -> None:
    tries = tmp_path / "tries"
    failing = ("/bin/sh", "-c", f"echo x >> '{tries}'; exit 1")
    keeper = Keeper(tmp_path / "terminal", failing, pytest.fail, random.Random(1), again_s=(0.01, 0.02))
    deadline = time.monotonic() + 20
    while not tries.exists() or tries.read_text().count("x") < 3:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert keeper.stop()
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "current").symlink_to("v00000001")
    before = tries.read_text()
    later = Keeper(tmp_path / "here", failing, pytest.fail, random.Random(1), first_s=600)
    assert later.stop()
    assert tries.read_text() == before, "a terminal with a version waits for its turn"
    endless = Keeper(tmp_path / "terminal", ("sleep", "600"), pytest.fail, random.Random(1))
    assert endless.stop(), "its child was killed"
    nothing = Keeper(tmp_path / "terminal", ("/nonexistent/program",), pytest.fail, random.Random(1))
    assert nothing.stop()
