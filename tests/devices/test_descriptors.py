"""Open files beside messages: what arrives, what is refused, and that none is left open."""

import os
import socket
from collections.abc import Iterator
from typing import Any

import psutil
import pytest

from devices.descriptors import Descriptor, EventWithFiles
from devices.host import Connection, RunningCommand
from devices.host_process import HostProcess
from devices.messages import Command, Event, Heartbeat
from devices.wire import Decoder, WireError, encode


@pytest.fixture
def pair() -> Iterator[tuple[HostProcess, socket.socket]]:
    """The terminal's side of a host without a process, and the host's end."""
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    process = HostProcess.__new__(HostProcess)
    state: dict[str, Any] = vars(HostProcessState(ours))
    vars(process).update(state)
    with ours, theirs:
        yield process, theirs
    process._files.clear()


class HostProcessState:
    """What `receive` uses of a host."""

    def __init__(self, end: socket.socket) -> None:
        from collections import deque

        self.socket = end
        self._decoder = Decoder()
        self._received = bytearray(65536)
        self._files: deque[Descriptor] = deque()
        self.bytes_in = 0


def memory(text: bytes) -> int:
    number = os.memfd_create("test")
    os.write(number, text)
    return number


def received(process: HostProcess) -> list[Any]:
    """All that has come."""
    found: list[Any] = []
    while messages := process.receive():
        found += messages
    return found


def test_files_arrive_with_their_own_events_among_others(pair: tuple[HostProcess, socket.socket]) -> None:
    process, end = pair
    connection = Connection(end)
    running = RunningCommand(Command("a1", "watchFrames", 0), connection)
    numbers = [memory(b"first"), memory(b"second"), memory(b"third")]
    running.emit("plain")
    running.emit_with("one", b"p", numbers[:1])
    connection.send(Heartbeat(1))
    running.emit_with("two", b"", numbers[1:])
    for number in numbers:
        os.close(number)
    messages = received(process)
    assert [getattr(message, "name", "beat") for message in messages] == ["plain", "one", "beat", "two"]
    assert not isinstance(messages[0], EventWithFiles)
    contents = [[os.pread(file.fileno(), 10, 0) for file in messages[n].files] for n in (1, 3)]
    assert contents == [[b"first"], [b"second", b"third"]]
    assert "1 files" in repr(messages[1])


def test_a_frame_cut_anywhere_keeps_its_file(pair: tuple[HostProcess, socket.socket]) -> None:
    process, end = pair
    frame = encode(Event("a1", "one", b"x" * 50, 1))
    number = memory(b"here")
    socket.send_fds(end, [frame[:3]], [number])
    os.close(number)
    assert process.receive() == []
    end.sendall(frame[3:])
    (message,) = received(process)
    assert os.pread(message.files[0].fileno(), 10, 0) == b"here"


def test_what_nobody_takes_is_closed(pair: tuple[HostProcess, socket.socket]) -> None:
    process, end = pair
    before = psutil.Process().num_fds()
    running = RunningCommand(Command("a1", "watchFrames", 0), Connection(end))
    for _ in range(5):
        number = memory(b"face")
        running.emit_with("one", b"", [number])
        os.close(number)
    assert len(received(process)) == 5
    assert psutil.Process().num_fds() == before


def test_an_event_without_its_file_ends_the_connection(pair: tuple[HostProcess, socket.socket]) -> None:
    process, end = pair
    end.sendall(encode(Event("a1", "one", b"", 1)))
    with pytest.raises(WireError):
        process.receive()


def test_files_without_an_event_end_the_connection(pair: tuple[HostProcess, socket.socket]) -> None:
    process, end = pair
    number = memory(b"x")
    with pytest.raises(WireError):  # noqa: PT012 - which of the many is one too many is not ours to say
        for beat in range(20):
            socket.send_fds(end, [encode(Heartbeat(beat))], [number])
            process.receive()
    os.close(number)
    before = psutil.Process().num_fds()
    process._files.clear()
    assert psutil.Process().num_fds() < before


def test_more_files_at_once_than_allowed_end_the_connection(pair: tuple[HostProcess, socket.socket]) -> None:
    process, end = pair
    number = memory(b"x")
    socket.send_fds(end, [encode(Event("a1", "one", b"", 30))], [number] * 30)
    os.close(number)
    with pytest.raises(WireError):
        process.receive()


def test_a_host_sees_whether_the_terminal_has_read(pair: tuple[HostProcess, socket.socket]) -> None:
    process, end = pair
    running = RunningCommand(Command("a1", "watchFrames", 0), Connection(end))
    assert not running.is_backed_up()
    running.emit("plain")
    assert running.is_backed_up()
    assert len(received(process)) == 1
    assert not running.is_backed_up()


def test_a_descriptor_is_closed_once(pair: tuple[HostProcess, socket.socket]) -> None:
    number = memory(b"x")
    file = Descriptor(number)
    assert file.fileno() == number
    file.close()
    file.close()
    assert file.fileno() == -1
    with pytest.raises(OSError, match="Bad file"):
        os.fstat(number)
