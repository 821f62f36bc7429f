"""The platform answers 200 with what is no answer: nothing of it is used, nothing is raised."""

import json
from collections.abc import Callable

import pytest

from devices.emulators.network_cable import NetworkCable
from kiosk.base.errors import Problem
from kiosk.central.client import CentralClient
from kiosk.central.contract import FactorMethod, Period
from tests.kiosk.central.scripted import http_reply, scripted_server
from tests.provisioning.platform.running import PASSWORD, SPECIMEN

UNEXPECTED = Problem("central.unexpected_answer")


def test_garbage_instead_of_a_statement_is_not_shown(cable: NetworkCable, central_client: CentralClient) -> None:
    central_client.verify(FactorMethod.PASSWORD, *SPECIMEN, PASSWORD)
    cable.set_state("garbage")
    assert central_client.statement(Period.ALL) == UNEXPECTED
    assert cable.counters().spoiled == 1
    cable.set_state("plugged")
    assert not isinstance(central_client.statement(Period.ALL), Problem)


GOOD = {"platform": "p", "time": "2026-11-21T23:04:00+08:00", "demo": True}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b'{"platform": "p"}',
        json.dumps(GOOD | {"demo": "yes"}).encode(),
        json.dumps(GOOD | {"platform": None}).encode(),
        json.dumps(GOOD).encode() + b"x",
        json.dumps(GOOD).encode("utf-16"),
    ],
    ids=[
        "empty",
        "null",
        "list",
        "bytes",
        "deep",
        "members missing",
        "wrong type",
        "null member",
        "trailing",
        "utf-16",
    ],
)
def test_what_does_not_follow_the_contract_is_not_used(make_client: Callable[..., CentralClient], body: bytes) -> None:
    with scripted_server(http_reply(body)) as port:
        assert make_client(port).hello() == UNEXPECTED


def test_the_right_json_under_another_media_type_is_not_used(make_client: Callable[..., CentralClient]) -> None:
    with scripted_server(http_reply(json.dumps(GOOD).encode(), media_type="text/html")) as port:
        assert make_client(port).hello() == UNEXPECTED


def test_a_token_that_would_break_a_header_is_not_taken(make_client: Callable[..., CentralClient]) -> None:
    body = json.dumps({"token": "a" * 20 + "\r\nX: y", "expires_in_s": 600}).encode()
    with scripted_server(http_reply(body)) as port:
        client = make_client(port)
        client.open_visit("visit-1")
        assert client.verify(FactorMethod.PASSWORD, *SPECIMEN, PASSWORD) == UNEXPECTED


def test_noise_that_is_not_http_at_all_is_not_used(make_client: Callable[..., CentralClient]) -> None:
    with scripted_server(b"\x00\x01\x02 SSH-2.0-OpenSSH\r\n\r\n") as port:
        assert make_client(port).hello() == UNEXPECTED
