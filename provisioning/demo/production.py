"""No demo on a terminal that serves citizens: emulated devices and an invented platform impersonate the real ones perfectly."""

from pathlib import Path

import yaml

from kiosk.base.errors import BudayangError

PRODUCTION_CONFIG = Path("/etc/budayang/terminal.yaml")
"""Where a production terminal's configuration lies."""


def refuse_on_production(config: Path | None = None) -> None:
    """Returns only where `config` (by default `PRODUCTION_CONFIG`) is not there or says ``profile: demo`` itself.

    A file that cannot be read or understood counts as a production terminal's.

    Raises:
        BudayangError: ``demo.production``.
    """
    path = config or PRODUCTION_CONFIG
    try:
        settings = yaml.safe_load(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return
    except (OSError, ValueError, yaml.YAMLError):
        settings = None
    if not isinstance(settings, dict) or settings.get("profile") != "demo":
        raise BudayangError("demo.production", file=str(path))
