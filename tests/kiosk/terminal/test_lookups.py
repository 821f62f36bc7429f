"""Looking things up as a running terminal does: the hand, the swap of a version, old data, and the keeper's refusals."""

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import msgspec
import pytest
import yaml
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from kiosk.base.clock import ManualClock, SystemClock
from kiosk.base.config import Config, load_config
from kiosk.base.errors import Problem
from kiosk.base.record import replace
from kiosk.services.catalogue import Catalogue, load_catalogue
from kiosk.services.flow import make_flow
from kiosk.services.search import own_rows
from kiosk.session import effects, events
from kiosk.session.lookup import Article, FoundKind, Lookup, PartName
from kiosk.session.state import Place
from kiosk.terminal.assembly import site_of
from kiosk.terminal.lookups import Lookups, ReferenceParts
from offline_cache.reference import PlaceRow, Reference
from offline_cache.reference.http_source import FILE_HEADER, MANIFEST_PATH
from offline_cache.reference.publishing.content import Content
from offline_cache.reference.publishing.demo_content import demo_content
from offline_cache.reference.publishing.publish import publish
from provisioning.terminal import init_demo
from tests.kiosk.terminal.stage import Bench
from tests.offline_cache.reference.published import KEY, OTHER_KEY, OWN, TRUSTED, FolderSource, installed, published

pytestmark = pytest.mark.xdist_group("reference")
PATIENCE_S = 20.0
NEW_NAME = "夜间施工证明出具"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="module")
def content(catalogue: Catalogue) -> Content:
    """The terminal's own items among 300."""
    whole = demo_content(300, own=own_rows(catalogue, OWN, 4))
    town = PlaceRow(code="320613101000", name="东河镇", parent=OWN, level=5, romanised="")
    return replace(whole, policies=whole.policies[:20], places=(*whole.places, town))


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory, content: Content) -> Path:
    """A publisher's folder with one version."""
    folder = tmp_path_factory.mktemp("shelf")
    published(folder, content)
    return folder


class Hall:
    """A terminal without screens at its search page, its reference in `folder`."""

    def __init__(self, tmp_path: Path, folder: Path, catalogue: Catalogue) -> None:
        self.clock = ManualClock()
        self.folder = folder
        self.woken = threading.Event()
        self.lookups = Lookups(self._open, catalogue.by_code, OWN, self._post)
        self.bench = Bench(tmp_path, self.lookups)
        self.terminal = self.bench.terminal
        self.terminal.set_waker(self.woken.set)
        self.terminal.post(events.Start("v1"))
        self.terminal.pump()
        self.here(events.OpenSearch)

    def _open(self) -> Reference | Problem:
        return Reference.open(self.folder, TRUSTED, self.clock)

    def _post(self, event: object) -> None:
        self.terminal.post(event)

    @property
    def lookup(self) -> Lookup:
        lookup = self.terminal.session.visit.lookup
        assert lookup is not None
        return lookup

    def here(self, kind: Callable[..., object], *values: object) -> None:
        self.terminal.post(kind(self.terminal.session.visit.page_serial, *values))
        self.terminal.pump()

    def until(self, has_come: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while True:
            self.woken.clear()
            self.terminal.pump()
            if has_come():
                return
            assert self.woken.wait(deadline - time.monotonic()), "it did not come"

    def look_for(self, text: str) -> Lookup:
        """Types it and waits for the answer."""
        self.here(events.EnterText, text, False)
        self.until(lambda: not self.terminal.session.visit.awaited)
        return self.lookup

    def names(self, text: str) -> list[str]:
        answer = self.look_for(text).answer
        assert answer is not None
        return [line.name for line in answer.lines]

    def read(self, text: str, kind: FoundKind, name: str = "") -> Article:
        answer = self.look_for(text).answer
        assert answer is not None
        line = next(line for line in answer.lines if line.kind is kind and not line.is_here and name in line.name)
        self.here(events.OpenFound, line)
        self.until(lambda: self.lookup.article is not None or self.lookup.problem is not None)
        assert self.lookup.article is not None
        return self.lookup.article


@pytest.fixture
def hall(tmp_path: Path, shelf: Path, catalogue: Catalogue) -> Iterator[Hall]:
    installed(tmp_path / "reference", FolderSource(shelf), ManualClock()).close()
    made = Hall(tmp_path, tmp_path / "reference", catalogue)
    yield made
    made.terminal.stop()


def test_an_item_of_this_terminal_opens_its_page_however_it_is_typed(hall: Hall) -> None:
    for text in ("sb", "shebao", "shb", "社保", "社保cx"):
        answer = hall.look_for(text).answer
        assert answer is not None
        assert (answer.lines[0].name, answer.lines[0].is_here) == ("社保查询和参保证明", True), text
    assert hall.lookup.answer is not None
    hall.here(events.OpenFound, hall.lookup.answer.lines[0])
    assert hall.bench.place() is Place.GUIDE
    hall.here(events.GoBack)
    assert hall.bench.place().value == "search"
    assert hall.lookup.text == "社保cx"
    assert hall.lookup.is_settled


def test_what_is_offered_near_comes_first(hall: Hall, content: Content) -> None:
    regions = {item.name + item.body: item.region for item in content.items}
    answer = hall.look_for("证明").answer
    assert answer is not None
    found = [regions[line.name + line.note] for line in answer.lines]
    chain = {OWN: 0, OWN[:4] + "00": 1, OWN[:2] + "0000": 2}
    ranks = [chain.get(region, 3) for region in found]
    assert len(set(ranks)) > 2, "too few places are told apart"
    assert ranks == sorted(ranks)


def test_each_kind_that_is_done_elsewhere_can_be_read(hall: Hall) -> None:
    item = hall.read("证", FoundKind.ITEM)
    assert {PartName.MATERIALS, PartName.TIME, PartName.PROCEDURE, PartName.CODE} <= {name for name, _ in item.parts}
    hall.here(events.GoBack)
    policy = hall.read("通知", FoundKind.POLICY)
    assert next(iter(policy.parts))[0] is PartName.TEXT
    hall.here(events.GoBack)
    place = dict(hall.read("chongchuan", FoundKind.PLACE).parts)
    assert place == {PartName.ABOVE: ("南通市", "江苏省"), PartName.CODE: (OWN,), PartName.BELOW: ("东河镇",)}


@pytest.mark.parametrize(("key", "kind"), [("place-names", FoundKind.PLACE), ("employment-policy", FoundKind.POLICY)])
def test_an_item_that_looks_up_one_kind_finds_nothing_else(
    hall: Hall, catalogue: Catalogue, key: str, kind: FoundKind
) -> None:
    everything = hall.look_for("z").answer
    assert everything is not None
    assert len({line.kind for line in everything.lines}) > 1 or everything.lines[0].kind is not kind
    hall.here(events.GoBack)
    item = catalogue.find(key)
    assert item is not None
    hall.here(events.ChooseItem, item.item_code)
    hall.here(events.Begin, make_flow(item))
    answer = hall.look_for("z").answer
    assert answer is not None
    assert {line.kind for line in answer.lines} == {kind}


def test_a_new_version_takes_over_while_somebody_searches_and_the_page_stays(
    hall: Hall, tmp_path: Path, shelf: Path, content: Content
) -> None:
    article_before = hall.read("证", FoundKind.ITEM)
    hall.here(events.GoBack)
    shown = hall.lookup
    again = tmp_path / "again"
    shutil.copytree(shelf, again)
    gone = {article_before.line.code}
    kept = [item for item in content.items if item.item_code not in gone]
    fresh = msgspec.structs.replace(kept[-1], name=NEW_NAME, item_code="1" * 31, business_item_code="")
    hall.clock.advance(86_400)
    publish(again, replace(content, items=(*kept, fresh)), KEY, hall.clock.now())
    installed(hall.folder, FolderSource(again), hall.clock).close()
    hall.lookups.renew()
    hall.terminal.pump()
    assert hall.lookup == shown, "nothing moves under the citizen's hand"
    hall.here(events.OpenFound, article_before.line)
    hall.until(lambda: hall.lookup.problem is not None)
    assert hall.lookup.problem == Problem("reference.gone")
    assert hall.terminal.session.visit.page.place is Place.SEARCH
    assert NEW_NAME in hall.names("yejian")


def test_old_data_is_dated_and_expired_data_is_not_shown(hall: Hall) -> None:
    made_on = f"{hall.clock.now():%Y-%m-%d}"
    answer = hall.look_for("证").answer
    assert answer is not None
    assert not answer.dated.is_old
    hall.clock.advance(8 * 86_400)
    answer = hall.look_for("社").answer
    assert answer is not None
    assert (answer.dated.is_old, answer.dated.made_on) == (True, made_on)
    hall.clock.advance(23 * 86_400)
    expired = hall.look_for("证明")
    assert expired.problem == Problem("reference.expired", {"date": made_on})
    assert expired.answer is None


def test_who_came_before_the_catalogue_is_answered_when_it_comes(
    tmp_path: Path, shelf: Path, catalogue: Catalogue
) -> None:
    hall = Hall(tmp_path, tmp_path / "reference", catalogue)
    try:
        assert hall.look_for("社保").problem == Problem("reference.none")
        installed(hall.folder, FolderSource(shelf), hall.clock).close()
        hall.lookups.renew()
        hall.until(lambda: hall.lookup.is_settled)
    finally:
        hall.terminal.stop()


def test_only_the_last_of_quick_keys_is_answered_and_nothing_after_the_end(hall: Hall) -> None:
    before = hall.terminal.session.dropped
    for text in ("s", "sh", "she", "sheb"):
        hall.here(events.EnterText, text, False)
    hall.until(lambda: hall.lookup.is_settled)
    assert hall.lookup.text == "sheb"
    assert hall.terminal.session.dropped == before, "older ones were never answered"
    hall.here(events.EnterText, "居住", False)
    hall.terminal.post(events.End())
    hall.until(lambda: hall.terminal.session.visit.page.place in (Place.ATTRACT, Place.CARD_CALL))
    assert hall.terminal.session.visit.lookup is None


def test_the_end_of_a_visit_drops_what_the_search_has_kept(hall: Hall) -> None:
    hall.look_for("jzz")
    reference = hall.lookups.desk._reference
    assert isinstance(reference, Reference)
    assert any("j z z" in term for term in reference._search._postings._kept)
    forgotten = threading.Event()
    hall.lookups.wipe(forgotten.set)
    assert forgotten.wait(PATIENCE_S)
    assert reference._search._postings._kept == {}
    assert hall.names("jzz"), "and it searches on"


def test_effects_of_others_are_left_to_them(hall: Hall) -> None:
    assert not hall.lookups.run(effects.CallCard("v1", 1))


# --- from the configuration -------------------------------------------------------------------------------------------
class Shelf:
    """A publisher's folder behind real sockets, as the platform gives it out."""

    def __init__(self, folder: Path) -> None:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                name = "manifest" if self.path == MANIFEST_PATH else self.headers[FILE_HEADER]
                raw = (folder / name).read_bytes()
                self.send_response(200)
                self.send_header("Content-Length", str(len(raw)))
                self.end_headers()
                self.wfile.write(raw)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def configured(folder: Path, url: str) -> Config:
    """A demo terminal's configuration with that platform and the tests' publisher."""
    document = yaml.safe_load(init_demo(folder).read_text(encoding="utf-8"))
    document["platform"] = {"url": url}
    (folder / "keys" / "reference-public.pem").write_bytes(
        TRUSTED.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    )
    file = folder / "run.yaml"
    file.write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
    return load_config(file)


@pytest.mark.allow_log("reference_refused reason=reference.manifest_forged")
def test_a_forged_version_changes_nothing_and_the_technician_is_told(tmp_path: Path, content: Content) -> None:
    now = SystemClock().now()
    publish(tmp_path / "shelf", content, KEY, now - timedelta(hours=1))
    shelf = Shelf(tmp_path / "shelf")
    try:
        config = configured(tmp_path / "terminal", shelf.url)
        assert config.reference is not None
        assert site_of(config).has_search
        came: list[object] = []
        there = threading.Event()

        def post(event: object) -> None:
            came.append(event)
            there.set()

        def wait_for(*wanted: object) -> None:
            while True:
                there.clear()
                if all(one in came for one in wanted):
                    return
                assert there.wait(PATIENCE_S), "it did not come"

        parts = ReferenceParts(config, SystemClock(), lambda _: None, post, first_s=0.1)
        try:
            parts.start()
            wait_for(events.ReferenceRenewed(), events.ReferenceChanged(None))
            assert came[0] == events.ReferenceChanged(Problem("reference.none")), "nothing was there at first"
            assert parts.problem is None
        finally:
            parts.stop()
            parts.lookups.stop()
        publish(tmp_path / "shelf", content, OTHER_KEY, now)
        parts = ReferenceParts(config, SystemClock(), lambda _: None, post, first_s=0.1)
        try:
            parts.start()
            wait_for(events.ReferenceChanged(Problem("reference.manifest_forged")))
            assert parts.problem == Problem("reference.manifest_forged")
            there.clear()
            parts.lookups.run(effects.LookUp("v1", 1, "社保"))
            assert there.wait(PATIENCE_S)
        finally:
            parts.stop()
            parts.lookups.stop()
        answered = came[-1]
        assert isinstance(answered, events.LookedUp)
        assert answered.answer.lines
    finally:
        shelf.stop()


@pytest.mark.allow_log("reference_unusable reason=reference.key_unreadable")
def test_a_key_that_is_none_is_said_and_nothing_is_searched(tmp_path: Path) -> None:
    config = configured(tmp_path, "http://127.0.0.1:9")
    assert config.reference is not None
    config.reference.key.write_text("not a key", encoding="ascii")
    posted: list[object] = []
    there = threading.Event()

    def post(event: object) -> None:
        posted.append(event)
        there.set()

    parts = ReferenceParts(config, SystemClock(), lambda _: None, post, first_s=0.1)
    try:
        assert there.wait(PATIENCE_S)
        there.clear()
        parts.lookups.run(effects.LookUp("v1", 1, "社保"))
        assert there.wait(PATIENCE_S)
    finally:
        parts.stop()
        parts.lookups.stop()
    problem = Problem("reference.key_unreadable", {"file": "reference-public.pem"})
    assert posted == [events.ReferenceChanged(problem), events.LookUpFailed("v1", 1, problem)]


def test_without_a_reference_there_is_no_search(tmp_path: Path) -> None:
    document = yaml.safe_load(init_demo(tmp_path).read_text(encoding="utf-8"))
    del document["reference"]
    file = tmp_path / "run.yaml"
    file.write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
    assert not site_of(load_config(file)).has_search
