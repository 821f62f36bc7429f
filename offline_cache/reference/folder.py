"""The folder in which a terminal keeps its reference, and how one version takes another's place.

::

    current                 symbolic link to v00000012
    v00000012/              manifest, reference.sqlite (never written again), installed (its digest as it lies here)
    highest                 the highest version that was ever installed: nothing older comes in
    incoming/               downloads under way, to be resumed
    building-v00000013/     a version under construction; means nothing, removed at the next update
    lock                    held by who updates

A version counts from the moment `current` names it, and it does so only after all its bytes were synced. A kill at any point leaves
the old version as it was. ``installed`` guards against damage, not against who may write here: that is what the folder's owner (the updater,
not the terminal's screen) and ``reference verify``, which digests the whole content again, are for.
"""

import fcntl
import hashlib
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from offline_cache.reference.manifest import Manifest

MANIFEST = "manifest"
DATABASE = "reference.sqlite"
INSTALLED = "installed"
_CURRENT = "current"
_HIGHEST = "highest"
_VERSION = re.compile(r"v(\d{8,10})")


def digest_of(path: Path) -> str:
    """SHA-256 (hex) of a file; other threads run meanwhile. About 0.2 s for 60 MB."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync_folder(path: Path) -> None:
    """Makes the names in a folder durable."""
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_durably(path: Path, raw: bytes) -> None:
    """Writes a file whole: it has the old content or the new one."""
    fresh = path.with_name(path.name + ".new")
    with fresh.open("wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    sync_folder(path.parent)


@dataclass(frozen=True)
class ReferenceFolder:
    """The folder; made when something is installed."""

    path: Path

    @property
    def incoming(self) -> Path:
        """Where downloads lie."""
        return self.path / "incoming"

    def current(self) -> Path | None:
        """The folder of the version in use; None when nothing is installed."""
        try:
            target = str((self.path / _CURRENT).readlink())
        except OSError:
            return None
        return self.path / target if _VERSION.fullmatch(target) else None

    def in_use(self) -> tuple[str, int, int] | None:
        """Another value whenever something was put in use, also the same version once more; None when nothing is."""
        try:
            link = self.path / _CURRENT
            state = link.lstat()
            return str(link.readlink()), state.st_ino, state.st_mtime_ns
        except OSError:
            return None

    def highest(self) -> int:
        """The highest version that was ever installed here; 0 when none was."""
        known = [0]
        with suppress(OSError, ValueError):
            known.append(int((self.path / _HIGHEST).read_text(encoding="ascii")))
        current = self.current()
        if current is not None:
            known.append(int(current.name[1:]))
        return max(known)

    @contextmanager
    def held(self) -> Iterator[bool]:
        """Holds the folder for an update; False when another process does. A killed holder lets go."""
        self.path.mkdir(mode=0o755, parents=True, exist_ok=True)
        with (self.path / "lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True

    def start_building(self, version: int) -> Path:
        """An empty folder for a version; what earlier attempts left is removed."""
        self.path.mkdir(mode=0o755, parents=True, exist_ok=True)
        for left in self.path.glob("building-*"):
            shutil.rmtree(left, ignore_errors=True)
        place = self.path / f"building-v{version:08d}"
        place.mkdir(mode=0o755)
        return place

    def put_in_use(self, built: Path, manifest: Manifest, raw_manifest: bytes) -> None:
        """Makes a complete version durable and current, then removes all others. An open one stays readable to who has it."""
        database = built / DATABASE
        database.chmod(0o444)
        with database.open("rb") as file:
            os.fsync(file.fileno())
        write_durably(built / MANIFEST, raw_manifest)
        write_durably(built / INSTALLED, digest_of(database).encode())
        name = f"v{manifest.version:08d}"
        place = self.path / name
        if place.exists():  # the same version once more: over one that was damaged
            shutil.rmtree(place)
        built.rename(place)
        sync_folder(self.path)
        link = self.path / (_CURRENT + ".new")
        link.unlink(missing_ok=True)
        link.symlink_to(name)
        link.replace(self.path / _CURRENT)
        sync_folder(self.path)
        write_durably(self.path / _HIGHEST, str(max(manifest.version, self.highest())).encode())
        for other in self.path.iterdir():
            if other.name != name and _VERSION.fullmatch(other.name):
                shutil.rmtree(other, ignore_errors=True)
        shutil.rmtree(self.incoming, ignore_errors=True)
