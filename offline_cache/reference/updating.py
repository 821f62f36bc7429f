"""Brings a newer reference onto the terminal: manifest, the smallest download that leads there, installation.

Policy: a download goes on where it was broken off; a delta that does not fit is followed by the whole file; nothing older than the
highest version ever installed comes in; whatever fails, the version in use stays.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kiosk.base.clock import Clock
from kiosk.base.errors import Problem
from offline_cache.reference.folder import DATABASE, INSTALLED, MANIFEST, ReferenceFolder, digest_of
from offline_cache.reference.installing import install_delta, install_full
from offline_cache.reference.manifest import BundleFile, Manifest, read_manifest

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


class SourceError(Exception):
    """The source does not answer, or breaks off; what has come so far is kept. Its text says nothing."""


class BundleSource(Protocol):
    """Where bundles come from."""

    def manifest(self) -> bytes:
        """The newest manifest. Raises SourceError."""

    def read(self, name: str, offset: int) -> Iterator[bytes]:
        """The file's bytes from `offset` on, in pieces. Raises SourceError, also halfway."""


@dataclass(frozen=True)
class Updated:
    """What an update did: `was_changed` False when the version in use is the newest. `came_bytes`: how much was loaded."""

    version: int
    was_changed: bool
    came_bytes: int


def update(
    folder: Path,
    trusted_key: "Ed25519PublicKey",
    clock: Clock,
    source: BundleSource,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Updated | Problem:
    """Installs the newest reference. Blocks for as long as the source takes and some seconds more.

    Problems: ``reference.source_silent``, ``reference.older`` (what is offered is older than what was here),
    ``reference.offer_expired``, ``reference.file_wrong``, ``reference.disk``, ``reference.being_updated`` (by another process), ``reference.manifest_*``.
    """
    at = ReferenceFolder(folder)
    try:
        raw = source.manifest()
    except SourceError:
        return Problem("reference.source_silent")
    manifest = read_manifest(raw, trusted_key)
    if isinstance(manifest, Problem):
        return manifest
    if manifest.version < at.highest():
        return Problem("reference.older")
    if clock.now() >= manifest.valid_until:
        return Problem("reference.offer_expired")
    try:
        with at.held() as is_held:
            if not is_held:
                return Problem("reference.being_updated")
            here = _sound_version(at, trusted_key)
            if here == manifest.version:
                return Updated(here, was_changed=False, came_bytes=0)
            loaded = _Downloads(at, manifest, source, is_cancelled)
            problem = _install(at, manifest, raw, here, loaded)
    except SourceError:
        return Problem("reference.source_silent")
    except OSError:
        return Problem("reference.disk")
    return problem or Updated(manifest.version, was_changed=True, came_bytes=loaded.came_bytes)


def _install(
    at: ReferenceFolder, manifest: Manifest, raw: bytes, here: int | None, loaded: "_Downloads"
) -> Problem | None:
    delta = next((delta for delta in manifest.deltas if delta.from_version == here), None)
    if delta is not None:
        problem = install_delta(at, loaded.get(delta.file), delta.file, manifest, raw)
        if problem is None or problem.key == "reference.disk":
            return problem
        loaded.forget(delta.file)
    problem = install_full(at, loaded.get(manifest.full), manifest, raw)
    if problem is not None and problem.key == "reference.file_wrong":
        loaded.forget(manifest.full)
    return problem


def _sound_version(at: ReferenceFolder, trusted_key: "Ed25519PublicKey") -> int | None:
    """The version in use, None when there is none or its file is damaged."""
    place = at.current()
    try:
        if place is None or digest_of(place / DATABASE) != (place / INSTALLED).read_text(encoding="ascii"):
            return None
        manifest = read_manifest((place / MANIFEST).read_bytes(), trusted_key)
    except (OSError, ValueError):
        return None
    return None if isinstance(manifest, Problem) else manifest.version


class _Downloads:
    def __init__(
        self, at: ReferenceFolder, manifest: Manifest, source: BundleSource, is_cancelled: Callable[[], bool]
    ) -> None:
        self._folder = at.incoming
        self._offered = {self._path(file) for file in (manifest.full, *(delta.file for delta in manifest.deltas))}
        self._source = source
        self._is_cancelled = is_cancelled
        self.came_bytes = 0

    def get(self, file: BundleFile) -> Path:
        """The file, loaded from where it was broken off. Raises SourceError, OSError."""
        self._folder.mkdir(mode=0o755, parents=True, exist_ok=True)
        path = self._path(file)
        for other in self._folder.iterdir():
            if other not in self._offered:  # of an earlier manifest
                other.unlink()
        have = path.stat().st_size if path.exists() else 0
        if have > file.packed_bytes:
            path.unlink()
            have = 0
        if have == file.packed_bytes:
            return path
        with path.open("ab") as sink:
            for piece in self._source.read(file.name, have):
                if self._is_cancelled():
                    raise SourceError
                have += len(piece)
                if have > file.packed_bytes:
                    break
                sink.write(piece)
                self.came_bytes += len(piece)
        if have != file.packed_bytes:
            if have > file.packed_bytes:
                path.unlink()
            raise SourceError
        return path

    def forget(self, file: BundleFile) -> None:
        """What was loaded is wrong: it is not resumed."""
        self._path(file).unlink(missing_ok=True)

    def _path(self, file: BundleFile) -> Path:
        return self._folder / f"{file.digest[:16]}.part"
