"""The answer breaks off in the middle: half an answer is no answer."""

from collections.abc import Callable

import pytest

from devices.emulators.network_cable import NetworkCable
from kiosk.base.errors import Problem
from kiosk.central.client import CentralClient
from kiosk.central.contract import FactorMethod, FundStatement, Period
from tests.kiosk.central.scripted import scripted_server
from tests.provisioning.platform.running import PASSWORD, SPECIMEN

INTERRUPTED = Problem("central.interrupted")


def test_half_a_statement_is_not_shown_and_can_be_asked_for_again(
    cable: NetworkCable, central_client: CentralClient
) -> None:
    central_client.verify(FactorMethod.PASSWORD, *SPECIMEN, PASSWORD)
    cable.set_state("half_body")
    assert central_client.statement(Period.ALL) == INTERRUPTED
    cable.set_state("plugged")
    answer = central_client.statement(Period.ALL)
    assert isinstance(answer, FundStatement)
    assert len(answer.entries) == 360


@pytest.mark.parametrize(
    "reply",
    [
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n40\r\n{}",
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n",
    ],
    ids=["half a body", "only a head", "half a chunk", "no last chunk"],
)
def test_wherever_it_breaks_off_it_is_told_as_interrupted(
    make_client: Callable[..., CentralClient], reply: bytes
) -> None:
    with scripted_server(reply) as port:
        assert make_client(port).hello() == INTERRUPTED


def test_a_body_without_length_that_ends_early_is_not_used(make_client: Callable[..., CentralClient]) -> None:
    with scripted_server(b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{"platform": "p"') as port:
        assert make_client(port).hello() == Problem("central.unexpected_answer")


def test_a_line_closed_before_the_first_byte_is_told_as_interrupted(make_client: Callable[..., CentralClient]) -> None:
    with scripted_server(b"") as port:
        assert make_client(port).hello() == INTERRUPTED
