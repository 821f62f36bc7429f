"""The platform fails: with a page that is no problem document, and with the documents that it should send."""

from collections.abc import Callable

import pytest

from devices.emulators.network_cable import NetworkCable
from kiosk.base.errors import Problem
from kiosk.central.client import CentralClient
from kiosk.central.contract import FactorMethod, Period, PlatformHello
from tests.kiosk.central.scripted import scripted_server
from tests.provisioning.platform.running import PASSWORD, SPECIMEN


def test_a_failure_page_is_told_as_a_failure_of_the_platform(
    cable: NetworkCable, central_client: CentralClient
) -> None:
    cable.set_state("error500")
    assert central_client.hello() == Problem("central.failed")
    cable.set_state("plugged")
    assert isinstance(central_client.hello(), PlatformHello)


def test_a_failure_in_the_middle_of_a_visit_leaves_the_visit_usable(
    cable: NetworkCable, central_client: CentralClient
) -> None:
    central_client.verify(FactorMethod.PASSWORD, *SPECIMEN, PASSWORD)
    cable.set_state("error500")
    assert central_client.statement(Period.ALL) == Problem("central.failed")
    cable.set_state("plugged")
    assert not isinstance(central_client.statement(Period.ALL), Problem)


@pytest.mark.parametrize(
    ("status", "media_type", "body", "key"),
    [
        (500, "application/problem+json", b'{"type":"urn:budayang:problem:internal-error","title":"","status":500}', "central.failed"),
        (503, "application/problem+json", b'{"type":"urn:budayang:problem:unavailable","title":"","status":503}', "central.maintenance"),
        (503, "application/problem+json", b'{"type":"urn:budayang:problem:news","title":"","status":503}', "central.failed"),
        (500, "application/problem+json", b"{", "central.failed"),
        (502, "text/html", b"<html>", "central.failed"),
        (500, "application/json", b"{}", "central.failed"),
    ],
)  # fmt: skip
def test_each_way_to_fail_has_its_sentence(
    make_client: Callable[..., CentralClient], status: int, media_type: str, body: bytes, key: str
) -> None:
    head = f"HTTP/1.1 {status} X\r\nContent-Type: {media_type}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    with scripted_server(head + body) as port:
        assert make_client(port).hello() == Problem(key)
