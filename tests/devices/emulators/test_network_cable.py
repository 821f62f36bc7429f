"""The breakable cable: bytes pass unchanged, every state is in force at once, nothing stays behind."""

import socket
import threading
import time
from collections.abc import Iterator

import pytest

from devices.emulators.network_cable import CableState, NetworkCable


@pytest.fixture
def echo_port() -> Iterator[int]:
    """A server that sends back what it gets, one connection at a time."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                with connection:
                    try:
                        while chunk := connection.recv(65536):
                            connection.sendall(chunk)
                    except OSError:
                        continue

        thread = threading.Thread(target=serve)
        thread.start()
        yield listener.getsockname()[1]
        listener.shutdown(socket.SHUT_RDWR)
        thread.join(2)


@pytest.fixture
def cable(echo_port: int) -> Iterator[NetworkCable]:
    """A plugged cable to the echo."""
    with NetworkCable("127.0.0.1", echo_port) as cable:
        yield cable


def _connect(cable: NetworkCable) -> socket.socket:
    return socket.create_connection(("127.0.0.1", cable.port), timeout=3)


def _receive(sock: socket.socket, count: int) -> bytes:
    received = b""
    while len(received) < count:
        chunk = sock.recv(65536)
        if not chunk:
            break
        received += chunk
    return received


def test_a_megabyte_of_every_byte_passes_unchanged(cable: NetworkCable) -> None:
    content = bytes(range(256)) * 4096
    with _connect(cable) as sock:
        sender = threading.Thread(target=sock.sendall, args=(content,))
        sender.start()
        assert _receive(sock, len(content)) == content
        sender.join(3)
    assert cable.counters().connections == 1


def test_cutting_resets_what_is_connected_and_refuses_what_comes(cable: NetworkCable) -> None:
    with _connect(cable) as sock:
        sock.sendall(b"x")
        assert sock.recv(1) == b"x"
        cable.set_state("cut")
        with pytest.raises(ConnectionResetError):
            sock.recv(1)
    with pytest.raises(ConnectionRefusedError):
        _connect(cable)
    assert cable.condition is CableState.CUT


def test_the_port_stays_the_same_over_many_cuts(cable: NetworkCable) -> None:
    port = cable.port
    for _ in range(20):
        cable.set_state("cut")
        with pytest.raises(ConnectionRefusedError):
            _connect(cable)
        cable.set_state("plugged")
        with _connect(cable) as sock:
            sock.sendall(b"x")
            assert sock.recv(1) == b"x"
    assert cable.port == port


def test_silence_swallows_and_plugging_does_not_bring_it_back(cable: NetworkCable) -> None:
    cable.set_state("silent")
    with _connect(cable) as sock:
        sock.sendall(b"lost")
        sock.settimeout(0.1)
        with pytest.raises(TimeoutError):
            sock.recv(1)
        cable.set_state("plugged")
        sock.settimeout(3)
        sock.sendall(b"heard")
        assert _receive(sock, 5) == b"heard"


def test_a_delay_is_kept_and_ends_with_the_state(cable: NetworkCable) -> None:
    cable.set_state("slow", delay_s=0.15)
    with _connect(cable) as sock:
        start = time.monotonic()
        sock.sendall(b"x")
        assert sock.recv(1) == b"x"
        assert time.monotonic() - start >= 0.15
        cable.set_state("slow", delay_s=60)
        sock.sendall(b"y")
        sock.settimeout(0.1)
        with pytest.raises(TimeoutError):
            sock.recv(1)
        cable.set_state("plugged")
        sock.settimeout(3)
        assert sock.recv(1) == b"y"


def test_unknown_states_and_options_are_refused(cable: NetworkCable) -> None:
    with pytest.raises(ValueError, match="knotted"):
        cable.set_state("knotted")
    with pytest.raises(ValueError, match="delay_s"):
        cable.set_state("slow", delay=1)


@pytest.mark.parametrize("state", [state.value for state in CableState])
def test_it_stops_within_two_seconds_from_every_state(echo_port: int, state: str) -> None:
    cable = NetworkCable("127.0.0.1", echo_port)
    cable.start()
    with _connect(cable) as sock:
        sock.sendall(b"GET / HTTP/1.1\r\n")
        cable.set_state(state)
        start = time.monotonic()
        cable.stop()
        assert time.monotonic() - start < 2
    cable.stop()
    with pytest.raises(ConnectionRefusedError):
        _connect(cable)
    with pytest.raises(RuntimeError):
        cable.set_state("plugged")


def test_the_panel_can_do_what_a_test_can(cable: NetworkCable) -> None:
    cable.do("slow", {"delay_s": 3})
    state = cable.state()
    assert (state["condition"], state["port"]) == ("slow", cable.port)
    assert state["actions"] == [each.value for each in CableState]
    with pytest.raises(ValueError, match="动作"):
        cable.do("knot", {})
    with pytest.raises(ValueError, match="秒"):
        cable.do("slow", {"delay_s": "long"})


def test_a_state_may_hold_for_the_calls_of_one_path_alone(cable: NetworkCable) -> None:
    spared = b"POST /v1/ratings HTTP/1.1\r\nContent-Length: 0\r\n\r\n"
    struck = b"POST /v1/statements HTTP/1.1\r\nContent-Length: 0\r\n\r\n"
    cable.do("error500", {"path": "/v1/statements"})
    with _connect(cable) as sock:
        sock.sendall(spared)
        assert _receive(sock, len(spared)) == spared
        sock.sendall(struck)
        assert sock.recv(65536).startswith(b"HTTP/1.1 500 ")
    cable.do("cut", {"path": "/v1/statements"})
    with _connect(cable) as sock:
        sock.sendall(spared)
        assert _receive(sock, len(spared)) == spared
        sock.sendall(struck)
        with pytest.raises(ConnectionResetError):
            sock.recv(1)
