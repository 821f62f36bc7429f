"""The addresses of the reference: the newest manifest, and the files it names, by ranges (RFC 9110, section 14).

The platform signs nothing here: `main.py reference publish` does, with a key that this process never sees, so that who takes over the
platform still cannot change a terminal's catalogue.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Protocol

from fastapi import Depends, FastAPI, Header, Request
from starlette.responses import FileResponse, Response

from provisioning.platform.gate import terminal_id_of
from provisioning.platform.problems import RefusedError
from provisioning.platform.settings import PlatformSettings

FOLDER = "reference"
"""Below the platform's data folder."""
MANIFEST_PATH = "/v1/reference/manifest"
FILE_PATH = "/v1/reference/file"
_FILE = re.compile(r"(full-\d{8}|delta-\d{8}-\d{8})\.z")
_BYTES = "application/octet-stream"


class Holder(Protocol):
    """What the routes need of the platform."""

    @property
    def settings(self) -> PlatformSettings:
        """Where its data lies."""


def add_routes(app: FastAPI, here: Callable[[], Holder], has_tls: bool) -> None:
    """Adds the addresses; only known terminals are answered."""

    def calling_terminal(request: Request, x_terminal_id: Annotated[str | None, Header()] = None) -> str:
        return terminal_id_of(request.scope, x_terminal_id, has_tls)

    def lying(name: str) -> Path:
        path = here().settings.data_dir / FOLDER / name
        if not path.is_file():
            raise RefusedError("not-found")
        return path

    terminal = Depends(calling_terminal)
    content: dict[int | str, dict[str, Any]] = {200: {"content": {_BYTES: {}}}}

    @app.get(MANIFEST_PATH, dependencies=[terminal], response_class=Response, responses=content)
    def reference_manifest() -> Response:
        # read whole: the publisher may replace it at any moment
        return Response(lying("manifest").read_bytes(), media_type=_BYTES, headers={"Cache-Control": "no-cache"})

    partial: dict[int | str, dict[str, Any]] = {**content, 206: {"content": {_BYTES: {}}}}

    @app.get(FILE_PATH, dependencies=[terminal], response_class=Response, responses=partial)
    def reference_file(x_reference_file: Annotated[str, Header()]) -> Response:
        """One file of the newest manifest or the one before; `Range` is honoured."""
        if not _FILE.fullmatch(x_reference_file):
            raise RefusedError("not-found")
        return FileResponse(lying(x_reference_file), media_type=_BYTES)
