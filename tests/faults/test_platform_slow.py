"""The platform is slow, silent, or sends a byte now and then: the call ends at its deadline, or when it is aborted."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from devices.emulators.network_cable import NetworkCable
from kiosk.base.errors import Problem
from kiosk.central.client import CentralClient
from kiosk.central.contract import PlatformHello

SLOW = Problem("central.slow")


def test_ten_seconds_are_not_waited_for(cable: NetworkCable, make_client: Callable[..., CentralClient]) -> None:
    cable.set_state("slow", delay_s=10)
    client = make_client(cable.port, deadline_s=0.3)
    start = time.monotonic()
    assert client.hello() == SLOW
    assert 0.25 <= time.monotonic() - start < 1.5


def test_a_little_slow_is_waited_for(cable: NetworkCable, central_client: CentralClient) -> None:
    cable.set_state("slow", delay_s=0.2)
    assert isinstance(central_client.hello(), PlatformHello)
    assert central_client.traffic.last_call_s >= 0.2


def test_silence_ends_at_the_read_timeout(cable: NetworkCable, make_client: Callable[..., CentralClient]) -> None:
    cable.set_state("silent")
    client = make_client(cable.port, read_timeout_s=0.2)
    assert client.hello() == SLOW
    assert client.traffic.last_call_s < 1.5


def test_the_answer_that_comes_too_late_is_never_read_by_the_next_call(
    cable: NetworkCable, make_client: Callable[..., CentralClient]
) -> None:
    cable.set_state("slow", delay_s=30)
    client = make_client(cable.port, read_timeout_s=0.2)
    client.open_visit("visit-1")
    assert client.rate("11", 5) == SLOW
    cable.set_state("plugged")  # frees the late answer
    assert isinstance(client.hello(), PlatformHello)
    assert client.traffic.connections == 2


@contextmanager
def _dribbling_server() -> Iterator[int]:
    """Sends one byte of an endless head every 20 ms, so that no single read ever times out."""
    ended = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(5)

        def dribble() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.sendall(b"HTTP/1.1 200 OK\r\nX-Dribble: ")
                while not ended.wait(0.02):
                    try:
                        connection.sendall(b"x")
                    except OSError:
                        return

        thread = threading.Thread(target=dribble)
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            ended.set()
            thread.join(6)


def test_a_byte_now_and_then_does_not_stretch_the_deadline(make_client: Callable[..., CentralClient]) -> None:
    with _dribbling_server() as port:
        client = make_client(port, read_timeout_s=5, deadline_s=0.4)
        start = time.monotonic()
        assert client.hello() == SLOW
        assert time.monotonic() - start < 1.5


def test_abort_from_another_thread_ends_the_wait(cable: NetworkCable, central_client: CentralClient) -> None:
    cable.set_state("silent")
    answers: list[object] = []
    worker = threading.Thread(target=lambda: answers.append(central_client.hello()))
    worker.start()
    deadline = time.monotonic() + 5
    while cable.counters().connections == 0 and time.monotonic() < deadline:
        threading.Event().wait(0.005)
    start = time.monotonic()
    central_client.abort()
    worker.join(2)
    assert not worker.is_alive()
    assert time.monotonic() - start < 1
    assert answers == [Problem("central.aborted")]


def test_after_abort_the_visit_makes_no_further_call_and_the_next_visit_does(
    cable: NetworkCable, central_client: CentralClient
) -> None:
    central_client.abort()
    assert central_client.hello() == Problem("central.aborted")
    assert cable.counters().connections == 0
    central_client.open_visit("visit-2")
    assert isinstance(central_client.hello(), PlatformHello)


def test_an_address_that_swallows_connections_is_unreachable(
    make_client: Callable[..., CentralClient],
) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        address = listener.getsockname()
        waiting = [socket.socket() for _ in range(3)]
        try:
            for sock in waiting:
                sock.setblocking(False)
                sock.connect_ex(address)
            client = make_client(address[1], connect_timeout_s=0.2)
            assert client.hello() == Problem("central.unreachable")
            assert client.traffic.last_call_s < 1.5
        finally:
            for sock in waiting:
                sock.close()
