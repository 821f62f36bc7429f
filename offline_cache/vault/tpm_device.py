"""The way to the chip: the kernel's character device with its resource manager, or a Unix socket that speaks the same bytes.

Addresses: ``device:/dev/tpmrm0``; ``unix:/path`` for a software TPM in the manner of swtpm's data channel.
"""

import os
import select
import socket
import stat
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

from offline_cache.vault import tpm_codec
from offline_cache.vault.tpm_codec import HEADER_BYTES, LARGEST_ANSWER, TpmAnswerError, answer_length

DEVICE = "device:/dev/tpmrm0"
ANSWER_S = 30.0
"""A chip may take some seconds to make its primary key."""
_MOST_REPEATS = 20


def is_present(address: str) -> bool:
    """Whether there is a device or socket at the address; asks it nothing."""
    kind, _, path = address.partition(":")
    try:
        mode = Path(path).stat().st_mode
    except OSError:
        return False
    return stat.S_ISSOCK(mode) if kind == "unix" else kind == "device" and stat.S_ISCHR(mode)


class TpmDevice:
    """One opened chip; a context. One thread. `exchange` blocks at most `ANSWER_S` for an answer.

    Raises:
        OSError: it cannot be opened.
        ValueError: the address is neither ``device:`` nor ``unix:``.
    """

    def __init__(self, address: str, timeout_s: float = ANSWER_S, wait: Callable[[float], None] = time.sleep) -> None:
        kind, _, path = address.partition(":")
        self._timeout_s = timeout_s
        self._wait = wait
        if kind == "device":
            self._descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC | os.O_NONBLOCK)
        elif kind == "unix":
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_CLOEXEC) as link:
                link.settimeout(timeout_s)
                link.connect(path)
                self._descriptor = link.detach()
            os.set_blocking(self._descriptor, False)
        else:
            raise ValueError("a TPM's address begins with device: or unix:")
        self._is_stream = kind == "unix"

    def exchange(self, command: bytes) -> bytes:
        """Sends one command, repeats it while the chip asks for that, returns the answer. Raises OSError, TpmAnswerError."""
        data = self._once(command)
        for number in range(_MOST_REPEATS):
            if not TpmAnswerError(int.from_bytes(data[6:HEADER_BYTES], "big")).is_passing:
                break
            self._wait(0.02 * (number + 1))
            data = self._once(command)
        return data

    def close(self) -> None:
        """Twice is allowed."""
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _once(self, command: bytes) -> bytes:
        if os.write(self._descriptor, command) != len(command):
            raise OSError("the chip took a part of the command only")
        data = self._some()
        while self._is_stream and (len(data) < HEADER_BYTES or len(data) < answer_length(data)):
            data += self._some()
        if len(data) < HEADER_BYTES:
            raise tpm_codec.TpmAnswerError(0)
        return data

    def _some(self) -> bytes:
        waiting = select.poll()
        waiting.register(self._descriptor, select.POLLIN)
        if not waiting.poll(self._timeout_s * 1000):
            raise TimeoutError("the chip does not answer")
        data = os.read(self._descriptor, LARGEST_ANSWER)
        if not data:
            raise ConnectionError("the chip's line was closed")
        return data
