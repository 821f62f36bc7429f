"""Submissions as a terminal sends them."""

import base64
import hashlib
import json
from typing import Any
from uuid import UUID

from tests.provisioning.platform.running import SPECIMEN, TERMINAL_ID

STORE = "a" * 32


def key_of(number: int) -> str:
    return str(UUID(int=number))


def consultation(**changes: Any) -> dict[str, Any]:
    """A body of kind ``consultation`` from the specimen citizen."""
    body = {
        "visit_id": "visit-1",
        "type": "consultation",
        "title": "商贷转公贷",
        "content": "住在外地，怎样办理？",
        "applicant": {"id_number": SPECIMEN[0], "name": SPECIMEN[1]},
    }
    return body | changes


def rating(**changes: Any) -> dict[str, Any]:
    return {"visit_id": "visit-1", "item_code": "11", "grade": 5} | changes


def item(number: int, body: object = None, kind: str = "consultation", **changes: Any) -> dict[str, Any]:
    """Item `number` in a lane of its own."""
    made = {
        "key": key_of(number),
        "seq": number,
        "order_key": f"lane-{number}",
        "kind": kind,
        "schema_version": 1,
        "slip_number": f"XH01-0001-{number:06d}-7",
        "created_wall": "2026-11-21T23:04:00+08:00",
        "created_trusted": None,
        "body": json.dumps(consultation() if body is None else body, ensure_ascii=False),
        "attachments": [],
    }
    return made | changes


def batch(*items: dict[str, Any], terminal_id: str = TERMINAL_ID, store_id: str = STORE) -> dict[str, Any]:
    return {"terminal_id": terminal_id, "store_id": store_id, "items": list(items)}


def note(number: int, content: bytes, media_type: str = "application/pdf") -> dict[str, Any]:
    digest = hashlib.sha256(content).hexdigest()
    return {"attachment_id": key_of(number), "media_type": media_type, "bytes": len(content), "sha256": digest}


def part_headers(number: int, content: bytes, first: int, size: int) -> dict[str, str]:
    digest = base64.b64encode(hashlib.sha256(content).digest()).decode()
    return {
        "x-attachment-id": key_of(number),
        "content-type": "application/pdf",
        "content-range": f"bytes {first}-{first + size - 1}/{len(content)}",
        "repr-digest": f"sha-256=:{digest}:",
    }
