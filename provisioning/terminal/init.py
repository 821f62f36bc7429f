"""Makes a terminal's folder: configuration, attestation key, signed key list and, in the demo, a throw-away CA.

Every step writes whole files (`write_atomically`, `write_once`) and skips what is there, so a run that was cut off, or a
second one, ends in the same state. A private key is never replaced; an existing configuration is never touched.
"""

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from kiosk.base.clock import Clock, SystemClock
from kiosk.base.config import ConfigError, load_config
from kiosk.base.errors import BudayangError
from kiosk.base.staff_config import DEMO_PIN_HASH
from provisioning.terminal.demo_ca import issue_demo_certificates
from provisioning.terminal.files import flush_folder, write_atomically, write_once
from provisioning.terminal.key_list import ListedKey, lists_key, raw_public, sign_list, utc_text
from provisioning.terminal.template import DEMO_DEVICES, DEVICES, configuration_text

CONFIG_NAME = "terminal.yaml"
KEY_LIFE = timedelta(days=730)
DEMO_URL = "https://127.0.0.1:8443"


@dataclass(frozen=True)
class Answers:
    """What only the technician knows. `panel_width_mm` is measured with a ruler, as the panel is mounted."""

    terminal_id: str
    site_name: Mapping[str, str]
    panel_width_mm: float
    orientation: str = "portrait"
    lower_edge_mm: float = 800
    level: str = "district"
    region: str = ""
    help_phone: str = "12345"
    platform_url: str = ""
    reader_port: str = ""
    module_id: str = ""
    receipt_port: str = ""
    queue: str = ""


@dataclass(frozen=True)
class InitResult:
    """The configuration's path, and the files that this run made (none when all were there)."""

    config: Path
    made: tuple[Path, ...]


class AnswersError(BudayangError):
    """Answers that make no configuration; `complaints` point at keys of a file that was never made."""

    def __init__(self, found: ConfigError) -> None:
        self.complaints = found.complaints
        super().__init__("provision.refused", count=str(len(self.complaints)))


DEMO_ANSWERS = Answers(
    terminal_id="XH-01",
    site_name={"zh_CN": "星河市民中心", "zh_HK": "星河市民中心", "en": "Xinghe Civic Centre"},
    panel_width_mm=336,
    region="320613",
    platform_url=DEMO_URL,
)


def init_demo(directory: Path, clock: Clock | None = None) -> Path:
    """Makes (or completes) the demo's folder and returns the path of its configuration; well under a second."""
    return init_terminal(directory, DEMO_ANSWERS, demo=True, clock=clock).config


def init_terminal(directory: Path, answers: Answers, *, demo: bool, clock: Clock | None = None) -> InitResult:
    """Makes what is missing in `directory` (0700).

    Raises:
        AnswersError: an answer is not right; with every complaint; nothing was made.
        ConfigError: the configuration that is there is not right; with every complaint. A production profile is checked
            further only when the terminal starts, since its devices may not be mounted yet.
        BudayangError: ``provision.key_unusable``, a private key that is there is none of ours.
        OSError: the folder cannot be written.
    """
    directory = directory.absolute()
    if not (directory / CONFIG_NAME).exists():
        _refuse_wrong_answers(_configuration(answers, "not-made-yet", demo=demo))  # before anything is made for them
    now = (clock or SystemClock()).now().astimezone(UTC)
    for folder in (directory, directory / "keys", directory / "tls", directory / "state"):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)  # two runs at once make one terminal; ends with the descriptor
        return _complete(directory, answers, demo=demo, now=now)
    finally:
        os.close(descriptor)


def _complete(directory: Path, answers: Answers, *, demo: bool, now: datetime) -> InitResult:
    made: list[Path] = []
    config = directory / CONFIG_NAME
    key_path = directory / "keys" / "attestation.pem"
    if config.exists():
        terminal_id, key_id = _who(config)
        key = _private_key(key_path, made)
    else:
        terminal_id = answers.terminal_id
        key = _private_key(key_path, made)
        key_id = key_id_of(terminal_id, now, key)
        write_atomically(config, _configuration(answers, key_id, demo=demo).encode(), 0o600)
        made.append(config)
    if demo:
        _demo_key_list(directory / "keys", key, key_id, terminal_id, now, made)
        _demo_publisher(directory / "keys", made)
        _demo_certificates(directory / "tls", terminal_id, now, made)
    flush_folder(directory)
    return InitResult(config, tuple(made))


def key_id_of(terminal_id: str, now: datetime, key: Ed25519PrivateKey) -> str:
    """``XH-01-20261121-1f2e3d4c``: terminal, day, the first 8 hex digits of SHA-256 over the raw public key.

    Two keys of one terminal and day, such as those of two demos, are so told apart: a sheet signed by the one is of an unknown
    key to the other's list, not a forgery.
    """
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return f"{terminal_id}-{now:%Y%m%d}-{hashlib.sha256(public).hexdigest()[:8]}"


def _configuration(answers: Answers, key_id: str, *, demo: bool) -> str:
    values: dict[str, object] = {
        "profile": "demo" if demo else "production",
        "terminal_id": answers.terminal_id,
        "site_zh_cn": answers.site_name.get("zh_CN", ""),
        "site_zh_hk": answers.site_name.get("zh_HK", ""),
        "site_en": answers.site_name.get("en", ""),
        "level": answers.level,
        "region": answers.region,
        "help_phone": answers.help_phone,
        "width_mm": answers.panel_width_mm,
        "orientation": answers.orientation,
        "lower_edge_mm": answers.lower_edge_mm,
        "url": answers.platform_url,
        "key_id": key_id,
        "reader_port": answers.reader_port,
        "module_id": answers.module_id,
        "receipt_port": answers.receipt_port,
        "queue": answers.queue,
    }
    return configuration_text(
        values, DEMO_DEVICES if demo else DEVICES, has_reference=demo, staff_hash=DEMO_PIN_HASH if demo else ""
    )


def _refuse_wrong_answers(content: str) -> None:
    """Reads the configuration as the terminal will, in a folder of its own: nothing is left of what was refused."""
    with tempfile.TemporaryDirectory(prefix="budayang-init-") as folder:
        trial = Path(folder) / CONFIG_NAME
        trial.write_text(content, encoding="utf-8")
        try:
            load_config(trial, at_start=False)
        except ConfigError as error:
            raise AnswersError(error) from None


def _who(config: Path) -> tuple[str, str]:
    known = load_config(config, at_start=False)
    return known.terminal_id, known.keys.attestation_key_id


def _private_key(path: Path, made: list[Path]) -> Ed25519PrivateKey:
    fresh = Ed25519PrivateKey.generate()
    if write_once(path, fresh.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())):
        made.append(path)
        return fresh
    try:
        key = load_pem_private_key(path.read_bytes(), None)
    except (ValueError, TypeError, UnsupportedAlgorithm):  # no PEM, cut off, or with a password
        raise BudayangError("provision.key_unusable", file=str(path)) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise BudayangError("provision.key_unusable", file=str(path))
    return key


def _demo_key_list(
    folder: Path, key: Ed25519PrivateKey, key_id: str, terminal_id: str, now: datetime, made: list[Path]
) -> None:
    """The demo signs its own list; in production list and public key come from the platform's operator."""
    signer = _private_key(folder / "key-list.pem", made)
    is_new = folder / "key-list.pem" in made
    public, path = folder / "key-list-public.pem", folder / "key-list.json"
    if is_new or not public.exists():
        write_atomically(public, signer.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
        made.append(public)
    own = raw_public(key)
    if is_new or not path.exists() or not lists_key(path.read_bytes(), key_id, own):
        entry = ListedKey(key_id, terminal_id, own, utc_text(now - timedelta(days=1)), utc_text(now + KEY_LIFE))
        write_atomically(path, sign_list([entry], utc_text(now), utc_text(now + KEY_LIFE), signer))
        made.append(path)


def _demo_publisher(folder: Path, made: list[Path]) -> None:
    """The demo publishes its own catalogue; in production the public key comes from the platform's operator, and no other."""
    key = _private_key(folder / "reference.pem", made)
    public = folder / "reference-public.pem"
    if folder / "reference.pem" in made or not public.exists():
        write_atomically(public, key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
        made.append(public)


def _demo_certificates(folder: Path, terminal_id: str, now: datetime, made: list[Path]) -> None:
    """All five files or none: they belong to one authority, whose key is dropped. The authority's file comes last."""
    if (folder / "ca.pem").exists():
        return
    issued = issue_demo_certificates(terminal_id, now)
    for name, content, mode in (
        ("server.key", issued.server.key, 0o600),
        ("server.pem", issued.server.certificate, 0o644),
        ("client.key", issued.client.key, 0o600),
        ("client.pem", issued.client.certificate, 0o644),
        ("ca.pem", issued.ca, 0o644),
    ):
        write_atomically(folder / name, content, mode)
        made.append(folder / name)
