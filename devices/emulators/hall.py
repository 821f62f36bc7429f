"""The description of a hall: which emulated devices there are, as a YAML file, name -> kind and settings.

``emulators: {face_camera: {kind: camera, width: 1280}, locker: {kind: described, profile: locker_12}}``. The name of an emulator is
the device class that a terminal sees there; kinds and their settings are `KINDS`. Complaints come with line and remedy.
"""

import importlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from devices.described.reading import profile_path
from devices.emulators.control import HALL, Emulator
from kiosk.base.yaml_reading import ConfigError, Section, read_yaml

HALLS = Path(__file__).with_name("halls")
FULL = HALLS / "full.yaml"
"""Every emulated device."""
CORE = HALLS / "core.yaml"
"""What a visit for a query needs."""


@dataclass(frozen=True)
class Site:
    """Where a hall is set up.

    Attributes:
        folder: private, for what a person may want to look at: sheets fall into ``sheets``, sounds into ``sound``.
        temporary: private, for what services need; gone with the hall.
        is_paced: whether wires and paper take the time that real ones take.
        upstream: HOST:PORT of the platform, for the network cable; ``None`` = no cable.
        patience_s: how long to wait for a service that is one per machine and taken.
    """

    folder: Path
    temporary: Path
    is_paced: bool = True
    upstream: str | None = None
    patience_s: float = 0.0


Settings = Mapping[str, object]
Making = Callable[[str, Settings, Site], Emulator]


@dataclass(frozen=True)
class Kind:
    """One kind of emulator: how its settings are read from the file, and how it is made."""

    make: Making
    read: Callable[[Section], dict[str, object]] = field(default=lambda _: {})


@dataclass(frozen=True)
class Place:
    """One emulator of a hall; `line` of the file."""

    name: str
    kind: str
    settings: Settings
    line: int


def _load(target: str) -> Callable[..., Emulator]:
    """Imports only what this hall has."""
    module, _, name = target.partition(":")
    return cast("Callable[..., Emulator]", getattr(importlib.import_module(f"devices.emulators.{module}"), name))


def _id_card_reader(_name: str, settings: Settings, site: Site) -> Emulator:
    return _load("id_card_reader:IdCardReaderEmulator")(is_paced=site.is_paced, **settings)


def _receipt_printer(_name: str, _settings: Settings, site: Site) -> Emulator:
    return _load("receipt_printer:ReceiptPrinterEmulator")(paced=site.is_paced)


def _sheet_printer(_name: str, settings: Settings, site: Site) -> Emulator:
    page_s = settings["page_s"] if site.is_paced else 0.0
    return _load("sheet_printer:SheetPrinterEmulator")(site.folder / "sheets", page_s=page_s)


def _scanner(_name: str, settings: Settings, site: Site) -> Emulator:
    return _load("escl_scanner:EsclScannerEmulator")(page_s=settings["page_s"] if site.is_paced else 0.0)


def _camera(name: str, settings: Settings, _site: Site) -> Emulator:
    return _load("mjpeg_camera:MjpegCameraEmulator")(name, **settings)


def _described(name: str, settings: Settings, site: Site) -> Emulator:
    file = settings.get("file") or str(profile_path(str(settings["profile"])))
    return _load("described:DescribedEmulator")(Path(str(file)), name, site.is_paced)


def _permit_rewriter(_name: str, settings: Settings, site: Site) -> Emulator:
    act_s = settings["act_s"] if site.is_paced else 0.05
    return _load("permit_rewriter:PermitRewriterEmulator")(site.is_paced, act_s=act_s)


def _serial_device(target: str) -> Making:
    return lambda _name, _settings, site: _load(target)(site.is_paced)


def _network_cable(_name: str, _settings: Settings, site: Site) -> Emulator:
    host, _, port = (site.upstream or "").rpartition(":")
    return _load("network_cable:NetworkCable")(host, int(port))


def _smart_card(_name: str, _settings: Settings, site: Site) -> Emulator:
    return _load("card_slot:CardSlot")(site.temporary, site.patience_s)


def _power_supply(_name: str, _settings: Settings, site: Site) -> Emulator:
    return _load("power_supply:PowerSupply")(site.temporary)


def _sound_output(_name: str, _settings: Settings, site: Site) -> Emulator:
    return _load("sound_output:SoundOutput")(site.folder)


def _read_camera(section: Section) -> dict[str, object]:
    return {
        "width": section.whole("width", 16, 4096, default=1920),
        "height": section.whole("height", 16, 4096, default=1080),
        "fps": section.number("fps", 1, 60, default=25),
    }


def _read_described(section: Section) -> dict[str, object]:
    if "file" in section:
        return {"file": section.text("file", example="/path/lamps.yaml")}
    profile = section.text("profile", pattern=r"[A-Za-z0-9_-]{1,60}", example="io_board")
    if profile and not profile_path(profile).exists():
        known = sorted(path.stem for path in profile_path("x").parent.glob("*.yaml"))
        section.complain("profile", "config.choice", value=profile, words=", ".join(known))
    return {"profile": profile}


KINDS: Mapping[str, Kind] = {
    "id_card_reader": Kind(_id_card_reader, lambda section: {"latches": section.flag("latches", default=False)}),
    "smart_card": Kind(_smart_card),
    "receipt_printer": Kind(_receipt_printer),
    "sheet_printer": Kind(_sheet_printer, lambda section: {"page_s": section.number("page_s", 0, 60, default=0.15)}),
    "scanner": Kind(_scanner, lambda section: {"page_s": section.number("page_s", 0, 60, default=0.3)}),
    "camera": Kind(_camera, _read_camera),
    "described": Kind(_described, _read_described),
    "permit_rewriter": Kind(_permit_rewriter, lambda section: {"act_s": section.number("act_s", 0, 60, default=1.5)}),
    "barcode_reader": Kind(_serial_device("barcode_reader:BarcodeReaderEmulator")),
    "keypad": Kind(_serial_device("keypad:KeypadEmulator")),
    "signature_pad": Kind(_serial_device("signature_pad:SignaturePadEmulator")),
    "fingerprint_reader": Kind(_serial_device("fingerprint_reader:FingerprintReaderEmulator")),
    "power_supply": Kind(_power_supply),
    "sound_output": Kind(_sound_output),
    "network_cable": Kind(_network_cable),
}


def read_hall(path: Path) -> list[Place]:
    """Reads and checks a file. Raises `ConfigError` with every complaint."""
    top = read_yaml(path)
    section = top.section("emulators")
    places = []
    for name in section.names:
        one = section.section(name)
        if name == HALL or not name.replace("_", "").isalnum() or not name.islower():
            section.complain(name, "config.text_form", value=name, example="face_camera")
        kind = one.choice("kind", KINDS)
        places.append(Place(name, kind, KINDS[kind].read(one), one.line))
        one.done()
    top.done()
    if top.complaints.found:
        raise ConfigError(top.complaints.found)
    return places


def make_hall(places: Collection[Place], site: Site, without: Collection[str] = ()) -> dict[str, Emulator]:
    """The emulators by name, not started; a network cable only where there is something upstream.

    Raises `ConfigError` for a description that a place names and that is not whole.
    """
    return {
        place.name: KINDS[place.kind].make(place.name, place.settings, site)
        for place in places
        if place.name not in without and (place.kind != "network_cable" or site.upstream is not None)
    }
