"""Published references for tests: small ones of the demo's words, signed by a key of the tests."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.base.clock import ManualClock
from kiosk.base.errors import Problem
from offline_cache.reference import Reference
from offline_cache.reference.folder import DATABASE, ReferenceFolder
from offline_cache.reference.manifest import Manifest, read_manifest
from offline_cache.reference.publishing.content import Content
from offline_cache.reference.publishing.demo_content import demo_content
from offline_cache.reference.publishing.publish import publish
from offline_cache.reference.rows import ItemRow
from offline_cache.reference.schema import open_read_only
from offline_cache.reference.updating import SourceError, Updated, update

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
TRUSTED = KEY.public_key()
OTHER_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
OWN = "320613"
"""崇川区."""


@dataclass
class FolderSource:
    """A publisher's folder as a source. `breaks_after`: bytes of one read after which the line breaks, None = never."""

    folder: Path
    breaks_after: int | None = None
    piece: int = 10_000
    reads: int = 0
    sent: int = 0

    def manifest(self) -> bytes:
        return (self.folder / "manifest").read_bytes()

    def read(self, name: str, offset: int) -> Iterator[bytes]:
        self.reads += 1
        raw = (self.folder / name).read_bytes()[offset:]
        for start in range(0, len(raw), self.piece):
            if self.breaks_after is not None and start >= self.breaks_after:
                raise SourceError
            self.sent += len(raw[start : start + self.piece])
            yield raw[start : start + self.piece]


def tiny(items: int = 60, seed: int = 7) -> Content:
    """A few items with all that belongs to them; builds in 0.1 s."""
    whole = demo_content(items, seed)
    return replace(whole, policies=whole.policies[:5], places=whole.places[:20])


def changed(content: Content) -> Content:
    """The next version: items gone, new, renamed, hotter; a guide rewritten; a synonym and an alias more."""
    first, second, third, *rest = content.items
    renamed = msgspec.structs.replace(second, name="老年人优待证申领", aliases=("敬老卡",), hot=3)
    cooler = msgspec.structs.replace(third, hot=(third.hot + 1) % 4, stars=2)
    moved = ItemRow(
        **{**msgspec.structs.asdict(first), "item_code": "1" * 31, "business_item_code": "", "name": "夜间施工证明出具"}
    )
    guide = msgspec.structs.replace(content.guides[0], version="2026.12", procedure=("申请", "办结"))
    return replace(
        content, items=(*rest, renamed, cooler, moved), guides=(guide, *content.guides[1:]), places=content.places[:-1]
    )


def published(folder: Path, *versions: Content, clock: ManualClock | None = None) -> list[Manifest]:
    """Publishes versions into a folder, a day between them."""
    start = (clock or ManualClock()).now()
    return [publish(folder, content, KEY, start + timedelta(days=day)) for day, content in enumerate(versions)]


def installed(folder: Path, source: FolderSource, clock: ManualClock) -> Reference:
    """Brings the newest version into `folder` and opens it."""
    done = update(folder, TRUSTED, clock, source)
    assert isinstance(done, Updated), done
    return opened(folder, clock)


def opened(folder: Path, clock: ManualClock) -> Reference:
    """Opens what is installed."""
    reference = Reference.open(folder, TRUSTED, clock)
    assert isinstance(reference, Reference), reference
    return reference


def version_in(folder: Path, clock: ManualClock) -> int | Problem:
    """The version that opens."""
    reference = Reference.open(folder, TRUSTED, clock)
    if isinstance(reference, Problem):
        return reference
    reference.close()
    return reference.age().version


def everything_in(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of a file, the index's included, as they mean: sets unpacked."""
    from offline_cache.reference import bitmaps

    connection = open_read_only(path)
    try:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        tables = {name: sorted(connection.execute(f"SELECT * FROM {name}").fetchall()) for name in names}
    finally:
        connection.close()
    tables["posting"] = [(term, bitmaps.decode(bits)) for term, bits in tables["posting"]]
    return tables


def file_in(folder: Path) -> Path:
    """The database in use."""
    place = ReferenceFolder(folder).current()
    assert place is not None
    return place / DATABASE


def manifest_in(folder: Path) -> Manifest:
    """A publisher's manifest."""
    manifest = read_manifest((folder / "manifest").read_bytes(), TRUSTED)
    assert isinstance(manifest, Manifest)
    return manifest
