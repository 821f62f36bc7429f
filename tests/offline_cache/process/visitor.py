"""A terminal's stand-in for residue tests: puts what standard input says through the socket, then idles with it forgotten.

``python -m tests.offline_cache.process.visitor FOLDER``: each line in hexadecimal is put, ``attach HEX`` is attached; ``hold HEX`` keeps it
(the positive control).
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from kiosk.base import memory
from offline_cache.outbox.item import NewItem, Stored
from offline_cache.process.client import StoreClient
from offline_cache.process.protocol import Attached


def put(client: StoreClient, number: int, body: bytes) -> bool:
    item = NewItem(UUID(int=number, version=4), "visit-1", "consultation", 1, body)
    return isinstance(client.put(item), Stored)


def attach(client: StoreClient, content: bytes) -> bool:
    def pieces() -> Iterator[bytes]:
        for start in range(0, len(content), 100_000):
            yield content[start : start + 100_000]

    return isinstance(client.attach("visit-1", "application/pdf", "material", pieces), Attached)


def main() -> None:
    client = StoreClient(Path(sys.argv[1]))
    held: list[bytes] = []
    number = 0
    unbuffered = os.fdopen(0, "rb", buffering=0)  # a buffer would keep what was read
    while word := unbuffered.readline():
        if word.startswith(b"hold "):
            held.append(bytes.fromhex(word[5:].decode()))
            done = True
        elif word.startswith(b"attach "):
            done = attach(client, bytes.fromhex(word[7:].decode()))
        else:
            number += 1
            done = put(client, number, bytes.fromhex(word.decode()))
        del word
        memory.trim()
        sys.stdout.write(f"{done}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
