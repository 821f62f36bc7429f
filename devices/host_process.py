"""One running host as its supervisor holds it: the process, its socket, the bytes in both directions."""

import contextlib
import os
import socket
import subprocess
import sys
from array import array
from collections import deque
from pathlib import Path

import devices
from devices.descriptors import Descriptor, with_files
from devices.messages import Configure, Event, Message
from devices.wire import Decoder, WireError, encode
from kiosk.base import memory

_RECEIVE_BYTES = 65536
_MOST_FILES = 16
_ANCILLARY_BYTES = socket.CMSG_SPACE(_MOST_FILES * 4)
_ROOT = Path(devices.__file__).resolve().parent.parent


class HostProcess:
    """Made in the supervisor's thread, which must outlive it: the kernel kills the host when that thread ends."""

    def __init__(self, configure: Configure, environment: dict[str, str]) -> None:
        """Starts the process and queues its configuration; returns before the host is ready.

        Raises:
            OSError: no process or no socket can be had.
        """
        ours, theirs = socket.socketpair()
        try:
            path = os.pathsep.join(filter(None, (str(_ROOT), environment.get("PYTHONPATH"))))
            self._process = subprocess.Popen(
                [
                    sys.executable,
                    "-P",  # the folder we stand in is no place for programs
                    "-m",
                    "devices.host",
                    "--device",
                    configure.device.value,
                    "--fd",
                    str(theirs.fileno()),
                    "--parent",
                    str(os.getpid()),
                ],
                pass_fds=(theirs.fileno(),),
                close_fds=True,
                stdin=subprocess.DEVNULL,
                # vendors' libraries print what they read
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={**environment, **memory.WANTED, "PYTHONPATH": path},
            )
        except OSError:
            ours.close()
            raise
        finally:
            theirs.close()
        ours.setblocking(False)
        self.socket = ours
        self._decoder = Decoder()
        self._received = bytearray(_RECEIVE_BYTES)
        self._files: deque[Descriptor] = deque()
        self._unsent = bytearray()
        self.bytes_in = 0
        self.bytes_out = 0
        self.send(configure)

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def wants_to_send(self) -> bool:
        """Whether bytes wait for the host to read."""
        return bool(self._unsent)

    def send(self, message: Message) -> None:
        """Queues a message and sends what the socket takes; never blocks. A lost peer shows in `receive`."""
        frame = encode(message)
        self._unsent += frame
        frame[:] = bytes(len(frame))
        self.flush()

    def flush(self) -> None:
        """Sends what the socket takes now."""
        with contextlib.suppress(OSError):  # full, or the peer has gone: then the end of file comes
            while self._unsent:
                sent = self.socket.send(self._unsent)
                self.bytes_out += sent
                self._unsent[:sent] = bytes(sent)
                del self._unsent[:sent]

    def receive(self) -> list[Message] | None:
        """Returns the messages that have come, ``None`` at the end of file. Raises `WireError`."""
        try:
            count, ancillary, flags, _ = self.socket.recvmsg_into(
                [self._received], _ANCILLARY_BYTES, socket.MSG_CMSG_CLOEXEC
            )
        except BlockingIOError:
            return []
        except OSError:
            return None
        for level, kind, data in ancillary:
            if (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS):
                numbers = array("i", data[: len(data) - len(data) % 4])
                self._files.extend(Descriptor(number) for number in numbers)
        if flags & socket.MSG_CTRUNC or len(self._files) > _MOST_FILES:
            raise WireError("too many files")
        if count == 0:
            return None
        self.bytes_in += count
        try:
            with memoryview(self._received) as view:
                return [self._complete(message) for message in self._decoder.feed(view[:count])]
        finally:
            self._received[:count] = bytes(count)

    def _complete(self, message: Message) -> Message:
        """Gives an event the files that came with it: they arrive no later than its first byte, and in order."""
        if not isinstance(message, Event) or not message.descriptors:
            return message
        if len(self._files) < message.descriptors:
            raise WireError("files are missing")
        return with_files(message, tuple(self._files.popleft() for _ in range(message.descriptors)))

    def ask_to_stop(self) -> None:
        """Sends the end of file: the host comes to its end within two seconds."""
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_WR)

    def poll(self) -> int | None:
        """The exit status, ``None`` while the process runs."""
        return self._process.poll()

    def kill(self, wait_s: float = 0.5) -> int | None:
        """Kills the process if it still runs and closes the socket; returns the exit status, negative for a signal.

        ``None`` when it does not end within `wait_s` (it hangs in the kernel, or the machine is very busy); `poll` tells later.
        """
        if self._process.poll() is None:
            self._process.kill()
        self.socket.close()
        self._files.clear()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(wait_s)
        return self._process.returncode
