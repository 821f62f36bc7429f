"""The configuration as the bundle shows it: what decides how devices are driven, without secrets and without any file's contents."""

import stat
from pathlib import Path
from typing import Any

from devices.diagnosis.screening import LEFT_OUT
from devices.inspection.configured import address_of
from kiosk.base.config import Config, DeviceConfig
from kiosk.base.device_setting import DriverTable, Kind
from kiosk.base.device_tables import TABLES
from kiosk.base.yaml_reading import ConfigError

_CONTENTS = frozenset(("backend_config", "options", "sources"))
"""Settings that carry what would stand in a backend's own file."""


def shown(config: Config) -> dict[str, Any]:
    """The configuration as plain data. The help telephone is left out: a number in a bundle makes one look twice."""
    return {
        "profile": config.profile,
        "terminal_id": config.terminal_id,
        "level": config.level,
        "language": config.language,
        "panel": {
            "width_mm": config.panel.width_mm,
            "orientation": config.panel.orientation,
            "lower_edge_mm": config.panel.lower_edge_mm,
            "front": dict(config.panel.front),
        },
        "devices": {name: _device(name, device) for name, device in config.devices.items()},
        "platform": {
            "url": address_of(config.platform.url),
            "connect_timeout_s": config.platform.connect_timeout_s,
            "read_timeout_s": config.platform.read_timeout_s,
            "files": {
                name: _file(path)
                for name, path in (
                    ("ca_bundle", config.platform.ca_bundle),
                    ("client_certificate", config.platform.client_certificate),
                    ("client_key", config.platform.client_key),
                )
                if path is not None
            },
        },
        "keys": {
            "attestation_private": _file(config.keys.attestation_private),
            "key_list": _file(config.keys.key_list),
            "key_list_public": _file(config.keys.key_list_public),
        },
        "times": dict(config.times),
    }


def complaints(error: ConfigError) -> dict[str, Any]:
    """Of a file that cannot be used: lines and kinds of mistakes. A complaint's own sentence may quote a secret."""
    return {"complaints": [{"line": one.line, "problem": one.problem.key} for one in error.complaints]}


def _device(name: str, device: DeviceConfig) -> dict[str, Any]:
    table = TABLES.get(name, {}).get(device.driver)
    known = _settings_of(table) if table is not None else {}
    return {
        "driver": device.driver,
        **{key: _setting(value) if key in known else LEFT_OUT for key, value in device.settings.items()},
    }


def _settings_of(table: DriverTable) -> dict[str, Kind]:
    """The settings whose values say nothing secret; a third party's driver may call a password anything."""
    rows = [*table.settings, *(row for way in (table.ways or {}).values() for row in way)]
    return {row.passed_as or row.name: row.kind for row in rows if row.name not in _CONTENTS}


def _setting(value: object) -> object:
    if isinstance(value, str) and "://" in value:
        return address_of(value)
    return value


def _file(path: Path) -> dict[str, Any]:
    try:
        found = path.stat()
    except OSError:
        return {"path": str(path), "is_there": False}
    return {"path": str(path), "is_there": True, "mode": f"{stat.S_IMODE(found.st_mode):04o}", "bytes": found.st_size}
