"""``reference``: publish (the operator), update, verify and search (the technician) on the command line."""

import argparse
import contextlib
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.base.clock import SystemClock
from kiosk.base.config import load_config
from kiosk.base.confinement import end_with_parent
from kiosk.base.errors import BudayangError, Problem
from kiosk.base.sentences import Language, sentence, sentence_of
from kiosk.base.yaml_reading import ConfigError
from offline_cache.reference.folder import DATABASE, ReferenceFolder
from offline_cache.reference.freshness import Age
from offline_cache.reference.manifest import read_manifest
from offline_cache.reference.reference import ALL_KINDS, Cancelled, Reference
from offline_cache.reference.schema import content_digest, open_read_only

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_TOLD_IN: tuple[Language, ...] = ("zh_CN", "en")


def main(argv: Sequence[str]) -> int:
    """Runs one command; 0, or 1 after a refusal in a sentence; a wrong call exits with 2."""
    arguments = _parser().parse_args(argv)
    try:
        problem: Problem | None = arguments.run(arguments)
    except ConfigError as error:
        return error.tell(sys.stderr)
    except BudayangError as error:
        problem = error.problem
    if problem is None:
        return 0
    if getattr(arguments, "for_terminal", None):
        with contextlib.suppress(OSError):  # the terminal may have gone
            os.write(sys.stdout.fileno(), problem.key.encode())  # read by the keeper
        return 1
    for language in _TOLD_IN:
        sys.stderr.write(sentence_of(problem, language) + "\n")
    return 1


def _publish(arguments: argparse.Namespace) -> Problem | None:
    from offline_cache.reference.publishing.content import Content
    from offline_cache.reference.publishing.demo_content import demo_content
    from offline_cache.reference.publishing.publish import publish
    from offline_cache.reference.publishing.reading import Complaint, read_content

    started = time.monotonic()
    key = _private_key(arguments.key)
    content: Content | tuple[Complaint, ...]
    content = read_content(arguments.rows) if arguments.rows else demo_content(arguments.demo_items)
    if not isinstance(content, Content):
        for complaint in content:
            sys.stderr.write(f"{complaint.file}:{complaint.line}: {sentence_of(complaint.problem, 'zh_CN')}\n")
        return Problem("reference.not_published", {"count": str(len(content))})
    try:
        manifest = publish(arguments.folder, content, key, SystemClock().now())
    except OSError:
        return Problem("reference.disk")
    _tell(
        "reference.published",
        version=str(manifest.version),
        entries=f"{manifest.entries:,}",
        size=f"{manifest.full.packed_bytes / 1e6:.1f}",
        seconds=f"{time.monotonic() - started:.1f}",
    )
    return None


def _update(arguments: argparse.Namespace) -> Problem | None:
    import requests

    if arguments.for_terminal and not end_with_parent(arguments.for_terminal):
        return Problem("reference.source_silent")
    from offline_cache.reference.http_source import HttpSource
    from offline_cache.reference.updating import update

    with requests.Session() as session:
        session.trust_env = False
        if arguments.certificate:
            session.cert = (str(arguments.certificate), str(arguments.certificate_key))
            session.verify = str(arguments.ca)
        else:
            session.headers["X-Terminal-Id"] = arguments.terminal_id
        source = HttpSource(session, arguments.url.rstrip("/"))
        done = update(arguments.folder, _public_key(arguments.key), SystemClock(), source)
    if isinstance(done, Problem):
        return done
    if not arguments.for_terminal:
        _tell("reference.updated", version=str(done.version), size=f"{done.came_bytes / 1e3:,.0f}")
    return None


def _verify(arguments: argparse.Namespace) -> Problem | None:
    """As opening does, and the whole content against the signed manifest besides; with ``--config`` the terminal's own."""
    folder, key_file, region = arguments.folder, arguments.key, None
    if arguments.config is not None:
        config = load_config(arguments.config, at_start=False)
        if config.reference is None:
            _tell("reference.not_configured", file=arguments.config.name)
            return None
        folder, key_file, region = config.reference.folder, config.reference.key, config.region
    elif folder is None or key_file is None:
        return Problem("reference.verify_what")
    key = _public_key(key_file)
    reference = Reference.open(folder, key, SystemClock())
    if isinstance(reference, Problem):
        return reference
    known = reference.place(region) if region is not None else None
    reference.close()
    if isinstance(known, Problem):
        return known
    if region is not None and known is None:
        _tell("reference.region_unknown", region=region)
    place = ReferenceFolder(folder).current()
    if place is None:
        return Problem("reference.none")
    manifest = read_manifest((place / "manifest").read_bytes(), key)
    if isinstance(manifest, Problem):
        return manifest
    connection = open_read_only(place / DATABASE)
    try:
        if content_digest(connection) != manifest.content_digest:
            return Problem("reference.damaged")
    finally:
        connection.close()
    _tell("reference.is_sound", version=str(manifest.version), date=f"{manifest.made_at:%Y-%m-%d}")
    return None


def _search(arguments: argparse.Namespace) -> Problem | None:
    reference = Reference.open(arguments.folder, _public_key(arguments.key), SystemClock())
    if isinstance(reference, Problem):
        return reference
    try:
        hits = reference.search(" ".join(arguments.query), arguments.region, arguments.limit, ALL_KINDS)
        age = reference.age()
    finally:
        reference.close()
    if isinstance(hits, Problem):
        return hits
    assert not isinstance(hits, Cancelled), "nobody cancels here"
    for hit in hits.items:
        sys.stdout.write(f"{hit.code:<33} {hit.name}  {hit.note}\n")
    count = f"{'<= ' if hits.is_more else ''}{hits.count:,}"
    _tell("reference.found", count=count, milliseconds=f"{hits.took_s * 1000:.1f}")
    if age.age is Age.OLD:
        _tell("reference.old", date=f"{age.made_at:%Y-%m-%d}")
    return None


def _tell(key: str, **placeholders: str) -> None:
    for language in _TOLD_IN:
        sys.stdout.write(sentence(key, language, **placeholders) + "\n")


def _public_key(path: Path) -> "Ed25519PublicKey":
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    try:
        key = load_pem_public_key(path.read_bytes())
    except (OSError, ValueError):
        key = None
    if not isinstance(key, Ed25519PublicKey):
        raise BudayangError("reference.key_unreadable", file=path.name)
    return key


def _private_key(path: Path) -> "Ed25519PrivateKey":
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key(path.read_bytes(), None)
    except (OSError, ValueError, TypeError):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise BudayangError("reference.key_unreadable", file=path.name)
    return key


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="main.py reference", description="事项目录包 the reference: catalogue and search"
    )
    commands = parser.add_subparsers(required=True)

    def command(name: str, told: str, run: object, key: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=told, description=told)
        added.add_argument("folder", type=Path, metavar="DIR")
        added.add_argument("--key", type=Path, required=True, metavar="PEM", help=key)
        added.set_defaults(run=run)
        return added

    public = "发布者的公钥 the publisher's public key"
    publish = command(
        "publish", "发布下一版 publishes the next version", _publish, "发布密钥 the publisher's private key"
    )
    publish.add_argument(
        "--rows", type=Path, metavar="DIR", help="事项等的 JSON 行文件 JSON lines of items and the rest"
    )
    publish.add_argument(
        "--demo-items", type=int, default=134_000, metavar="N", help="演示事项数 how many invented items (134000)"
    )
    update = command("update", "从平台更新 brings the newest version from a platform", _update, public)
    update.add_argument("--url", required=True)
    update.add_argument("--terminal-id", default="", help="没有 TLS 时 without TLS")
    for name in ("--certificate", "--certificate-key", "--ca"):
        update.add_argument(name, type=Path, metavar="PEM")
    update.add_argument("--for-terminal", type=int, metavar="PID", help=argparse.SUPPRESS)
    verify = commands.add_parser("verify", help="检查本机的目录 checks what is installed")
    verify.add_argument("folder", type=Path, metavar="DIR", nargs="?")
    verify.add_argument("--key", type=Path, metavar="PEM", help=public)
    verify.add_argument("--config", type=Path, metavar="FILE", help="终端配置 the terminal's configuration names both")
    verify.set_defaults(run=_verify)
    search = command("search", "搜索 searches", _search, public)
    search.add_argument("query", nargs="+")
    search.add_argument("--region", metavar="CODE", help="本机所在区划 the terminal's region")
    search.add_argument("--limit", type=int, default=20)
    return parser


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
