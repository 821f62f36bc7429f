"""The platform cannot be reached: refused, reset, gone in the middle, and back again."""

import socket
import time
from collections.abc import Callable

from devices.emulators.network_cable import NetworkCable
from kiosk.base.errors import Problem
from kiosk.base.sentences import LANGUAGES, sentence_of
from kiosk.central.client import CentralClient
from kiosk.central.contract import FactorMethod, Period, PlatformHello
from tests.provisioning.platform.running import PASSWORD, SPECIMEN


def test_a_cut_cable_is_told_in_words_and_soon(cable: NetworkCable, central_client: CentralClient) -> None:
    cable.set_state("cut")
    start = time.monotonic()
    answer = central_client.hello()
    assert answer == Problem("central.unreachable")
    assert time.monotonic() - start < 1.5
    assert all(sentence_of(answer, language) for language in LANGUAGES)


def test_the_same_client_goes_on_once_the_cable_is_back(cable: NetworkCable, central_client: CentralClient) -> None:
    assert isinstance(central_client.hello(), PlatformHello)
    cable.set_state("cut")
    assert isinstance(central_client.hello(), Problem)
    cable.set_state("plugged")
    assert isinstance(central_client.hello(), PlatformHello)


def test_a_factor_confirmed_before_the_cut_stands_after_it(cable: NetworkCable, central_client: CentralClient) -> None:
    assert not isinstance(central_client.verify(FactorMethod.PASSWORD, *SPECIMEN, PASSWORD), Problem)
    cable.set_state("cut")
    assert central_client.statement(Period.YEAR) == Problem("central.unreachable")
    cable.set_state("plugged")
    assert not isinstance(central_client.statement(Period.YEAR), Problem)


def test_nobody_at_the_address(make_client: Callable[..., CentralClient]) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))  # bound, not listening: connections are refused
        assert make_client(unused.getsockname()[1]).hello() == Problem("central.unreachable")


def test_a_refused_connection_is_tried_once_more_and_only_that(make_client: Callable[..., CentralClient]) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        client = make_client(unused.getsockname()[1], refused_pause_s=0.05)
        client.hello()
        assert client.traffic.last_call_s >= 0.05
        assert client.traffic.calls == client.traffic.failed_calls == 1


def test_a_platform_behind_the_cable_that_is_gone_breaks_the_call_off(
    make_client: Callable[..., CentralClient],
) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        with NetworkCable("127.0.0.1", unused.getsockname()[1]) as lonely:
            assert make_client(lonely.port).hello() == Problem("central.interrupted")
            assert lonely.counters().upstream_refused == 1
