"""Whatever bytes a peer sends, a call returns a value."""

import json
from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.base.errors import Problem
from kiosk.central.answers import UNEXPECTED, Call, Reply
from kiosk.central.client import CentralClient, CentralSettings
from kiosk.central.contract import FundStatement, PlatformHello
from kiosk.central.department import DepartmentAnswer
from tests.kiosk.central.scripted import scripted_server

_LINES = st.sampled_from(
    [
        b"HTTP/1.1 200 OK\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\n",
        b"HTTP/1.1 999999 \r\n",
        b"HTTP/9.9 200\r\n",
        b"Content-Type: application/json\r\n",
        b"Content-Length: 2\r\n",
        b"Content-Length: -1\r\n",
        b"Content-Length: 2, 3\r\n",
        b"Content-Length: 99999999999999999999\r\n",
        b"Transfer-Encoding: chunked\r\n",
        b"Location: http://[\r\n",
        b": nameless\r\n",
        b" folded\r\n",
        b"\r\n",
        b"{}",
        b"zz\r\n",
        b"-1\r\n",
        b"\xff\xfe\x00",
    ]
)


def test_malformed_replies_never_raise() -> None:
    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.one_of(_LINES, st.binary(max_size=20)), max_size=8).map(b"".join))
    def check(reply: bytes) -> None:
        with scripted_server(reply) as port:
            client = CentralClient(
                CentralSettings(f"http://127.0.0.1:{port}", "T-7", "0", deadline_s=2, refused_retries=0)
            )
            assert isinstance(client.hello(), Problem)
            client.close()

    check()


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=200),
    st.sampled_from([200, 204, 400, 500]),
    st.sampled_from(["application/json", "application/problem+json"]),
)
def test_malformed_bodies_never_raise(body: bytes, status: int, media_type: str) -> None:
    for kind in (FundStatement, DepartmentAnswer):
        answer = Call("/", kind).decode(Reply(status, media_type, bytearray(body)))
        assert isinstance(answer, Problem)


_LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
_JSON = st.recursive(_LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4))
_PARTS = {"item_code": "1", "choice": "", "as_of": "x", "values": {"a": 1, "b": None, "c": "x"}, "rows": [{"a": 1}, {}]}


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted((*_PARTS, "verification_code"))), _JSON)
def test_a_departments_answer_is_what_the_contract_says_or_not_used(part: str, value: object) -> None:
    body = json.dumps(_PARTS | {part: value}).encode()
    answer = Call("/", DepartmentAnswer).decode(Reply(200, "application/json", bytearray(body)))
    if isinstance(answer, Problem):
        assert answer == UNEXPECTED
        return
    assert all(isinstance(text, str) for text in (answer.item_code, answer.choice, answer.as_of))
    assert answer.verification_code is None or isinstance(answer.verification_code, str)
    for values in (answer.values, *answer.rows):
        assert all(type(held) in (int, str, type(None)) for held in values.values())


def test_the_plainest_answer_of_a_department_is_taken() -> None:
    """So that the test above cannot pass with a contract that refuses everything."""
    answer = Call("/", DepartmentAnswer).decode(Reply(200, "application/json", bytearray(json.dumps(_PARTS).encode())))
    assert isinstance(answer, DepartmentAnswer)
    assert (answer.values, answer.rows) == (_PARTS["values"], ({"a": 1}, {}))


def test_the_plainest_good_reply_is_taken(make_client: Callable[..., CentralClient]) -> None:
    """So that the tests above cannot pass with a client that refuses everything."""
    body = b'{"platform":"p","time":"t","demo":false}'
    with scripted_server(b"HTTP/1.0 200 OK\r\nContent-Type: application/json; charset=utf-8\r\n\r\n" + body) as port:
        assert isinstance(make_client(port).hello(), PlatformHello)
