"""The platform as a command: refuses what is unsafe in words, tells its port, dies with its parent, speaks TLS."""

import os
import select
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.base.errors import Problem
from kiosk.central.client import CentralClient
from kiosk.central.contract import PlatformHello
from provisioning.platform import cli
from provisioning.platform.settings import is_loopback
from tests.provisioning.platform.authority import make_authority
from tests.provisioning.platform.running import ROOT, TERMINAL_ID, start_platform


def _refused(capsys: pytest.CaptureFixture[str], data_dir: Path, *options: str) -> str:
    assert cli.main(["--data-dir", str(data_dir), *options]) == 2
    return capsys.readouterr().err


def test_the_help_has_words_in_both_languages_for_every_option() -> None:
    for action in cli._parser()._actions[1:]:  # the first is argparse's own --help
        assert action.help, action.dest
        assert any("一" <= sign <= "鿿" for sign in action.help), action.dest
        assert any(sign.isascii() and sign.isalpha() for sign in action.help), action.dest


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "::", "example.test"])
def test_without_tls_only_loopback_is_served(host: str, data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = _refused(capsys, data_dir, "--host", host)
    assert f"没有启动：地址 {host}" in said
    assert "--tls-cert" in said
    assert not data_dir.exists()


def test_what_counts_as_loopback() -> None:
    assert all(map(is_loopback, ("127.0.0.1", "127.9.9.9", "::1", "localhost")))
    assert not any(map(is_loopback, ("10.0.0.1", "", "localhost.example", "::ffff:8.8.8.8")))


def test_half_of_the_tls_files_are_refused(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "一起给出" in _refused(capsys, data_dir, "--tls-cert", str(data_dir / "a"))
    some = ["--tls-cert", "/none/a", "--tls-key", "/none/b", "--client-ca", "/none/c"]
    assert "/none/a" in _refused(capsys, data_dir, *some)


def test_files_that_are_no_certificates_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "bad.pem"
    bad.write_text("no certificate")
    options = ["--tls-cert", str(bad), "--tls-key", str(bad), "--client-ca", str(bad), "--demo", "--demo-citizens", "1"]
    assert "PEM" in _refused(capsys, tmp_path / "platform", *options)
    assert not list((tmp_path / "platform").glob("live-*"))


@pytest.mark.parametrize("url", ["mysql://x/y", "nonsense", ""])
def test_another_kind_of_database_is_refused(url: str, data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "看不懂数据库地址" in _refused(capsys, data_dir, "--database-url", url)


def test_a_database_that_is_not_there_is_told(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = _refused(capsys, data_dir, "--database-url", "postgresql://u:hidden@/x?host=/nowhere")
    assert "打不开数据库" in said
    assert "hidden" not in said


def test_a_database_of_another_version_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "old.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE platform_schema (version INTEGER PRIMARY KEY)")
        connection.execute("INSERT INTO platform_schema VALUES (999)")
    connection.close()
    assert "第 999 版" in _refused(capsys, tmp_path, "--database-url", f"sqlite:///{path}")


def test_a_port_in_use_is_told(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert f"端口 {port}" in _refused(capsys, data_dir, "--port", port)


def test_it_tells_its_port_and_leaves_only_the_cache(data_dir: Path, make_client: Callable[..., CentralClient]) -> None:
    platform = start_platform(data_dir)
    try:
        assert isinstance(make_client(platform.port).hello(), PlatformHello)
        assert list(data_dir.glob("live-*"))
    finally:
        assert platform.stop() == 0
    assert [path.name.split("-")[0] for path in data_dir.iterdir()] == ["citizens"]


def test_it_dies_with_its_parent_also_when_that_is_killed(data_dir: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from tests.provisioning.platform.running import start_platform\n"
        "platform = start_platform(Path(sys.argv[1])); print(platform.process.pid, flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(data_dir)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as parent:
        assert parent.stdout is not None
        watched = os.pidfd_open(int(parent.stdout.readline()))
        try:
            parent.kill()
            parent.wait(5)
            assert select.select([watched], [], [], 5)[0], "the platform outlived its parent"
        finally:
            os.close(watched)


def test_over_tls_the_certificate_names_the_terminal(tmp_path: Path, make_client: Callable[..., CentralClient]) -> None:
    ours, foreign = make_authority(tmp_path, "ca"), make_authority(tmp_path, "foreign-ca")
    server, terminal = ours.issue("platform"), ours.issue(TERMINAL_ID)
    options = ["--tls-cert", str(server[0]), "--tls-key", str(server[1]), "--client-ca", str(tmp_path / "ca.pem")]
    platform = start_platform(tmp_path / "platform", *options)

    def say_hello(ca: str = "ca", files: tuple[Path, Path] | None = terminal) -> PlatformHello | Problem:
        certificate = {"client_certificate": files[0], "client_key": files[1]} if files else {}
        return make_client(platform.port, scheme="https", ca_bundle=tmp_path / f"{ca}.pem", **certificate).hello()

    try:
        assert isinstance(say_hello(), PlatformHello)
        # a certificate of ours, for another terminal
        assert say_hello(files=ours.issue("T-8")) == Problem("central.terminal_refused")
        assert say_hello(ca="foreign-ca") == Problem("central.not_trusted")
        # in TLS 1.3 the refusal of a client comes after its handshake: as an alert, or as a reset that overtook it
        for refused in (say_hello(files=foreign.issue(TERMINAL_ID)), say_hello(files=None)):
            assert refused in (Problem("central.not_trusted"), Problem("central.interrupted"))
        assert say_hello(files=(tmp_path / "none", tmp_path / "none")) == Problem("central.certificates_unusable")
        plain = make_client(platform.port).hello()
        assert isinstance(plain, Problem)
    finally:
        platform.process.send_signal(signal.SIGTERM)
        assert platform.stop() == 0


def test_a_certificate_of_our_own_ca_for_another_address_is_no_platform(
    tmp_path: Path, make_client: Callable[..., CentralClient]
) -> None:
    ours = make_authority(tmp_path, "ca")
    other = ours.issue("T-8", address="192.0.2.7")  # such as another terminal's, stolen
    options = ["--tls-cert", str(other[0]), "--tls-key", str(other[1]), "--client-ca", str(tmp_path / "ca.pem")]
    platform = start_platform(tmp_path / "platform", *options)
    terminal = ours.issue(TERMINAL_ID)
    try:
        client = make_client(
            platform.port,
            scheme="https",
            ca_bundle=tmp_path / "ca.pem",
            client_certificate=terminal[0],
            client_key=terminal[1],
        )
        assert client.hello() == Problem("central.not_trusted")
    finally:
        assert platform.stop() == 0


@pytest.mark.parametrize(
    ("option", "value"), [("--port", "65536"), ("--port", "http"), ("--demo-citizens", "14001"), ("--demo-seed", "-1")]
)
def test_a_number_that_cannot_be_is_told_with_what_can(
    option: str, value: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["--demo", f"{option}={value}"])
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert option in said
    assert "之间的整数 a whole number from 0 to" in said


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_a_database_in_memory_keeps_nothing_and_is_refused(
    url: str, data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "看不懂数据库地址" in _refused(capsys, data_dir, "--database-url", url)
