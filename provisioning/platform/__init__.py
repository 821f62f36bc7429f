"""The reference central platform: what a terminal talks to, with demo departments behind it.

Importing this package is cheap; FastAPI and SQLAlchemy are loaded by the first call that needs them.
"""

from typing import TYPE_CHECKING

from provisioning.platform.settings import Limits, PlatformSettings

if TYPE_CHECKING:
    from fastapi import FastAPI

__all__ = ["Limits", "PlatformSettings", "create_app", "serve"]


def create_app(settings: PlatformSettings) -> "FastAPI":
    """Opens (and in the demo fills) the database and returns the application; `app.state.platform.close()` ends it."""
    from provisioning.platform.app import create_app as create

    return create(settings)


def serve(settings: PlatformSettings, ready_fd: int | None = None) -> None:
    """Serves until SIGTERM or SIGINT; blocks. See `provisioning.platform.server.serve`."""
    from provisioning.platform.server import serve as run

    run(settings, ready_fd)
