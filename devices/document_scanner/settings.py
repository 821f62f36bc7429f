"""The SANE driver's settings, and the private configuration folder that is made of them."""

import re
import tempfile
import urllib.parse
from contextlib import AbstractContextManager
from pathlib import Path

import msgspec

from devices.document_scanner.sane_library import Value
from devices.document_scanner.types import Source
from kiosk.base.errors import BudayangError

_BACKEND = re.compile(r"[a-z0-9_]{1,30}")
_ESCL = "airscan"


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Either `device` or `escl_url`.

    Attributes:
        device: SANE's name, ``backend:...`` as ``scanimage -L`` prints it, e.g. ``fujitsu:fi-7160:12345``.
        escl_url: of a network scanner, e.g. ``http://192.0.2.7/eSCL``.
        backend_config: text of the backend's own configuration file; empty = the system's.
        options: set before every scan, e.g. ``{"df-action": "Stop"}``.
        sources: options that choose a source, where the backend's names are not understood by themselves.
        stall_s: a scanner that gives no byte for so long has been lost.
    """

    device: str = ""
    escl_url: str = ""
    backend_config: str = ""
    options: dict[str, Value] = {}
    sources: dict[Source, dict[str, Value]] = {}
    stall_s: float = 20.0

    @property
    def backend(self) -> str:
        """SANE's name of the backend."""
        return _ESCL if self.escl_url else self.device.partition(":")[0]

    @property
    def sane_name(self) -> str:
        """What `sane_open` is given; of airscan's only device no more than the backend's name is needed."""
        return f"{_ESCL}:" if self.escl_url else self.device


def read(settings: dict[str, object]) -> Settings:
    """Checks the driver's part of the configuration. Raises `BudayangError` (``scanner.bad_settings``)."""
    try:
        checked = msgspec.convert(settings, type=Settings, strict=True)
        parts = urllib.parse.urlsplit(checked.escl_url)
        is_sound = not checked.escl_url or (
            parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 80) > 0
        )
    except (msgspec.ValidationError, ValueError):
        raise BudayangError("scanner.bad_settings") from None
    if (
        bool(checked.device) == bool(checked.escl_url)
        or not is_sound
        or not _BACKEND.fullmatch(checked.backend)
        or not 0.1 <= checked.stall_s <= 600
        or any(sign in checked.escl_url for sign in '\n\r";, ')
    ):
        raise BudayangError("scanner.bad_settings")
    return checked


def private_folder(settings: Settings) -> AbstractContextManager[str]:
    """A folder for ``SANE_CONFIG_DIR`` that names one backend; it can go as soon as the device is open.

    With the system's own configuration SANE would load every backend and look for scanners in the network: seconds, and strangers'.
    """
    folder = tempfile.TemporaryDirectory(prefix="sane-")
    path = Path(folder.name)
    backend = settings.backend
    text = settings.backend_config
    if settings.escl_url:
        text += f'[devices]\n"scanner" = {settings.escl_url}, eSCL\n[options]\ndiscovery = disable\n'
    elif not text:
        system = Path("/etc/sane.d") / f"{backend}.conf"
        text = system.read_text("utf-8", "replace") if system.is_file() else ""
    (path / "dll.conf").write_text(f"{backend}\n", encoding="utf-8")
    (path / f"{backend}.conf").write_text(text, encoding="utf-8")
    return folder
