"""The printer's HTTP: what a broken or hostile one may answer."""

import socket
import threading

import pytest

from devices.sheet_printer.ipp_wire import Address, IppWire, PrinterSilentError


@pytest.mark.parametrize("length", ["Content-Length: 64000000\r\n", ""])
def test_an_answer_without_end_is_given_up(length: str) -> None:
    sent = 0
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            nonlocal sent
            end, _ = listener.accept()
            with end:
                end.recv(65536)
                try:
                    end.sendall(f"HTTP/1.1 200 OK\r\n{length}\r\n".encode())
                    for _ in range(64):
                        end.sendall(bytes(1_000_000))
                        sent += 1
                except OSError:
                    return

        thread = threading.Thread(target=serve)
        thread.start()
        wire = IppWire(Address("/ipp/print", None, "127.0.0.1", listener.getsockname()[1]), 2.0)
        with pytest.raises(PrinterSilentError):
            wire.read("/")
        thread.join(10)
    assert sent < 64
