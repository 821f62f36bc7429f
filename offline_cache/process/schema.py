"""The JSON schema of the store's messages: ``python -m offline_cache.process.schema`` writes ``messages.schema.json``."""

import json
import sys
from pathlib import Path

import msgspec

from offline_cache.process.protocol import Reply, Request

SCHEMA_PATH = Path(__file__).with_name("messages.schema.json")


def schema() -> str:
    """The text of ``messages.schema.json``."""
    schemas, parts = msgspec.json.schema_components((Request, Reply), ref_template="#/$defs/{name}")
    whole = {"request": schemas[0], "reply": schemas[1], "$defs": parts}
    return json.dumps(whole, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


if __name__ == "__main__":  # pragma: no cover - a command for developers
    SCHEMA_PATH.write_text(schema(), encoding="utf-8")
    sys.stdout.write(f"{SCHEMA_PATH}\n")
