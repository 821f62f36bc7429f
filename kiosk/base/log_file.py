"""The rotating log file, apart because its parent class is slow to import and short programs write none."""

import logging
import os
from logging.handlers import RotatingFileHandler
from typing import Any


class PrivateFileHandler(RotatingFileHandler):
    """A rotating file that only its owner may read."""

    def _open(self) -> Any:
        return os.fdopen(
            os.open(self.baseFilename, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "a", encoding="utf-8"
        )

    def handleError(self, record: logging.LogRecord) -> None:
        """Says nothing: a full disk must not stop the terminal, nor print the record's arguments."""
