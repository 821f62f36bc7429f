"""Attachments in parts: resumed, whole only with the right digest, and belonging to one item."""

import asyncio
import random
from typing import Any

import pytest
from sqlalchemy import func, select

from kiosk.base.clock import ManualClock
from provisioning.platform.intake import tables
from provisioning.platform.intake.attachments import ORPHAN_S
from provisioning.platform.intake.wire import CHUNK_BYTES, LARGEST_ATTACHMENT_BYTES
from tests.provisioning.platform.asgi import Caller, Heard
from tests.provisioning.platform.intake.submissions import batch, item, key_of, note, part_headers

CONTENT = b"%PDF-1.7 " + random.Random(1).randbytes(600_000)


def put(caller: Caller, content: bytes, first: int, size: int, changes: dict[str, str] | None = None) -> Heard:
    headers = part_headers(1, content, first, size) | (changes or {})
    return asyncio.run(caller.send("POST", "/v1/intake/attachments", content[first : first + size], headers))


def state(caller: Caller, number: int = 1) -> Any:
    return caller.post("/v1/intake/attachment-states", {"attachment_id": key_of(number)}).json


def outcome(caller: Caller, *items: dict[str, Any]) -> list[str]:
    return [one["code"] for one in caller.post("/v1/intake", batch(*items)).json["outcomes"]]


def test_an_attachment_comes_in_parts_and_its_item_after_it(platform: Caller) -> None:
    sent = item(1, attachments=[note(1, CONTENT)])
    assert state(platform) == {"received": 0, "is_whole": False}
    assert outcome(platform, sent) == ["attachments_missing"]
    for first in range(0, len(CONTENT), CHUNK_BYTES):
        size = min(CHUNK_BYTES, len(CONTENT) - first)
        heard = put(platform, CONTENT, first, size)
        assert heard.json == {"received": first + size, "is_whole": first + size == len(CONTENT)}
        assert put(platform, CONTENT, first, size).json == heard.json  # a repeat changes nothing
        is_whole = first + size == len(CONTENT)
        assert outcome(platform, sent) == ["accepted" if is_whole else "attachments_missing"]
    assert outcome(platform, sent) == ["replayed"]
    with platform.app.state.platform.engine.connect() as connection:
        parts = connection.scalars(
            select(tables.attachment_part.c.content).order_by(tables.attachment_part.c.first)
        ).all()
        assert b"".join(parts) == CONTENT
        assert connection.scalar(select(tables.attachment.c.item_key)) == key_of(1)


def test_a_part_out_of_its_place_changes_nothing_and_is_told_where_to_go_on(platform: Caller) -> None:
    assert put(platform, CONTENT, 0, 1000).json["received"] == 1000
    assert put(platform, CONTENT, 5000, 1000).json["received"] == 1000
    assert put(platform, CONTENT, 500, 1000).json["received"] == 1000
    assert put(platform, CONTENT, 1000, 1000).json["received"] == 2000


def test_a_wrong_digest_drops_everything(platform: Caller) -> None:
    small = b"%PDF-1.7 small"
    wrong = part_headers(1, b"something else", 0, 5)["repr-digest"]
    heard = put(platform, small, 0, len(small), {"repr-digest": wrong})
    assert heard.json == {"received": 0, "is_whole": False}
    with platform.app.state.platform.engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(tables.attachment_part)) == 0


def test_what_a_kind_allows_is_asked_of_what_was_sent_and_not_of_its_note(platform: Caller) -> None:
    small = b"MZ small"
    sent_as = {"content-type": "application/x-msdownload"}
    assert put(platform, small, 0, len(small), sent_as).json["is_whole"]
    assert outcome(platform, item(1, attachments=[note(1, small)])) == ["attachments_missing"]
    assert put(platform, small, 0, len(small)).json["code"] == "other_payload"


def test_an_attachment_serves_one_item_of_one_terminal(platform: Caller) -> None:
    small = b"%PDF-1.7 small"
    put(platform, small, 0, len(small))
    assert outcome(platform, item(1, attachments=[note(1, small)])) == ["accepted"]
    assert outcome(platform, item(2, attachments=[note(1, small)])) == ["attachments_missing"]
    other = Caller(platform.app, "T-8")
    assert state(other) == {"received": 0, "is_whole": False}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"content-range": "bytes 0-9/x"}, "malformed"),
        ({"content-range": "bytes 0-10/14"}, "malformed"),
        ({"content-range": "bytes 5-14/14"}, "malformed"),
        ({"content-range": f"bytes 0-9/{LARGEST_ATTACHMENT_BYTES + 1}"}, "too_large"),
        ({"repr-digest": "md5=:AAAA:"}, "malformed"),
        ({"x-attachment-id": "1"}, "malformed"),
        ({"content-type": "text/html; x"}, "malformed"),
        ({"content-range": "bytes 0-9/15"}, "other_payload"),
    ],
)
def test_what_breaks_the_rules_of_parts_is_refused_by_code(
    on_sqlite: Caller, changes: dict[str, str], code: str
) -> None:
    content = b"%PDF-1.7 small"
    assert put(on_sqlite, content, 0, 4).status == 200
    heard = put(on_sqlite, content, 0, 10, changes)
    assert (heard.status >= 400, heard.json.get("code")) == (True, code)
    assert state(on_sqlite)["received"] == 4


def test_a_part_above_256_kib_is_refused(on_sqlite: Caller) -> None:
    assert put(on_sqlite, CONTENT, 0, CHUNK_BYTES + 1).problem == "request-too-large"


def test_kinds_say_how_many_attachments_of_what_type_they_take(on_sqlite: Caller) -> None:
    two = [note(1, b"a"), note(2, b"b")]
    assert outcome(on_sqlite, item(1, attachments=two)) == ["malformed"]
    assert outcome(on_sqlite, item(1, attachments=[note(1, b"a", "text/html")])) == ["malformed"]
    huge = note(1, b"a") | {"bytes": LARGEST_ATTACHMENT_BYTES + 1}
    assert outcome(on_sqlite, item(1, attachments=[huge])) == ["too_large"]


def test_what_no_item_came_for_in_two_months_is_dropped(platform: Caller, manual_clock: ManualClock) -> None:
    small = b"%PDF-1.7 small"
    for number in (1, 2):
        put_of(platform, number, small)
    assert outcome(platform, item(1, attachments=[note(1, small)])) == ["accepted"]
    attachments = platform.app.state.platform.intake.attachments
    assert attachments.collect("T-7") == 0
    manual_clock.advance(ORPHAN_S + 1)
    assert attachments.collect("T-8") == 0
    assert attachments.collect("T-7") == 1
    assert (state(platform, 1)["is_whole"], state(platform, 2)["is_whole"]) == (True, False)


def put_of(caller: Caller, number: int, content: bytes) -> None:
    headers = part_headers(number, content, 0, len(content))
    assert asyncio.run(caller.send("POST", "/v1/intake/attachments", content, headers)).json["is_whole"]
