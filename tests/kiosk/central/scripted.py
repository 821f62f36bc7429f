"""A server on a real socket that answers one request with exactly the bytes it was given, then closes."""

import re
import socket
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress


def http_reply(body: bytes, status: int = 200, media_type: str = "application/json", extra: str = "") -> bytes:
    """A complete reply."""
    head = f"HTTP/1.1 {status} X\r\nContent-Type: {media_type}\r\nContent-Length: {len(body)}\r\n{extra}\r\n"
    return head.encode() + body


@contextmanager
def scripted_server(*replies: bytes | Iterable[bytes]) -> Iterator[int]:
    """Answers each connection in turn with its reply (bytes, or pieces made as they are sent); yields the port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(5)

        def answer() -> None:
            for reply in replies:
                with suppress(OSError):
                    connection, _ = listener.accept()
                    with connection:
                        connection.settimeout(5)
                        _read_request(connection)
                        for piece in [reply] if isinstance(reply, bytes) else reply:
                            connection.sendall(piece)

        thread = threading.Thread(target=answer)
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            thread.join(6)


def _read_request(connection: socket.socket) -> bytes:
    request = b""
    while b"\r\n\r\n" not in request:
        request += connection.recv(65536)
    head, _, body = request.partition(b"\r\n\r\n")
    found = re.search(rb"Content-Length: (\d+)", head)
    while found and len(body) < int(found.group(1)):
        body += connection.recv(65536)
    return head + body
