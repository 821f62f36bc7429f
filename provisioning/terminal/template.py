"""The text of a new configuration file, with what a technician must know beside each value."""

from collections.abc import Mapping

import yaml

_TEXT = """\
# 不打烊终端配置  Configuration of a Budayang terminal.
# 改后请重新启动；写错之处启动时会逐行指出。Restart after a change; mistakes are told line by line.
# 相对路径从本文件所在目录算起。Relative paths count from this file's folder.

# demo: 演示，每一屏每一张纸都标“演示”。production: 正式，拒绝一切模拟器。
profile: {profile}

terminal:
  id: {terminal_id}
  site:
    zh_CN: {site_zh_cn}
    zh_HK: {site_zh_hk}
    en: {site_en}
  # province | city | district | street | village
  level: {level}
  help_phone: {help_phone}

panel:
  # 屏幕可见部分的宽度，按安装方向用尺量，毫米。Visible width as mounted, by ruler, in mm: all sizes follow from it.
  width_mm: {width_mm}
  orientation: {orientation}
  # 屏幕下沿离地高度，毫米。Height of the lower edge over the floor.
  lower_edge_mm: {lower_edge_mm}
  # 设备在机身正面的位置（相对屏幕）：above below left right left_above right_above left_below right_below
  front:
    id_card_reader: right_below
    receipt_printer: left_below
    sheet_printer: below

# 每次办理开始时的语言：zh_CN | zh_HK | en
language: zh_CN

devices:
{devices}
platform:
  url: {url}
{tls}  connect_timeout_s: 3
  read_timeout_s: 10

# 本终端保存的一切都在这里。Everything that this terminal keeps.
state_dir: state

keys:
  attestation_key_id: {key_id}
  # 打印签名私钥，只有本终端持有，不可复制。Never copied, never replaced by this program.
  attestation_private: keys/attestation.pem
  key_list: keys/key-list.json
  key_list_public: keys/key-list-public.pem

# 时限（秒），每项有下限，删去即用默认值。Each has a floor; a missing line means the default.
# home_idle_s 60 (>=40), identified_idle_s 120 (>=120), reading_idle_s 180 (>=120), alert_s 30 (>=20),
# cover_s 20 (20-30), visit_s 900 (>=600), result_s 30 (>=20)
times: {{}}
"""

DEMO_DEVICES = """\
  # 演示：port 由 make run 换成模拟器的地址。In the demo, `make run` puts the emulators' addresses in place.
  id_card_reader:
    driver: serial
    port: /dev/ttyS90
    baud_rate: 115200
  receipt_printer:
    driver: escpos
    transport: serial
    port: /dev/ttyS91
    baud_rate: 115200
    chinese_font: true
  sheet_printer:
    driver: file
    tcp_port: 8631
"""

DEVICES = """\
  id_card_reader:
    driver: serial
    # 用不随插拔变化的名称。A name that does not change with the socket.
    port: {reader_port}
    baud_rate: 115200
    # 阅读器标签上的模块号；装机时核对，之后不符即报警。From the label; another one is an alarm.
    module_id: {module_id}
  receipt_printer:
    driver: escpos
    # serial: port, baud_rate；tcp: host, tcp_port
    transport: serial
    port: {receipt_port}
    baud_rate: 115200
    # 打印机自带 GB18030 汉字库；否则逐行点阵打印。The printer sets GB18030 by itself; otherwise rows go as dots.
    chinese_font: true
    # 能答 GS r 1；能执行 DLE DC4 8。It answers GS r 1; it knows DLE DC4 fn 8.
    in_order_reply: true
    clear_buffer: true
  sheet_printer:
    driver: cups
    queue: {queue}
"""

_TLS = """\
  ca_bundle: tls/ca.pem
  client_certificate: tls/client.pem
  client_key: tls/client.key
"""


def configuration_text(values: Mapping[str, object], devices: str) -> str:
    """The file's text; every value is written as YAML writes it, so that no text of a person can change the structure."""
    quoted = {name: _scalar(value) for name, value in values.items()}
    return _TEXT.format(**quoted, devices=devices.format(**quoted), tls=_TLS)


def _scalar(value: object) -> str:
    text: str = yaml.safe_dump(value, allow_unicode=True, width=10_000)
    return text.removesuffix("...\n").strip()
