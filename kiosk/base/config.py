"""The terminal's configuration: one YAML file, read once at the start, every value checked.

All complaints come at once, each with line and remedy (`ConfigError`, exit status 2). Relative paths count from the
file's folder. A production profile is checked further: `kiosk.base.production`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from kiosk.base.sentences import LANGUAGES, Language
from kiosk.base.yaml_reading import Complaint, ConfigError, Section, read_yaml

__all__ = [
    "DEVICES",
    "PLACES",
    "TIME_LIMITS",
    "Complaint",
    "Config",
    "ConfigError",
    "DeviceConfig",
    "Keys",
    "Panel",
    "PlatformConfig",
    "TimeLimit",
    "load_config",
]

DEVICES = ("id_card_reader", "receipt_printer", "sheet_printer")
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
        help_phone: whom a citizen may call.
        language: the language at the start of every visit.
        devices: by device class; a class that this terminal lacks is missing.
        state_dir: folder of everything that this terminal keeps.
        times: seconds by the names of `TIME_LIMITS`, all of them.
        lines: line of each value by its dotted path.
    """

    file: Path
    profile: str
    terminal_id: str
    site_name: Mapping[str, str]
    level: str
    help_phone: str
    panel: Panel
    language: Language
    devices: Mapping[str, DeviceConfig]
    platform: PlatformConfig
    state_dir: Path
    keys: Keys
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
    help_phone = terminal.text("help_phone", pattern=r"\+?[0-9-]{3,20}", example="12345", default="12345")
    terminal.done()

    panel = _read_panel(top.section("panel"))
    spoken = top.choice("language", LANGUAGES, default="zh_CN")
    language = next(known for known in LANGUAGES if known == spoken)

    devices_section = top.section("devices")
    devices = {}
    if (reader := devices_section.section("id_card_reader", required=False)).is_there:
        devices["id_card_reader"] = _read_reader(reader)
    if (receipts := devices_section.section("receipt_printer", required=False)).is_there:
        devices["receipt_printer"] = _read_receipt_printer(receipts)
    if (sheets := devices_section.section("sheet_printer", required=False)).is_there:
        devices["sheet_printer"] = _read_sheet_printer(sheets)
    devices_section.done()

    platform = _read_platform(top.section("platform"), base)
    state_dir = top.path("state_dir", base)

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

    times = _read_times(top.section("times", required=False))
    top.done()
    return Config(
        file=file,
        profile=profile,
        terminal_id=terminal_id,
        site_name=MappingProxyType(dict(site_name)),
        level=level,
        help_phone=help_phone,
        panel=panel,
        language=language,
        devices=MappingProxyType(devices),
        platform=platform,
        state_dir=state_dir or base,
        keys=keys,
        times=MappingProxyType(times),
        lines=MappingProxyType(top.complaints.lines),
    )


def _read_panel(section: Section) -> Panel:
    front_section = section.section("front", required=False)
    front = {name: front_section.choice(name, PLACES, default="below") for name in DEVICES if name in front_section}
    for name in set(front_section.names) - set(DEVICES):
        front_section.complain(name, "config.unknown_key", known=", ".join(DEVICES))
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


def _driver(section: Section) -> str:
    return section.text("driver", pattern=r"[a-z][a-z0-9_]{1,30}", example="serial")


def _foreign_settings(section: Section) -> dict[str, object]:
    """A third party's driver checks its own settings; here they are texts."""
    return {key: section.text(key, example="/dev/ttyUSB0") for key in section.names if key != "driver"}


def _serial(section: Section, settings: dict[str, object], speed: str) -> None:
    """The two values of a serial line; `speed` is what the driver calls the second one."""
    settings["port"] = section.text("port", pattern=r"/.{2,200}", example="/dev/serial/by-id/...")
    speeds = ("9600", "19200", "38400", "57600", "115200")
    settings[speed] = int(section.choice("baud_rate", speeds, default="115200"))


def _read_reader(section: Section) -> DeviceConfig:
    driver = _driver(section)
    settings: dict[str, object] = {}
    if driver == "serial":
        _serial(section, settings, "baud_rate")
        if "module_id" in section:
            settings["module_id"] = section.text(
                "module_id", pattern=r"[0-9A-Za-z.-]{8,64}", example="0503-20200101-0000000001-..."
            )
        section.done()
    else:
        settings = _foreign_settings(section)
    return DeviceConfig(driver, MappingProxyType(settings))


def _read_receipt_printer(section: Section) -> DeviceConfig:
    driver = _driver(section)
    settings: dict[str, object] = {}
    if driver == "escpos":
        if section.choice("transport", ("serial", "tcp")) == "serial":
            _serial(section, settings, "baudrate")
        else:
            settings["host"] = section.text("host", pattern=r"[A-Za-z0-9.:-]{1,253}", example="192.0.2.7")
            settings["tcp_port"] = section.whole("tcp_port", 1, 65535, default=9100)
        for ability in ("chinese_font", "in_order_reply", "clear_buffer", "eject_at_start"):
            settings[ability] = section.flag(ability, default=True)
        section.done()
    else:
        settings = _foreign_settings(section)
    return DeviceConfig(driver, MappingProxyType(settings))


def _read_sheet_printer(section: Section) -> DeviceConfig:
    driver = _driver(section)
    settings: dict[str, object] = {}
    if driver == "cups":
        settings["queue"] = section.text("queue", pattern=r"[A-Za-z0-9_-]{1,127}", example="A4")
        section.done()
    elif driver == "file":
        # the demo's printer answers at an address of this machine and lays its paper into a folder
        settings["host"] = section.text(
            "host", pattern=r"127(\.\d{1,3}){3}|::1", example="127.0.0.1", default="127.0.0.1"
        )
        settings["tcp_port"] = section.whole("tcp_port", 1, 65535)
        section.done()
    else:
        settings = _foreign_settings(section)
    return DeviceConfig(driver, MappingProxyType(settings))
