"""`provision init` makes a terminal's folder once, completely, and never replaces a key."""

import hashlib
import io
import json
import ssl
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from kiosk.base.clock import ManualClock
from kiosk.base.config import Config, ConfigError, load_config
from kiosk.base.errors import Problem
from kiosk.documents.key_list import KeyList, load_public_key, read_key_list
from provisioning.terminal import init_demo
from provisioning.terminal.cli import main
from provisioning.terminal.files import write_atomically, write_once

ROOT = Path(__file__).parents[3]
PRODUCTION = [
    "--terminal-id", "XH-02", "--site", "星河市民中心", "--width-mm", "336", "--platform-url", "https://platform.example.gov.cn",
    "--reader-port", "/dev/ttyUSB0", "--module-id", "0503-20200101-0000000001", "--receipt-port", "/dev/ttyUSB1", "--queue", "A4",
]  # fmt: skip


def ec_key() -> bytes:
    """A private key of another kind."""
    key = ec.generate_private_key(ec.SECP256R1())
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _listed(config: Config) -> KeyList:
    listed = read_key_list(config.keys.key_list.read_bytes(), load_public_key(config.keys.key_list_public))
    assert isinstance(listed, KeyList)
    return listed


def _public(config: Config) -> bytes:
    private = load_pem_private_key(config.keys.attestation_private.read_bytes(), None)
    assert isinstance(private, Ed25519PrivateKey)
    return private.public_key().public_bytes_raw()


def test_the_demo_s_folder_holds_a_configuration_that_loads(tmp_path: Path) -> None:
    config = load_config(init_demo(tmp_path / "demo"))
    assert config.is_demo
    assert config.terminal_id == "XH-01"
    assert set(config.devices) == {"id_card_reader", "receipt_printer", "sheet_printer"}
    assert config.keys.attestation_private.is_file()


def test_private_keys_are_their_owner_s_alone(tmp_path: Path) -> None:
    init_demo(tmp_path / "demo")
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "demo").rglob("*") if path.is_file()}
    for name in ("attestation.pem", "key-list.pem", "client.key", "server.key", "terminal.yaml"):
        assert modes[name] == 0o600, name
    assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "demo").rglob("*") if path.is_dir()} == {0o700}


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    init_demo(tmp_path / "demo")
    before = _contents(tmp_path / "demo")
    init_demo(tmp_path / "demo")
    assert _contents(tmp_path / "demo") == before


@pytest.mark.parametrize(
    "lost", ["terminal.yaml", "keys/key-list.json", "keys/key-list-public.pem", "tls/ca.pem", "tls/client.key"]
)
def test_a_run_that_was_cut_off_is_completed_and_keeps_the_key(tmp_path: Path, lost: str) -> None:
    folder = tmp_path / "demo"
    config = load_config(init_demo(folder))
    key = config.keys.attestation_private.read_bytes()
    names = set(_contents(folder))
    # the authority's file is the last of its five: whatever was cut off before it finds it missing
    for name in {lost, "tls/ca.pem"} if lost.startswith("tls/") else {lost}:
        (folder / name).unlink()
    config = load_config(init_demo(folder))
    assert set(_contents(folder)) == names
    assert config.keys.attestation_private.read_bytes() == key
    assert set(_listed(config).keys) == {config.keys.attestation_key_id}


def test_the_key_list_names_the_terminal_s_key_and_an_altered_one_is_refused(tmp_path: Path) -> None:
    now = datetime(2026, 11, 21, 15, 4, tzinfo=UTC)
    config = load_config(init_demo(tmp_path / "demo", ManualClock(now)))
    listed = _listed(config)
    (entry,) = listed.keys.values()
    assert entry.public_key == _public(config)
    assert (entry.key_id, entry.terminal_id, entry.is_revoked) == (config.keys.attestation_key_id, "XH-01", False)
    assert (listed.issued_at, entry.not_before) == (now, now - timedelta(days=1))
    forged = json.loads(config.keys.key_list.read_bytes())
    forged["keys"][0]["revoked"] = True
    refused = read_key_list(json.dumps(forged).encode(), load_public_key(config.keys.key_list_public))
    assert refused == Problem("attestation.list_forged")


def test_a_lost_list_key_is_replaced_with_all_that_hangs_on_it(tmp_path: Path) -> None:
    config = load_config(init_demo(tmp_path / "demo"))
    (tmp_path / "demo/keys/key-list.pem").unlink()
    init_demo(tmp_path / "demo")
    assert set(_listed(config).keys) == {config.keys.attestation_key_id}


class _Greeter(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"hello")

    def log_message(self, *args: object) -> None:
        """Says nothing."""


@pytest.fixture
def tls_server(tmp_path: Path) -> Iterator[tuple[int, Path]]:
    """An HTTPS server with the demo's certificate, which admits only clients of the demo's authority."""
    tls = init_demo(tmp_path / "demo").parent / "tls"
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tls / "server.pem", tls / "server.key")
    context.load_verify_locations(tls / "ca.pem")
    context.verify_mode = ssl.CERT_REQUIRED
    server = HTTPServer(("127.0.0.1", 0), _Greeter)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield server.server_port, tls
    server.shutdown()
    server.server_close()
    thread.join(2)


def test_the_demo_s_certificates_carry_a_connection_in_both_directions(
    tls_server: tuple[int, Path], tmp_path: Path
) -> None:
    port, tls = tls_server
    client = (str(tls / "client.pem"), str(tls / "client.key"))
    answer = requests.get(f"https://127.0.0.1:{port}/", verify=str(tls / "ca.pem"), cert=client, timeout=5)
    assert answer.text == "hello"
    with pytest.raises(requests.exceptions.RequestException):
        requests.get(f"https://127.0.0.1:{port}/", verify=str(tls / "ca.pem"), timeout=5)
    strange = init_demo(tmp_path / "other").parent / "tls"
    with pytest.raises(requests.exceptions.SSLError):
        requests.get(f"https://127.0.0.1:{port}/", verify=str(strange / "ca.pem"), cert=client, timeout=5)


def test_a_production_terminal_takes_the_given_answers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "--dir", str(tmp_path / "hall"), *PRODUCTION]) == 0
    config = load_config(tmp_path / "hall" / "terminal.yaml", at_start=False)
    assert (config.profile, config.terminal_id, config.panel.width_mm) == ("production", "XH-02", 336)
    assert config.devices["id_card_reader"].settings["module_id"] == "0503-20200101-0000000001"
    assert config.devices["sheet_printer"].settings == {"queue": "A4"}
    assert "keys/attestation.pem" in capsys.readouterr().out
    assert not (tmp_path / "hall/keys/key-list.pem").exists()


def test_missing_answers_are_each_told_without_a_person_to_ask(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", "--dir", str(tmp_path / "hall"), *PRODUCTION[:4]], ask_from=io.StringIO("")) == 2
    told = capsys.readouterr().err
    for option in PRODUCTION[4::2]:
        assert option in told
    assert not (tmp_path / "hall").exists()


def test_missing_answers_are_asked_of_a_person(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    typed = io.StringIO("XH-03\n市民之家\n")
    assert main(["init", "--dir", str(tmp_path / "hall"), *PRODUCTION[4:]], ask_from=typed) == 0
    config = load_config(tmp_path / "hall" / "terminal.yaml", at_start=False)
    assert (config.terminal_id, config.site_name["zh_CN"]) == ("XH-03", "市民之家")
    assert "终端编号" in capsys.readouterr().err


def test_a_wrong_answer_is_told_and_leaves_no_configuration(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for wrong in (
        ["--terminal-id", "terminal one"],
        ["--width-mm", "5"],
        ["--width-mm", "wide"],
        ["--lower-edge-mm", "5"],
        ["--help-phone", "x"],
        ["--platform-url", "ftp://x"],
        ["--reader-port", "COM3"],
        ["--module-id", "1"],
        ["--receipt-port", "COM4"],
        ["--queue", "A 4"],
    ):
        assert main(["init", "--dir", str(tmp_path / "hall"), *PRODUCTION, *wrong]) == 2
        told = capsys.readouterr().err
        assert told.count(f"{wrong[0]} 写成") == told.count(f"{wrong[0]} is “{wrong[1]}") == 1
        assert ".yaml" not in told
    assert list(tmp_path.iterdir()) == []


def test_a_sheet_of_another_demo_of_the_same_day_is_of_an_unknown_key_and_not_forged(tmp_path: Path) -> None:
    now = ManualClock(datetime(2026, 11, 21, 15, 4, tzinfo=UTC))
    one, other = (load_config(init_demo(tmp_path / name, now)) for name in ("one", "other"))
    digest = hashlib.sha256(_public(one)).hexdigest()
    assert one.keys.attestation_key_id == f"XH-01-20261121-{digest[:8]}"
    assert one.keys.attestation_key_id not in _listed(other).keys


def test_the_longest_terminal_id_still_makes_a_key_id_that_a_configuration_may_hold(tmp_path: Path) -> None:
    longest = "ABCDEFGH-12345678-12345678-12345678"
    assert main(["init", "--dir", str(tmp_path / "hall"), *PRODUCTION, "--terminal-id", longest]) == 0
    config = load_config(tmp_path / "hall" / "terminal.yaml", at_start=False)
    assert config.keys.attestation_key_id.startswith(longest)


def test_the_next_step_is_the_command_that_uses_this_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "--demo", "--dir", str(tmp_path / "a demo")]) == 0
    told = capsys.readouterr().out
    command = f"python main.py --profile demo --directory '{tmp_path / 'a demo'}'\n"
    assert f"下一步：运行 {command}" in told
    assert f"Next: run {command}" in told


def test_a_name_of_a_hall_cannot_change_the_file_s_structure(tmp_path: Path) -> None:
    name = 'Hall: "A" # {x}\n'.strip()
    assert main(["init", "--dir", str(tmp_path / "hall"), *PRODUCTION, "--site", name]) == 0
    assert load_config(tmp_path / "hall" / "terminal.yaml", at_start=False).site_name["en"] == name


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    assert main(["init", "--dir", str(tmp_path / "file" / "hall"), *PRODUCTION]) == 2
    assert "--dir" in capsys.readouterr().err


def test_two_runs_at_once_agree_on_one_key(tmp_path: Path) -> None:
    command = [sys.executable, "main.py", "provision", "init", "--demo", "--dir", str(tmp_path / "demo")]
    runs = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(3)]
    for run in runs:
        run.communicate(timeout=30)
    assert [run.returncode for run in runs] == [0, 0, 0]
    config = load_config(tmp_path / "demo" / "terminal.yaml")
    assert [key.public_key for key in _listed(config).keys.values()] == [_public(config)]
    certificate = tmp_path / "demo/tls/server.pem"
    ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, certificate.with_suffix(".key"))


def test_a_key_is_written_once(tmp_path: Path) -> None:
    assert write_once(tmp_path / "key", b"first")
    assert not write_once(tmp_path / "key", b"second")
    assert (tmp_path / "key").read_bytes() == b"first"


def test_a_write_that_fails_leaves_the_old_file_and_no_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_atomically(tmp_path / "file", b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("provisioning.terminal.files.os.fsync", full)
    with pytest.raises(OSError, match="space"):
        write_atomically(tmp_path / "file", b"new")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("file", b"old")]


def test_a_configuration_that_is_there_and_wrong_is_told_not_replaced(tmp_path: Path) -> None:
    config = init_demo(tmp_path / "demo")
    config.write_text(config.read_text().replace("width_mm: 336", "width_mm: 3"))
    with pytest.raises(ConfigError):
        init_demo(tmp_path / "demo")
    assert "width_mm: 3\n" in config.read_text()


def test_certificates_hold_from_a_day_before_to_two_years_after(tmp_path: Path) -> None:
    from cryptography import x509

    now = datetime(2026, 11, 21, 15, 4, tzinfo=UTC)
    tls = init_demo(tmp_path / "demo", ManualClock(now)).parent / "tls"
    for name in ("ca", "server", "client"):
        certificate = x509.load_pem_x509_certificate((tls / f"{name}.pem").read_bytes())
        assert certificate.not_valid_before_utc == now - timedelta(days=1)
        assert certificate.not_valid_after_utc == now + timedelta(days=730)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"-----BEGIN PRIVATE KEY-----\nMC4CAQAw",
        b"another file",
        b"\xff\xfe",
        pytest.param(ec_key(), id="other curve"),
    ],
)
def test_a_private_key_that_is_none_is_told_and_left_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    key = tmp_path / "keys" / "attestation.pem"
    key.parent.mkdir()
    key.write_bytes(content)
    assert main(["init", "--demo", "--dir", str(tmp_path)]) == 2
    told = capsys.readouterr().err
    assert f"{key} 不是可用的 Ed25519 私钥" in told
    assert "holds no usable Ed25519 private key" in told
    assert key.read_bytes() == content
