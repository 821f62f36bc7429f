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
  # 所在行政区划代码，6 位或 12 位，加引号：搜索时本地的事项排在前面。Code of the region, quoted: what is offered here is found first.
  {region}
  help_phone: {help_phone}

panel:
  # 屏幕可见部分的宽度，按安装方向用尺量，毫米。Visible width as mounted, by ruler, in mm: all sizes follow from it.
  width_mm: {width_mm}
  orientation: {orientation}
  # 屏幕下沿离地高度，毫米。Height of the lower edge over the floor.
  lower_edge_mm: {lower_edge_mm}
  # 设备在机身正面的位置（相对屏幕）：above below left right left_above right_above left_below right_below；机柜和 UPS 在里面，不写。
  # Where each device sits on the front, seen by the citizen; cabinet and ups are inside.
  front:
    id_card_reader: right_below
    receipt_printer: left_below
    sheet_printer: below

# 每次办理开始时的语言：zh_CN | zh_HK | en
language: zh_CN

# 下面列出全部设备种类。没有的设备不写；“#”后无空格的行去掉“#”即启用。同一端口不能写给两个设备。
# Every class of device. Leave out what is not there; a line whose # has no space behind it is put to use by taking the # away.
# 运行 python main.py devices probe 可查出已接的设备和建议的写法。`devices probe` finds what is connected and proposes lines.
devices:
{devices}{more_devices}
platform:
  url: {url}
{tls}  connect_timeout_s: 3
  read_timeout_s: 10

# 本终端保存的一切都在这里。Everything that this terminal keeps.
state_dir: state

# 网络断开时暂存的申请放在哪里、最多多少；到了上限就不再收新的。Where submissions wait while the network is away, and how many.
offline:
  # 须在断电不丢数据的磁盘上；不写则为 state_dir 下的 store。On a disk that survives a loss of power; the default is store in state_dir.
  #folder: state/store
  most_items: 20000
  most_mib: 2048
  # 最早的一件超过这么多天仍未送出，就不再收新的。With an older one still waiting nothing new is taken in.
  oldest_days: 7
  # 给系统留下的磁盘空间。Left on the disk for everybody else.
  free_mib: 256
  # aes | sm4（国密）。The cipher of new records.
  suite: aes
  # 谁保管总密钥：auto（取最强的）| tpm | systemd_creds | file。Who holds the key over the keys; auto takes the strongest there is.
  vault:
    kind: auto
    # 只用于 tpm，例如 pcrs: [7]：启动状态（PCR）变了就不交出密钥；更新固件前先改回 []，启动一次。For tpm alone, as in pcrs: [7]: the key is
    # kept back when these registers have changed; write [] and start once before an update of the firmware.
    pcrs: []
  # 平台公钥：导出退件时用它加密。The platform's public key, for the export of dead letters.
  #platform_key: keys/platform-public.pem

# 全省事项目录：首页的搜索用它，断网也能查。没有这一段，首页就没有搜索。The catalogue that the home page searches, also offline; without it no search.
{reference}:
  # 只放目录；不写则为 state_dir 下的 reference。Of the catalogue alone; the default is reference in state_dir.
  {hidden}folder: state/reference
  # 目录发布者的公钥（不是私钥），由平台管理员提供。The publisher's public key, from the platform's operator.
  {shown}key: keys/reference-public.pem

keys:
  attestation_key_id: {key_id}
  # 打印签名私钥，只有本终端持有，不可复制。Never copied, never replaced by this program.
  attestation_private: keys/attestation.pem
  key_list: keys/key-list.json
  key_list_public: keys/key-list-public.pem

# 本机状况页（按住待机画面左上角五秒）的 PIN，只存摘要；不写则没有这一页。运行 main.py provision staff-pin 生成。
# The staff page (hold the attract page's upper left corner for five seconds): a hash of its PIN, made by `provision staff-pin`.
{staff}
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
  # 身份证阅读器：serial 填 port；USB HID 的改为 hid，port 填 /dev/hidraw…；读卡器模式的改为 pcsc，填 reader。Serial, USB HID or PC/SC.
  id_card_reader:
    driver: serial
    # 用不随插拔变化的名称。A name that does not change with the socket.
    port: {reader_port}
    baud_rate: 115200
    # 阅读器标签上的模块号；装机时核对，之后不符即报警。From the label; another one is an alarm.
    module_id: {module_id}
  # 凭条打印机：ESC/POS。The printer of slips.
  receipt_printer:
    driver: escpos
    # serial: port, baud_rate；tcp: host, tcp_port；usb: usb_vendor, usb_product（十六进制，加引号，如 "04b8"）；lp: path（如 /dev/usb/lp0）
    # 状态走厂家自有指令的，加 vendor_status，如 full6。A maker's own status reply: vendor_status, e.g. full6.
    transport: serial
    port: {receipt_port}
    baud_rate: 115200
    # 打印机自带 GB18030 汉字库；否则逐行点阵打印。The printer sets GB18030 by itself; otherwise rows go as dots.
    chinese_font: true
    # 能答 GS r 1；能执行 DLE DC4 8。It answers GS r 1; it knows DLE DC4 fn 8.
    in_order_reply: true
    clear_buffer: true
  # 证明和证照打印机：CUPS 队列；driver 为 file 只供演示。The printer of sheets and licences; file is for the demo only.
  sheet_printer:
    driver: cups
    queue: {queue}
    # 空闲时也能看纸和墨粉：填打印机自己的地址。The printer's own address, to see its paper and toner while it is idle.
    #ipp_url: ipp://192.0.2.8/ipp/print
    # 每种纸放在哪个纸盘，不是 A4 的写明大小；没写明用哪种纸的打印第一种。Kind of paper -> tray, with the size unless it is A4.
    #trays:
      #plain: tray-1
      #licence_a3: tray-2 A3
    # 默认双面打印。On both sides by default.
    #duplex: true
"""

MORE_DEVICES = """\
  # 智能卡读卡器：读往来港澳通行证和社保卡，走 PC/SC；reader 是读卡器名称的一部分。Travel permits and social-security cards.
  #smart_card:
    #driver: pcsc
    #reader: ACS ACR1281
    # 各签发方根证书所在目录；不写则不验真伪。Certificates of the issuing states; without it nothing is verified.
    #csca_folder: csca
  # 证件签注机：擦写往来港澳通行证背面的签注，先记账后动作。Rewrites the endorsement of a travel permit.
  #permit_rewriter:
    #driver: serial
    #port: /dev/serial/by-id/usb-permit-rewriter
    #baud_rate: 115200
  # 高速扫描仪：driver 为 sane；device 填 scanimage -L 列出的名称，网络扫描仪改填 escl_url。SANE name, or escl_url of a network scanner.
  #document_scanner:
    #driver: sane
    #device: fujitsu:fi-7160:12345
  # 高拍仪：v4l2 填 USB 摄像头（device），mjpeg 填网络摄像头（url）；file 只供演示。Looks down on papers; file is for the demo only.
  #document_camera:
    #driver: v4l2
    #device: /dev/v4l/by-path/usb-papers
  # 人像摄像头：写法同高拍仪。Looks at the citizen; written as above.
  #face_camera:
    #driver: v4l2
    #device: /dev/v4l/by-path/usb-face
  # 条码和二维码扫描器：serial 填 port；键盘式的改为 wedge，event_device 填 /dev/input/by-id/ 下的名称。Serial, or a keyboard wedge.
  #barcode_reader:
    #driver: serial
    #port: /dev/serial/by-id/usb-barcode
  # 密码键盘：输入社保卡密码等；profile 是随软件提供的型号描述，自写的改填 file。For PINs; profile comes along, file is your own.
  #keypad:
    #driver: serial
    #port: /dev/serial/by-id/usb-keypad
    #profile: metal_16
  # 签名板：群众手写签名。Takes a written signature.
  #signature_pad:
    #driver: serial
    #port: /dev/serial/by-id/usb-signature
  # 指纹仪：只取特征值，内容不作解读。Takes opaque templates.
  #fingerprint_reader:
    #driver: serial
    #port: /dev/serial/by-id/usb-fingerprint
  # 机柜：门、防拆、人体感应、指示灯和呼叫按钮，接串口 I/O 板；profile 是随软件提供的描述，自写的改填 file。Doors, lamps, call button.
  #cabinet:
    #driver: described
    #port: /dev/serial/by-id/usb-io-board
    #profile: io_board
  # 取件柜：存放待领的证照。Holds papers to be collected.
  #locker:
    #driver: described
    #port: /dev/serial/by-id/usb-locker
    #profile: locker_12
  # 盖章机：给纸质材料盖章。Puts the stamp on paper.
  #stamp_unit:
    #driver: described
    #port: /dev/serial/by-id/usb-stamp
    #profile: stamp_unit
  # 发卡机：发出并打印卡片。Prints and gives out cards.
  #card_dispenser:
    #driver: described
    #port: /dev/serial/by-id/usb-cards
    #profile: card_dispenser
  # 不间断电源：由本机的 upsd（NUT）看管，ups 是 ups.conf 里的名称。本程序看不出 ups.conf 里配的是不是 dummy-ups，请装机人核对。
  # Watched by this machine's upsd; whether ups.conf says dummy-ups cannot be seen from here: the technician must look.
  #ups:
    #driver: nut
    #ups: hall
  # 扬声器：提示音和语音，走 ALSA；sounds 是语音文件目录。Signals and speech through ALSA; sounds is the folder of the spoken texts.
  #audio:
    #driver: alsa
    #output: default
"""

_TLS = """\
  ca_bundle: tls/ca.pem
  client_certificate: tls/client.pem
  client_key: tls/client.key
"""


_EXAMPLE_HASH = "scrypt$32768$8$1$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
"""No PIN has it: put to use as it is, it opens nothing."""
EXAMPLE_REGION = "'320613'"


def configuration_text(values: Mapping[str, object], devices: str, *, has_reference: bool, staff_hash: str = "") -> str:
    """The file's text; every value is written as YAML writes it, so that no text of a person can change the structure."""
    quoted = {name: _scalar(value) for name, value in values.items()}
    has_region = bool(values["region"])
    shown = {"region": f"{'' if has_region else '#'}region: {quoted['region'] if has_region else EXAMPLE_REGION}"}
    shown["staff"] = _staff(staff_hash)
    shown |= {"reference": "reference" if has_reference else "#reference", "shown": "" if has_reference else "#"}
    return _TEXT.format(
        **{**quoted, **shown}, hidden="#", devices=devices.format(**quoted), more_devices=MORE_DEVICES, tls=_TLS
    )


def _staff(pin_hash: str) -> str:
    return f"staff:\n  pin_hash: {_scalar(pin_hash)}\n" if pin_hash else f"#staff:\n  #pin_hash: {_EXAMPLE_HASH}\n"


def _scalar(value: object) -> str:
    text: str = yaml.safe_dump(value, allow_unicode=True, width=10_000)
    return text.removesuffix("...\n").strip()
