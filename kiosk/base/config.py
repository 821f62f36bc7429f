"""The terminal's configuration: one YAML file, read once at the start, every value checked.

All complaints come at once, each with line and remedy (`ConfigError`, exit status 2). Relative paths count from the
file's folder. A production profile is checked further: `kiosk.base.production`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from kiosk.base.device_tables import DEVICES, ON_THE_FRONT, TABLES
from kiosk.base.device_wires import shared_wires
from kiosk.base.offline_config import OfflineConfig, read_offline
from kiosk.base.reference_config import ReferenceConfig, read_reference, read_region
from kiosk.base.sentences import LANGUAGES, Language
from kiosk.base.staff_config import StaffConfig, read_staff
from kiosk.base.yaml_reading import Complaint, ConfigError, Section, read_yaml

__all__ = [
    "DEVICES",
    "ON_THE_FRONT",
    "PLACES",
    "TIME_LIMITS",
    "Complaint",
    "Config",
    "ConfigError",
    "DeviceConfig",
    "Keys",
    "OfflineConfig",
    "Panel",
    "PlatformConfig",
    "ReferenceConfig",
    "TimeLimit",
    "load_config",
]

PLACES = ("above", "below", "left", "right", "left_above", "right_above", "left_below", "right_below")
"""Where on the cabinet's front a device sits, seen by the citizen, relative to the panel."""
LEVELS = ("province", "city", "district", "street", "village")
TERMINAL_ID = r"[A-Z]{2,8}(-[A-Z0-9]{1,8}){1,3}"


@dataclass(frozen=True)
class TimeLimit:
    """Seconds: what holds without a setting, and the floor and ceiling that no setting may pass."""

    default_s: float
    floor_s: float
    ceiling_s: float = 3600


# VVSG 2.0 and WCAG 2.2 (2.2.1) set the floors; the rest is the house's rule. They agree with kiosk.session.timeouts, which a
# test compares.
TIME_LIMITS: Mapping[str, TimeLimit] = MappingProxyType(
    {
        "home_idle_s": TimeLimit(60, 40),
        "identified_idle_s": TimeLimit(120, 120),
        "reading_idle_s": TimeLimit(180, 120),
        "alert_s": TimeLimit(30, 20),
        "cover_s": TimeLimit(20, 20, 30),
        "visit_s": TimeLimit(900, 600, 7200),
        "result_s": TimeLimit(30, 20),
    }
)


@dataclass(frozen=True)
class Panel:
    """The picture area. `width_mm` as it is mounted; `lower_edge_mm` over the floor; `front` device class -> place."""

    width_mm: float
    orientation: str
    lower_edge_mm: float
    front: Mapping[str, str]


@dataclass(frozen=True)
class DeviceConfig:
    """A device's driver and that driver's settings, as `devices.drivers` takes them."""

    driver: str
    settings: Mapping[str, object]


@dataclass(frozen=True)
class PlatformConfig:
    """The way to the central platform. The three files are given together or not at all (loopback only)."""

    url: str
    ca_bundle: Path | None
    client_certificate: Path | None
    client_key: Path | None
    connect_timeout_s: float
    read_timeout_s: float


@dataclass(frozen=True)
class Keys:
    """The attestation's private key (PEM, 0600), the signed list of all terminals' keys, and the list's own public key."""

    attestation_key_id: str
    attestation_private: Path
    key_list: Path
    key_list_public: Path


@dataclass(frozen=True)
class Config:
    """The whole file.

    Attributes:
        file: where it was read from.
        profile: ``demo`` or ``production``.
        terminal_id: such as ``XH-01``.
        site_name: the hall's name by language.
        level: level of the administration that runs the hall.
        region: code of its administrative division, 6 or 12 digits; None when it was not told.
        help_phone: whom a citizen may call.
        language: the language at the start of every visit.
        devices: by device class; a class that this terminal lacks is missing.
        state_dir: folder of everything that this terminal keeps.
        offline: its store.
        reference: the catalogue that is searched; None: there is no search.
        staff: who may open the staff page.
        times: seconds by the names of `TIME_LIMITS`, all of them.
        lines: line of each value by its dotted path.
    """

    file: Path
    profile: str
    terminal_id: str
    site_name: Mapping[str, str]
    level: str
    region: str | None
    help_phone: str
    panel: Panel
    language: Language
    devices: Mapping[str, DeviceConfig]
    platform: PlatformConfig
    state_dir: Path
    offline: OfflineConfig
    reference: ReferenceConfig | None
    keys: Keys
    staff: StaffConfig
    times: Mapping[str, float]
    lines: Mapping[str, int] = field(repr=False, compare=False)

    @property
    def is_demo(self) -> bool:
        """Whether every screen, slip and sheet must say 演示."""
        return self.profile == "demo"


def load_config(path: Path, *, at_start: bool = True) -> Config:
    """Reads and checks the file.

    Args:
        at_start: the terminal is about to serve, so a production profile must also pass `production_complaints`.

    Raises:
        ConfigError: with every complaint.
    """
    top = read_yaml(path)
    config = _read(top, path.absolute())
    if at_start and not top.complaints.found and config.profile == "production":
        from kiosk.base.production import production_complaints

        top.complaints.found.extend(production_complaints(config))
    if top.complaints.found:
        raise ConfigError(top.complaints.found)
    return config


def _read(top: Section, file: Path) -> Config:
    base = file.parent
    profile = top.choice("profile", ("demo", "production"))

    terminal = top.section("terminal")
    terminal_id = terminal.text("id", pattern=TERMINAL_ID, example="XH-01")
    site_name = terminal.texts("site", LANGUAGES, required=True)
    level = terminal.choice("level", LEVELS, default="district")
    region = read_region(terminal)
    help_phone = terminal.text("help_phone", pattern=r"\+?[0-9-]{3,20}", example="12345", default="12345")
    terminal.done()

    panel = _read_panel(top.section("panel"))
    spoken = top.choice("language", LANGUAGES, default="zh_CN")
    language = next(known for known in LANGUAGES if known == spoken)

    devices = _read_devices(top.section("devices"), base)
    platform = _read_platform(top.section("platform"), base)
    state_dir = top.path("state_dir", base) or base
    offline = read_offline(top.section("offline", required=False), base, state_dir)
    reference = read_reference(top, terminal, base, state_dir)

    keys_section = top.section("keys")
    private = keys_section.path("attestation_private", base)
    key_list = keys_section.path("key_list", base)
    key_list_public = keys_section.path("key_list_public", base)
    keys = Keys(
        keys_section.text("attestation_key_id", pattern=r"[A-Za-z0-9_.-]{4,64}", example="XH-01-1"),
        private or base,
        key_list or base,
        key_list_public or base,
    )
    keys_section.done()

    staff = read_staff(top.section("staff", required=False))
    times = _read_times(top.section("times", required=False))
    top.done()
    return Config(
        file=file,
        profile=profile,
        terminal_id=terminal_id,
        site_name=MappingProxyType(dict(site_name)),
        level=level,
        region=region,
        help_phone=help_phone,
        panel=panel,
        language=language,
        devices=MappingProxyType(devices),
        platform=platform,
        state_dir=state_dir,
        offline=offline,
        reference=reference,
        keys=keys,
        staff=staff,
        times=MappingProxyType(times),
        lines=MappingProxyType(top.complaints.lines),
    )


def _read_panel(section: Section) -> Panel:
    front_section = section.section("front", required=False)
    front = {
        name: front_section.choice(name, PLACES, default="below") for name in ON_THE_FRONT if name in front_section
    }
    for name in front_section.names:
        if name not in ON_THE_FRONT:
            front_section.complain(name, "config.unknown_key", known=", ".join(ON_THE_FRONT))
    panel = Panel(
        width_mm=section.number("width_mm", 100, 2000),
        orientation=section.choice("orientation", ("portrait", "landscape")),
        lower_edge_mm=section.number("lower_edge_mm", 300, 1500, default=800),
        front=MappingProxyType(front),
    )
    section.done()
    return panel


def _read_platform(section: Section, base: Path) -> PlatformConfig:
    url = section.text(
        "url", pattern=r"https?://[A-Za-z0-9.:\[\]-]+(/[\w./-]*)?", example="https://platform.example.gov.cn"
    )
    files = {
        name: section.path(name, base, required=False) for name in ("ca_bundle", "client_certificate", "client_key")
    }
    given = [name for name, path in files.items() if path is not None]
    if 0 < len(given) < len(files):
        for name in files.keys() - set(given):
            section.complain(name, "config.tls_incomplete")
    if url.startswith("https://") and section.is_there and not given:
        section.complain("url", "config.tls_incomplete")
    platform = PlatformConfig(
        url=url.rstrip("/"),
        ca_bundle=files["ca_bundle"],
        client_certificate=files["client_certificate"],
        client_key=files["client_key"],
        connect_timeout_s=section.number("connect_timeout_s", 0.5, 30, default=3),
        read_timeout_s=section.number("read_timeout_s", 1, 60, default=10),
    )
    section.done()
    return platform


def _read_times(section: Section) -> dict[str, float]:
    times = {}
    for name, limit in TIME_LIMITS.items():
        value = section.number(name, 0, 86_400, default=limit.default_s)
        if not limit.floor_s <= value <= limit.ceiling_s:
            section.complain(
                name, "config.time_limit", value=f"{value:g}", low=f"{limit.floor_s:g}", high=f"{limit.ceiling_s:g}"
            )
        times[name] = value
    section.done()
    return times


def _read_devices(section: Section, base: Path) -> dict[str, DeviceConfig]:
    devices = {}
    for name in DEVICES:
        device = section.section(name, required=False)
        if device.is_there:
            devices[name] = _read_device(device, name, base)
    section.done()
    lines = section.complaints.lines
    in_order = sorted(devices, key=lambda name: lines[f"devices.{name}"])
    for pair in shared_wires({name: devices[name].settings for name in in_order}):
        first, second = (_nearest(f"devices.{name}.{setting}", lines) for name, setting in pair)
        section.complaints.add(lines[second], "config.shared_wire", key=second, other=first, line=str(lines[first]))
    return devices


def _nearest(place: str, lines: Mapping[str, int]) -> str:
    """The place itself, or the section around it when it has no line of its own (a default)."""
    return place if place in lines else place.rpartition(".")[0]


def _read_device(section: Section, name: str, base: Path) -> DeviceConfig:
    driver = section.text("driver", pattern=r"[a-z][a-z0-9_]{1,30}", example=next(iter(TABLES[name])))
    table = TABLES[name].get(driver)
    if table is None:  # a third party's driver checks its own settings; here they are texts
        own = {key: section.text(key, example="/dev/ttyUSB0") for key in section.names if key != "driver"}
        return DeviceConfig(driver, MappingProxyType(own))
    return DeviceConfig(driver, MappingProxyType(table.read(section, base)))
