"""Every mistake in a configuration is told with its line and its remedy, all at once."""

import io
import os
import pty
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.drivers import find
from devices.status import DeviceClass
from kiosk.base.config import ON_THE_FRONT, TIME_LIMITS, Config, ConfigError, load_config
from kiosk.base.offline_config import VaultConfig
from kiosk.base.sentences import LANGUAGES
from kiosk.session.timeouts import Timeouts
from kiosk.terminal.assembly import timeouts_of

GOOD = """\
profile: demo
terminal:
  id: XH-01
  site: {zh_CN: 星河市民中心, zh_HK: 星河市民中心, en: Xinghe Civic Centre}
panel:
  width_mm: 336
  orientation: portrait
  front:
    id_card_reader: right_below
devices:
  id_card_reader:
    driver: serial
    port: /dev/ttyUSB0
    module_id: 0503-20200101-0000000001
  receipt_printer:
    driver: escpos
    transport: tcp
    host: 203.0.113.7
  sheet_printer:
    driver: cups
    queue: A4
platform:
  url: https://platform.example.gov.cn/
  ca_bundle: tls/ca.pem
  client_certificate: tls/client.pem
  client_key: tls/client.key
state_dir: state
keys:
  attestation_key_id: XH-01-1
  attestation_private: keys/attestation.pem
  key_list: keys/list.json
  key_list_public: keys/list.pem
"""


def _load(folder: Path, text: str) -> Config:
    path = folder / "terminal.yaml"
    path.write_text(text, encoding="utf-8")
    return load_config(path)


def _complaints(folder: Path, text: str) -> list[tuple[int, str, str]]:
    with pytest.raises(ConfigError) as caught:
        _load(folder, text)
    return [(c.line, c.problem.key, c.problem.placeholders.get("key", "")) for c in caught.value.complaints]


def test_a_right_file_is_read_with_defaults_and_absolute_paths(folder: Path) -> None:
    config = _load(folder, GOOD)
    assert config.is_demo
    assert config.language == "zh_CN"
    assert config.site_name["en"] == "Xinghe Civic Centre"
    assert (config.panel.width_mm, config.panel.lower_edge_mm) == (336, 800)
    assert config.panel.front == {"id_card_reader": "right_below"}
    assert config.devices["id_card_reader"].settings == {
        "port": "/dev/ttyUSB0",
        "baud_rate": 115200,
        "module_id": "0503-20200101-0000000001",
    }
    assert config.devices["receipt_printer"].settings == {
        "host": "203.0.113.7",
        "tcp_port": 9100,
        "chinese_font": True,
        "in_order_reply": True,
        "clear_buffer": True,
        "eject_at_start": True,
    }
    assert config.platform.url == "https://platform.example.gov.cn"
    assert config.platform.ca_bundle == folder / "tls/ca.pem"
    assert config.state_dir == folder / "state"
    assert config.times == {name: limit.default_s for name, limit in TIME_LIMITS.items()}


@pytest.mark.parametrize(
    ("old", "new", "line", "problem", "key"),
    [
        ("profile: demo", "profile: test", 1, "config.choice", "profile"),
        ("  id: XH-01", "  id: terminal one", 3, "config.text_form", "terminal.id"),
        ("  id: XH-01\n", "", 3, "config.missing", "terminal.id"),
        (", en: Xinghe Civic Centre", "", 4, "config.missing", "terminal.site.en"),
        ("width_mm: 336", "width_mm: wide", 6, "config.number_range", "panel.width_mm"),
        ("width_mm: 336", "width_mm: 20", 6, "config.number_range", "panel.width_mm"),
        ("width_mm: 336", "width_mm: [336]", 6, "config.not_a_value", "panel.width_mm"),
        ("width_mm: 336", "width: 336", 6, "config.unknown_key_near", "panel.width"),
        ("width_mm: 336", "width_mm: 336\n  width_mm: 400", 7, "config.twice", "panel.width_mm"),
        ("right_below", "inside", 9, "config.choice", "panel.front.id_card_reader"),
        ("id_card_reader: right_below", "camera: below", 9, "config.unknown_key", "panel.front.camera"),
        ("id_card_reader: right_below", "ups: below", 9, "config.unknown_key", "panel.front.ups"),
        ("    port: /dev/ttyUSB0\n", "", 12, "config.missing", "devices.id_card_reader.port"),
        ("tcp\n", "tcp\n    tcp_port: 70000\n", 18, "config.number_range", "devices.receipt_printer.tcp_port"),
        ("tcp\n", "tcp\n    tcp_port: 91.5\n", 18, "config.number_range", "devices.receipt_printer.tcp_port"),
        ("tcp\n", "tcp\n    chinese_font: perhaps\n", 18, "config.choice", "devices.receipt_printer.chinese_font"),
        ("    queue: A4", "    queue: a/b", 21, "config.text_form", "devices.sheet_printer.queue"),
        ("https://platform.example.gov.cn/", "platform", 23, "config.text_form", "platform.url"),
        ("  ca_bundle: tls/ca.pem\n", "", 23, "config.tls_incomplete", "platform.ca_bundle"),
        ("state_dir: state", "state_dir: state\ntimes: {alert_s: 19}", 28, "config.time_limit", "times.alert_s"),
        ("state_dir: state", "state_dir: state\ntimes: {cover_s: 31}", 28, "config.time_limit", "times.cover_s"),
        ("state_dir: state", "state_dir: state\ntimes: 5", 28, "config.not_a_mapping", "times"),
        ("state_dir: state\n", "", 1, "config.missing", "state_dir"),
        ("panel:", "panels:", 5, "config.unknown_key_near", "panels"),
    ],
)
def test_each_mistake_is_told_at_its_line(folder: Path, old: str, new: str, line: int, problem: str, key: str) -> None:
    assert old in GOOD
    assert (line, problem, key) in _complaints(folder, GOOD.replace(old, new, 1))


def test_all_mistakes_are_told_at_once_in_the_order_of_lines(folder: Path) -> None:
    text = GOOD.replace("demo", "x").replace("336", "1").replace("A4", "a b").replace("state_dir", "state")
    complaints = _complaints(folder, text)
    assert [line for line, _, _ in complaints] == [1, 1, 6, 21, 27]


def test_the_store_has_defaults_that_a_section_changes(folder: Path) -> None:
    offline = _load(folder, GOOD).offline
    assert (offline.folder, offline.suite, offline.vault) == (folder / "state" / "store", "aes", VaultConfig())
    assert (offline.most_items, offline.most_mib, offline.oldest_days, offline.free_mib) == (20_000, 2048, 7, 256)
    section = "offline: {folder: elsewhere, suite: sm4, vault: {kind: tpm, pcrs: [7, 0]}, most_items: 500, platform_key: keys/platform.pem}\n"
    offline = _load(folder, GOOD + section).offline
    assert (offline.folder, offline.suite, offline.vault) == (folder / "elsewhere", "sm4", VaultConfig("tpm", (0, 7)))
    assert (offline.most_items, offline.platform_key) == (500, folder / "keys" / "platform.pem")
    assert [key for _, key, _ in _complaints(folder, GOOD + "offline: {suite: rot13, most_items: 1}\n")] == [
        "config.number_range",
        "config.choice",
    ]


@pytest.mark.parametrize(
    ("vault", "problems"),
    [
        ("file", ["config.not_a_mapping"]),
        ("{kind: credentials}", ["config.choice"]),
        ("{kind: tpm, pcrs: 7}", ["config.not_a_list"]),
        ("{kind: tpm, pcrs: [7, 24, -1, x, [1]]}", ["config.number_range"] * 4),
        ("{kind: tpm, pcrs: [7, 7]}", ["config.listed_twice"]),
        ("{kind: tpm, pcrs: [16, 23]}", ["config.vault_pcr_resettable"] * 2),
        ("{pcrs: [7]}", ["config.vault_pcrs_without_tpm"]),
        ("{kind: tpm, pcr: [7]}", ["config.unknown_key_near"]),
        ("{kind: tpm, pcrs: }", []),
        ("", []),
    ],
)
def test_what_a_vault_cannot_be_is_told(folder: Path, vault: str, problems: list[str]) -> None:
    text = f"{GOOD}offline:\n  vault: {vault}\n"
    if problems:
        assert [key for _, key, _ in _complaints(folder, text)] == problems
    else:
        assert _load(folder, text).offline.vault.pcrs == ()


def test_every_device_that_a_citizen_sees_has_a_place_on_the_front(folder: Path) -> None:
    front = "".join(f"    {name}: left_above\n" for name in ON_THE_FRONT if name != "id_card_reader")
    config = _load(
        folder, GOOD.replace("    id_card_reader: right_below\n", f"    id_card_reader: right_below\n{front}")
    )
    assert config.panel.front == dict.fromkeys(ON_THE_FRONT, "left_above") | {"id_card_reader": "right_below"}
    assert {"document_scanner", "face_camera", "keypad", "card_dispenser", "audio"} <= set(ON_THE_FRONT)


def test_times_agree_with_the_session_s_in_defaults_and_floors(folder: Path) -> None:
    assert timeouts_of(_load(folder, GOOD)) == Timeouts()
    lowest = "".join(f"  {name}: {limit.floor_s}\n" for name, limit in TIME_LIMITS.items())
    assert timeouts_of(_load(folder, f"{GOOD}times:\n{lowest}")).warning_s == 20  # Timeouts would refuse a lower one


@pytest.mark.parametrize(
    ("content", "line"), [(b"a: [1\nb: 2", 2), (b"- a", 1), (b"", 1), (b"a: \xff", 0), (b"a: \x01", 0)]
)
def test_what_is_no_configuration_is_told(folder: Path, content: bytes, line: int) -> None:
    path = folder / "terminal.yaml"
    path.write_bytes(content)
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    (complaint,) = caught.value.complaints
    assert complaint.line == line
    assert "→" in complaint.text("zh_CN")


def test_a_missing_file_names_the_command_that_makes_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load_config(tmp_path / "none.yaml")
    assert "provision init" in caught.value.complaints[0].text("zh_CN")


def test_a_tag_constructs_nothing(folder: Path) -> None:
    text = GOOD.replace("XH-01", '!!python/object/apply:os.mkdir ["made"]', 1)
    assert _complaints(folder, text) == [(3, "config.not_a_value", "terminal.id")]
    assert not Path("made").exists()


def test_the_command_line_tells_every_complaint_and_returns_2(folder: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        _load(folder, GOOD.replace("width_mm: 336", "width_mm: 5"))
    for language in LANGUAGES:
        stream = io.StringIO()
        assert caught.value.tell(stream, language) == 2
        first, last = stream.getvalue().splitlines()
        assert first.startswith(f"{folder / 'terminal.yaml'}:6: panel.width_mm")
        assert "→" in first
        assert "1" in last


PRODUCTION = GOOD.replace("profile: demo", "profile: production")


def test_a_production_profile_on_real_hardware_may_start(folder: Path) -> None:
    assert not _load(folder, PRODUCTION).is_demo


@pytest.fixture
def pseudo_terminal(tmp_path: Path) -> Iterator[Path]:
    """A link with an innocent name to a pseudo-terminal, as an emulator offers one."""
    controller, device = pty.openpty()
    link = tmp_path / "ttyUSB0"
    link.symlink_to(os.ttyname(device))
    yield link
    os.close(controller)
    os.close(device)


def test_a_production_profile_refuses_an_emulator_behind_any_link(folder: Path, pseudo_terminal: Path) -> None:
    text = PRODUCTION.replace("/dev/ttyUSB0", str(pseudo_terminal))
    assert _complaints(folder, text) == [(13, "config.production_port", "devices.id_card_reader.port")]


@pytest.mark.parametrize(
    ("old", "new", "line", "problem"),
    [
        ("host: 203.0.113.7", "host: 127.0.0.1", 18, "config.production_device_here"),
        ("host: 203.0.113.7", "host: localhost", 18, "config.production_device_here"),
        ("driver: cups\n    queue: A4", "driver: file\n    tcp_port: 8631", 20, "config.production_file_printer"),
        ("    module_id: 0503-20200101-0000000001\n", "", 11, "config.production_module_id"),
        ("https://platform.example.gov.cn/", "http://platform.example.gov.cn/", 23, "config.production_no_tls"),
        ("https://platform.example.gov.cn/", "https://127.0.0.2:8443", 23, "config.production_platform_here"),
        ("https://platform.example.gov.cn/", "https://[::1]:8443", 23, "config.production_platform_here"),
        ("https://platform.example.gov.cn/", "https://[::ffff:127.0.0.1]:8443", 23, "config.production_platform_here"),
        ("https://platform.example.gov.cn/", "https://budayang.localhost", 23, "config.production_platform_here"),
        ("tls/ca.pem", "tls/none.pem", 24, "config.production_file_missing"),
        ("keys/list.json", "keys/none.json", 31, "config.production_file_missing"),
    ],
)
def test_a_production_profile_refuses_what_could_be_a_demo(
    folder: Path, old: str, new: str, line: int, problem: str
) -> None:
    assert old in PRODUCTION
    assert (line, problem) in [(found, key) for found, key, _ in _complaints(folder, PRODUCTION.replace(old, new, 1))]


def test_a_production_profile_without_a_reader_is_refused(folder: Path) -> None:
    start, end = PRODUCTION.index("  id_card_reader:\n"), PRODUCTION.index("  receipt_printer:\n")
    text = PRODUCTION[:start] + PRODUCTION[end:]
    assert _complaints(folder, text) == [(10, "config.production_no_reader", "devices.id_card_reader")]


def test_a_private_key_that_others_can_read_is_refused(folder: Path) -> None:
    (folder / "keys/attestation.pem").chmod(0o640)
    assert _complaints(folder, PRODUCTION) == [(30, "config.production_key_open", "keys.attestation_private")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", ""),
        ("transport: tcp\n    host: 203.0.113.7", "transport: serial\n    port: /dev/ttyUSB1\n    chinese_font: false"),
        ("driver: cups\n    queue: A4", "driver: file\n    tcp_port: 8631"),
    ],
)
def test_every_driver_takes_the_settings_that_were_read_for_it(folder: Path, old: str, new: str) -> None:
    assert old in GOOD
    for name, device in _load(folder, GOOD.replace(old, new, 1)).devices.items():
        find(DeviceClass(name), device.driver)(dict(device.settings))


def test_a_third_party_s_driver_keeps_its_own_settings(folder: Path) -> None:
    text = GOOD.replace("driver: serial\n    port: /dev/ttyUSB0", "driver: acme\n    line: usb:1")
    assert _load(folder, text).devices["id_card_reader"].settings == {
        "line": "usb:1",
        "module_id": "0503-20200101-0000000001",
    }


def test_a_file_of_brackets_alone_is_told_in_words(tmp_path: Path) -> None:
    path = tmp_path / "terminal.yaml"
    path.write_text("devices: " + "[" * 50_000, encoding="utf-8")
    with pytest.raises(ConfigError) as refused:
        load_config(path)
    assert [one.problem.key for one in refused.value.complaints] == ["config.not_yaml"]
