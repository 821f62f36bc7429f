"""Sources that ask a service: the real one, and its absence."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from devices.probing import cups_source, nut_source, pcsc_source
from devices.probing.findings import Finding, Trouble
from devices.probing.sources import ask_all
from devices.sheet_printer.ipp_codec import Attribute, Tag, decode, encode
from devices.status import DeviceClass
from tests.devices.document_scanner.scanning import TEST_CONF
from tests.devices.probing.trees import Tree, findings_of
from tests.devices.sheet_printer.cups_server import cups_server
from tests.devices.smart_card.pcscd import READER, running_pcscd
from tests.devices.ups.nut_server import NAME, nut_server


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path)


def trouble_of(told: Iterator[Finding | Trouble]) -> str:
    (only,) = told
    assert isinstance(only, Trouble)
    return only.problem.key


@pytest.mark.xdist_group("pcscd")
def test_readers_of_a_real_pcscd_are_listed_and_its_absence_is_told_with_a_remedy(tree: Tree) -> None:
    with running_pcscd() as service:
        found, *_ = findings_of(pcsc_source.look(tree.places))
        assert found.place.startswith(READER)
        assert (found.device, found.driver) == (DeviceClass.SMART_CARD, "pcsc")
        assert str(found.settings["reader"]) in found.place
        service.kill()
        assert trouble_of(pcsc_source.look(tree.places)) == "probe.pcsc_no_service"
        service.start()


@pytest.mark.xdist_group("cups")
def test_queues_of_a_real_cupsd_are_listed(tree: Tree) -> None:
    with cups_server() as server:
        places = tree.with_places(cups_socket=str(server.socket))
        (found,) = findings_of(cups_source.look(places))
        assert (found.device, found.driver, found.place) == (DeviceClass.SHEET_PRINTER, "cups", "sheets")
        assert found.settings == {"queue": "sheets", "socket": str(server.socket)}


class _Answering(BaseHTTPRequestHandler):
    """Answers CUPS-Get-Printers with the queues of `queues`."""

    queues: ClassVar[list[dict[str, str]]] = []

    def do_POST(self) -> None:
        request = decode(self.rfile.read(int(self.headers["Content-Length"])))
        assert request.code == 0x4002
        printers = [[Attribute(Tag.NAME, name, [value]) for name, value in queue.items()] for queue in self.queues]
        groups = [(Tag.OPERATION, []), *((Tag.PRINTER, attributes) for attributes in printers)]
        body = encode(0 if self.queues else 0x0406, 1, groups)
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@contextmanager
def cups_of(*queues: dict[str, str]) -> Iterator[int]:
    _Answering.queues = list(queues)
    with HTTPServer(("127.0.0.1", 0), _Answering) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()


def test_a_printer_s_own_address_is_proposed_and_an_odd_queue_is_only_told(tree: Tree) -> None:
    ipp = {"printer-name": "A4", "device-uri": "ipp://192.0.2.8/ipp/print", "printer-make-and-model": "Pantum P3305"}
    usb = {"printer-name": "A3", "device-uri": "usb://HP/LaserJet?serial=1"}
    odd = {"printer-name": "办公室", "printer-info": "Office"}
    with cups_of(ipp, usb, odd) as port:
        first, second, third = findings_of(cups_source.look(tree.with_places(cups_port=port)))
    assert first.settings == {"queue": "A4", "ipp_url": "ipp://192.0.2.8/ipp/print"}
    assert first.name == "Pantum P3305"
    assert second.settings == {"queue": "A3"}
    assert (third.device, third.notes[0].key) == (None, "probe.cups_odd_name")


def test_a_cups_without_queues_says_how_to_make_one(tree: Tree) -> None:
    with cups_of() as port:
        assert trouble_of(cups_source.look(tree.with_places(cups_port=port))) == "probe.cups_no_queue"


def test_a_machine_without_cups_is_told_how_to_start_it(tree: Tree) -> None:
    assert trouble_of(cups_source.look(tree.places)) == "probe.cups_no_service"


@pytest.mark.xdist_group("upsd")
def test_supplies_of_a_real_upsd_are_listed(tree: Tree, tmp_path: Path) -> None:
    folder = tmp_path / "nut"
    folder.mkdir()
    with nut_server(folder) as server:
        (found,) = findings_of(nut_source.look(tree.with_places(nut_port=server.port)))
        assert (found.device, found.name) == (DeviceClass.UPS, "simulated")
        assert found.settings == {"ups": NAME, "host": "127.0.0.1", "tcp_port": server.port}


def test_a_machine_without_upsd_is_told_how_to_start_it(tree: Tree) -> None:
    assert trouble_of(nut_source.look(tree.places)) == "probe.nut_no_service"


def test_scanners_of_the_real_sane_are_listed_by_a_process_of_their_own(
    tree: Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "sane"
    folder.mkdir()
    (folder / "dll.conf").write_text("test\n")
    (folder / "test.conf").write_text(TEST_CONF)
    monkeypatch.setenv("SANE_CONFIG_DIR", str(folder))
    (report,) = ask_all(tree.places, ["sane"])
    assert report.problem is None
    (found,) = report.findings
    assert (found.device, found.driver) == (DeviceClass.DOCUMENT_SCANNER, "sane")
    assert found.settings == {"device": "test:0"}
    assert "virtual" in found.name


@pytest.mark.parametrize(
    ("answer", "key"),
    [
        (b"ERR ACCESS-DENIED\n", "probe.nut_silent"),
        (b"", "probe.nut_silent"),
        (b"\xff\x00\n" * 20_000, "probe.nut_silent"),
        (b"BEGIN LIST UPS\nEND LIST UPS\n", "probe.nut_no_supply"),
    ],
)
def test_an_upsd_that_lists_nothing_is_told(tree: Tree, answer: bytes, key: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            end, _ = listener.accept()
            with end, contextlib.suppress(OSError):
                end.recv(100)
                end.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        assert trouble_of(nut_source.look(tree.with_places(nut_port=listener.getsockname()[1]))) == key
        thread.join(2)
