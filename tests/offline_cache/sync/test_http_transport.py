"""The transport over real sockets: deadlines, bounds, TLS with both certificates, and nothing raised for a network's faults."""

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from kiosk.base.clock import SystemClock
from kiosk.base.errors import BudayangError
from offline_cache.sync.answers import Answer
from offline_cache.sync.contract import StoreReport
from offline_cache.sync.http_transport import MAX_REPLY_BYTES, HttpTransport, TransportSettings
from tests.kiosk.central.scripted import http_reply, scripted_server
from tests.offline_cache.sync.running import transport_to
from tests.provisioning.platform.authority import make_authority
from tests.provisioning.platform.running import PlatformProcess, start_platform

KEY = UUID(int=7)
GOOD = b'{"key": "00000000-0000-0000-0000-000000000007", "code": "accepted", "receipt": "R-1"}'


def _asked(*reply: bytes) -> Answer:
    with scripted_server(*reply) as port:
        transport = transport_to(port)
        try:
            return transport.status(KEY)
        finally:
            transport.close()


def test_an_answer_of_ours_is_read() -> None:
    assert _asked(http_reply(GOOD)) == Answer(200, "accepted", "R-1")


@pytest.mark.parametrize(
    "reply",
    [
        http_reply(GOOD, media_type="text/html"),
        http_reply(GOOD.replace(b"07", b"08")),
        http_reply(b"[]"),
        http_reply(b"[" * 100_000),
        http_reply(b"\xff"),
        http_reply(b"<html>Log in</html>", media_type="text/html"),
        http_reply(b"", 204),
        http_reply(b"", 302, extra="Location: http://127.0.0.1:1/\r\n"),
        http_reply(b'{"code": "rejected"}', 422, "application/problem+json"),
        http_reply(b'{"type": "urn:budayang:problem:not-found"}', 404, "application/problem+json"),
        http_reply(b" " * (MAX_REPLY_BYTES + 1)),
        http_reply(GOOD, extra="Content-Encoding: gzip\r\n"),
    ],
)
def test_what_is_not_ours_has_a_status_and_no_code(reply: bytes) -> None:
    answer = _asked(reply)
    assert answer.status > 0
    assert answer.code == ""


@pytest.mark.parametrize("reply", [b"", b"nonsense\r\n\r\n", http_reply(GOOD)[:-5]])
def test_a_broken_answer_is_none_and_the_request_may_have_arrived(reply: bytes) -> None:
    assert _asked(reply) == Answer(0, was_sent=True)


def test_a_refused_connection_sent_nothing() -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        assert transport_to(nobody.getsockname()[1]).status(KEY) == Answer(0, was_sent=False)


def test_a_name_that_is_not_known_sent_nothing() -> None:
    settings = TransportSettings("https://nowhere.invalid:1", "T-1", deadline_s=2)
    assert HttpTransport(settings, SystemClock()).status(KEY) == Answer(0, was_sent=False)


@pytest.mark.parametrize("head", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"])
def test_bytes_that_trickle_do_not_hold_a_call_beyond_its_deadline(head: bytes) -> None:
    def trickle() -> Iterator[bytes]:
        yield head
        for _ in range(100):
            time.sleep(0.02)  # the peer's own slowness, which is what is tried
            yield b"x"

    began = time.monotonic()
    with scripted_server(trickle()) as port:
        transport = transport_to(port, deadline_s=0.3)
        assert transport.status(KEY) == Answer(0, was_sent=True)
        assert time.monotonic() - began < 1.0
        transport.close()


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("Retry-After: 7", 7.0),
        ("Date: Sun, 22 Nov 2026 01:00:00 GMT\r\nRetry-After: Sun, 22 Nov 2026 01:02:00 GMT", 120.0),
        ("Date: Sun, 22 Nov 2026 01:00:00 GMT\r\nRetry-After: Sun, 22 Nov 2026 00:02:00 GMT", 0.0),
        ("Retry-After: soon", None),
        ("Retry-After: -3", None),
        ("X: y", None),
    ],
)
def test_retry_after_is_read_as_seconds_or_as_a_date(header: str, seconds: float | None) -> None:
    body = b'{"type": "urn:budayang:problem:unavailable", "status": 503}'
    answer = _asked(http_reply(body, 503, "application/problem+json", header + "\r\n"))
    assert (answer.code, answer.retry_after_s) == ("maintenance", seconds)


def test_proxies_of_the_environment_are_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert _asked(http_reply(GOOD)).code == "accepted"


def test_a_call_under_way_is_broken_off_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        transport = transport_to(silent.getsockname()[1])
        found: list[Answer] = []
        thread = threading.Thread(target=lambda: found.append(transport.status(KEY)))
        thread.start()
        connection, _ = silent.accept()
        with connection:
            connection.recv(65536)
            began = time.monotonic()
            transport.abort()
            thread.join(2)
        assert found == [Answer(0, was_sent=True)]
        assert time.monotonic() - began < 1
        assert transport.status(KEY) == Answer(0, was_sent=False)


@pytest.mark.parametrize("url", ["http://192.0.2.1:80", "ftp://127.0.0.1", "http://example.test"])
def test_plain_http_beyond_this_machine_is_refused(url: str) -> None:
    with pytest.raises(BudayangError, match=r"sync\.address"):
        HttpTransport(TransportSettings(url, "T-1"), SystemClock())


def test_the_date_of_an_authenticated_answer_is_kept_once(platform_process: PlatformProcess) -> None:
    transport = transport_to(platform_process.port)
    assert transport.take_time() is None
    assert transport.status(KEY).code == "unknown"
    sample = transport.take_time()
    assert sample is not None
    assert abs(sample.platform_s - time.time()) < 5
    assert sample.mono_before_s <= sample.mono_after_s <= time.monotonic()
    assert transport.take_time() is None
    transport.close()


def test_over_tls_both_sides_must_show_who_they_are(tmp_path: Path) -> None:
    ours, foreign = make_authority(tmp_path, "ca"), make_authority(tmp_path, "foreign-ca")
    server, terminal = ours.issue("platform"), ours.issue("T-1")
    options = ["--tls-cert", str(server[0]), "--tls-key", str(server[1]), "--client-ca", str(tmp_path / "ca.pem")]
    platform = start_platform(tmp_path / "platform", *options)

    def report(ca: str = "ca", files: tuple[Path, Path] | None = terminal) -> Answer:
        address, (certificate, key) = f"https://127.0.0.1:{platform.port}", files or (None, None)
        settings = TransportSettings(address, "T-1", tmp_path / f"{ca}.pem", certificate, key, deadline_s=5)
        transport = HttpTransport(settings, SystemClock())
        try:
            return transport.report(StoreReport("T-1", "s" * 32, 0, 0, 0, 0.0))
        finally:
            transport.close()

    try:
        assert report().code == "accepted"
        assert report(files=ours.issue("T-8")) == Answer(403, "not_enrolled")
        # a platform that is not ours gets nothing
        assert report(ca="foreign-ca") == Answer(0, was_sent=False)
        # a client that is not known there is refused after its handshake (TLS 1.3)
        for refused in (report(files=foreign.issue("T-1")), report(files=None)):
            assert (refused.status, refused.code) == (0, "")
        with pytest.raises(BudayangError, match=r"sync\.certificates"):
            report(files=(tmp_path / "none", tmp_path / "none"))
    finally:
        platform.stop()
