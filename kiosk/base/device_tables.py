"""Every device class of a terminal, and the settings of every driver that comes along: what may stand under ``devices:``.

A driver that is not named here is a third party's, found by its entry point, and checks its own settings. The truth of
a row is the factory of the driver; a test gives each factory what was read by these tables.
"""

from collections.abc import Mapping
from types import MappingProxyType

from kiosk.base.device_setting import DriverTable, Kind, Setting

DEVICES = (
    "id_card_reader",
    "smart_card",
    "permit_rewriter",
    "receipt_printer",
    "sheet_printer",
    "document_scanner",
    "document_camera",
    "face_camera",
    "barcode_reader",
    "keypad",
    "signature_pad",
    "fingerprint_reader",
    "cabinet",
    "locker",
    "stamp_unit",
    "card_dispenser",
    "ups",
    "audio",
)
"""The device classes, by the words of `devices.status.DeviceClass`."""

WITHOUT_PLACE = ("cabinet", "ups")
"""What is inside: it has no place on the front."""

ON_THE_FRONT = tuple(name for name in DEVICES if name not in WITHOUT_PLACE)


def _port(example: str = "/dev/serial/by-id/...") -> Setting:
    return Setting("port", Kind.TEXT, example, r"/[^\x00-\x1f]{2,200}", is_required=True)


def _seconds(name: str, low: float, high: float, default: float | None = None) -> Setting:
    return Setting(name, Kind.NUMBER, low=low, high=high, default=default)


def _times(*words: str) -> Setting:
    return Setting("times", Kind.NUMBERS, words=words, low=0.01, high=120)


_BAUD_RATE = Setting("baud_rate", Kind.SPEED, default=115200)
_OWN_BAUD_RATE = Setting("baud_rate", Kind.SPEED)
_RETRIES = Setting("retries", Kind.WHOLE, low=0, high=10)
_MODULE_ID = Setting("module_id", Kind.TEXT, "0503-20200101-0000000001-...", r"[0-9A-Za-z.-]{8,64}")
_READER_TIMES = _times("reply", "read_reply", "gap", "write", "find_interval", "removal_interval", "retry")
_PHOTO_DECODER = Setting("photo_decoder", Kind.TEXT, "acme", r"[!-~]{1,80}")
_PCSC_READER = Setting("reader", Kind.TEXT, "ACS ACR39U", r"\S.{0,126}", default="")
_PCSC_TIMES = _times("exchange", "first_look", "settle", "removal_look", "retry", "back_off", "longest_back_off")
_HOST = Setting("host", Kind.TEXT, "192.0.2.7", r"[A-Za-z0-9.:-]{1,253}", is_required=True)
_USB_ID = r"[0-9A-Fa-f]{4}"

_ESCPOS = DriverTable(
    way="transport",
    ways={
        "serial": (_port(), Setting("baud_rate", Kind.SPEED, default=115200, passed_as="baudrate")),
        "tcp": (_HOST, Setting("tcp_port", Kind.WHOLE, low=1, high=65535, default=9100)),
        "usb": (
            Setting("usb_vendor", Kind.TEXT, '"04b8"', _USB_ID, is_required=True),
            Setting("usb_product", Kind.TEXT, '"0e28"', _USB_ID, is_required=True),
            Setting("usb_serial", Kind.TEXT, "A1B2C3", r"[!-~]{1,126}"),
        ),
        "lp": (Setting("path", Kind.TEXT, "/dev/usb/lp0", r"/dev/[^\x00-\x1f]{1,200}", is_required=True),),
    },
    settings=(
        *(
            Setting(ability, Kind.FLAG, default=True)
            for ability in ("chinese_font", "in_order_reply", "clear_buffer", "eject_at_start")
        ),
        Setting("vendor_status", Kind.TEXT, "full6", r"[a-z0-9][a-z0-9_-]{0,39}|/[^\x00-\x1f]{1,200}"),
        _seconds("reply_s", 0.05, 5),
        _seconds("write_s", 0.1, 30),
        _seconds("settle_s", 0.1, 30),
        Setting("font", Kind.PATH, "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"),
    ),
)

_IPP_URL = r"ipps?://([A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(:[1-9]\d{0,4})?(/[!-~]{0,255})?|none"
_SHEETS = (
    Setting("trays", Kind.TEXTS, "tray-2 A3", r"[a-z0-9][a-z0-9.-]{0,60}( A[345])?", names=r"[a-z][a-z0-9_]{0,30}"),
    Setting("duplex", Kind.FLAG),
    _seconds("paper_wait_s", 0, 600),
    Setting("sheets_in_path", Kind.WHOLE, low=0, high=20),
)
_CUPS = DriverTable(
    (
        Setting("queue", Kind.TEXT, "A4", r"[A-Za-z0-9_-]{1,127}", is_required=True),
        Setting("ipp_url", Kind.TEXT, "ipp://192.0.2.8/ipp/print", _IPP_URL),
        *_SHEETS,
        Setting("socket", Kind.PATH, "/run/cups/cups.sock"),
        Setting("server_settings", Kind.PATH, "/etc/cups/cupsd.conf"),
    )
)
# the demo's printer answers at an address of this machine and lays its paper into a folder
_SHEET_FILE = DriverTable(
    (
        Setting("host", Kind.TEXT, "127.0.0.1", r"127(\.\d{1,3}){3}|::1", default="127.0.0.1"),
        Setting("tcp_port", Kind.WHOLE, low=1, high=65535, is_required=True),
        *_SHEETS,
    )
)

_SANE = DriverTable(
    (
        Setting("device", Kind.TEXT, "fujitsu:fi-7160:12345", r"[a-z0-9_]{1,30}(:.{0,200})?"),
        Setting("escl_url", Kind.TEXT, "http://192.0.2.7/eSCL", r"https?://[A-Za-z0-9.:\[\]-]+(/[\w./-]*)?"),
        Setting("backend_config", Kind.TEXT, "usb 0x04c5 0x132e", r"(?s)\S.*"),
        Setting("options", Kind.VALUES),
        Setting("sources", Kind.VALUES_BY_WORD, words=("flatbed", "feeder", "duplex")),
        _seconds("stall_s", 0.1, 600),
    ),
    one_of=("device", "escl_url"),
)


def _camera(stall_s: float, lost_s: float, *settings: Setting) -> DriverTable:
    waits = (_seconds("stall_s", 0.1, 30, stall_s), _seconds("lost_s", 0.1, 120, lost_s))
    return DriverTable((*settings, *waits), ordered=("stall_s", "lost_s"))


_FRAMES_A_SECOND = Setting("fps", Kind.NUMBER, low=1, high=240)
_CAMERAS = {
    "mjpeg": _camera(
        1.0,
        4.0,
        Setting(
            "url",
            Kind.TEXT,
            "http://192.0.2.9:8080/stream",
            r"http://[A-Za-z0-9.:\[\]-]+(/[!-~]*)?",
            is_required=True,
        ),
        Setting("light_path", Kind.TEXT, "/light?level={level}", r"/[!-~]*"),
        _seconds("open_s", 0.1, 1.5),
        _seconds("read_s", 0.1, 1.5),
    ),
    "v4l2": _camera(
        2.0,
        5.0,
        Setting("device", Kind.TEXT, "/dev/v4l/by-path/...", r"/dev/[^\x00-\x1f]{1,200}", is_required=True),
        Setting("width", Kind.WHOLE, low=16, high=10_000),
        Setting("height", Kind.WHOLE, low=16, high=10_000),
        _FRAMES_A_SECOND,
        Setting("light_control", Kind.WHOLE, low=0, high=999_999_999),
        Setting("light_full", Kind.WHOLE, low=0, high=999_999_999),
    ),
    "file": _camera(1.0, 4.0, Setting("path", Kind.PATH, "film.avi", is_required=True), _FRAMES_A_SECOND),
}

_PROFILE = (
    Setting("profile", Kind.TEXT, "io_board", r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}"),
    Setting("file", Kind.PATH, "devices/lamps.yaml"),
)
"""A description that comes along, or a technician's own."""
_ONE_PROFILE = ("profile", "file")
_DESCRIBED = {"described": DriverTable((_port(), *_PROFILE), one_of=_ONE_PROFILE)}

_NUT = DriverTable(
    (
        Setting("ups", Kind.TEXT, "hall", r"[!-~]{1,80}", is_required=True),
        Setting("host", Kind.TEXT, "127.0.0.1", r"[A-Za-z0-9.:-]{1,253}", default="127.0.0.1"),
        Setting("tcp_port", Kind.WHOLE, low=1, high=65535, default=3493),
        _seconds("connect_s", 0.05, 10),
        _seconds("reply_s", 0.05, 10),
        _seconds("poll_s", 0.2, 60),
    )
)

_ALSA = DriverTable(
    (
        Setting("output", Kind.TEXT, "default", r"[!-~]{1,200}", default="default"),
        Setting("sounds", Kind.PATH, "sounds"),
        Setting("program", Kind.TEXT, "aplay", r"[A-Za-z0-9/_.-]{1,200}"),
    )
)

_HEX = r"[0-9A-Fa-f]{2}( ?[0-9A-Fa-f]{2}){0,63}"
_HELLO = ("hello", "hello_reply")
_LINE = (
    _port(),
    _OWN_BAUD_RATE,
    Setting("hello", Kind.TEXT, "16 4D 0D", _HEX),
    Setting("hello_reply", Kind.TEXT, "06", _HEX),
    _seconds("reply_s", 0.01, 10),
    _seconds("retry_s", 0.01, 10),
)
"""Of a device that speaks unasked; `hello` is a question that changes nothing, bytes are hexadecimal text."""

_WEDGE = DriverTable(
    (
        Setting("event_device", Kind.TEXT, "/dev/input/by-id/...", r"/dev/[^\x00-\x1f]{1,200}"),
        Setting("display", Kind.TEXT, '":0"', r":\d{1,4}(\.\d)?"),
        Setting("keyboard", Kind.TEXT, "Honeywell HF680", r"\S[^\x00-\x1f]{0,126}"),
        Setting("prefix", Kind.TEXT, '"~"', r"[!-~]{1,16}"),
        _seconds("key_s", 0.001, 1),
        Setting("shortest", Kind.WHOLE, low=1, high=2048, default=4),
        Setting("longest", Kind.WHOLE, low=1, high=7089, default=2048),
        _seconds("window_s", 0, 60),
        _seconds("retry_s", 0.01, 10),
    ),
    one_of=("event_device", "display"),
    together=(("display", "keyboard"),),
    ordered=("shortest", "longest"),
)

_REWRITER_TIMES = _times(
    *("answer", "work", "find_interval", "retry"), *(f"link.{wait}" for wait in ("ack", "silence", "busy", "write"))
)

_ENTRY_WAITS = (
    _seconds("reply_s", 0.01, 10),
    _seconds("retry_s", 0.01, 10),
    _seconds("stuck_s", 0.5, 120),
    _seconds("hello_s", 0.1, 60),
)

TABLES: Mapping[str, Mapping[str, DriverTable]] = MappingProxyType(
    {
        "id_card_reader": {
            "serial": DriverTable((_port(), _BAUD_RATE, _MODULE_ID, _PHOTO_DECODER, _RETRIES, _READER_TIMES)),
            "hid": DriverTable(
                (
                    _port("/dev/hidraw0"),
                    _MODULE_ID,
                    _PHOTO_DECODER,
                    Setting("framing", Kind.CHOICE, words=("whole", "stripped")),
                    Setting("report_bytes", Kind.WHOLE, low=8, high=1024),
                    Setting("report_id", Kind.WHOLE, low=0, high=255),
                    _RETRIES,
                    _READER_TIMES,
                )
            ),
            "pcsc": DriverTable((_PCSC_READER, _PHOTO_DECODER, _RETRIES, _PCSC_TIMES)),
        },
        "smart_card": {
            "pcsc": DriverTable(
                (
                    _PCSC_READER,
                    Setting("csca_folder", Kind.PATH, "csca"),
                    Setting("profile_folder", Kind.PATH, "profiles"),
                    _PCSC_TIMES,
                )
            )
        },
        "permit_rewriter": {"serial": DriverTable((_port(), _BAUD_RATE, _REWRITER_TIMES))},
        "receipt_printer": {"escpos": _ESCPOS},
        "sheet_printer": {"cups": _CUPS, "file": _SHEET_FILE},
        "document_scanner": {"sane": _SANE},
        "document_camera": _CAMERAS,
        "face_camera": _CAMERAS,
        "barcode_reader": {
            "serial": DriverTable(
                (
                    *_LINE,
                    Setting("ending", Kind.CHOICE, words=("cr", "lf", "crlf", "either")),
                    Setting("framed", Kind.FLAG),
                    Setting("identifier", Kind.FLAG),
                    Setting("longest", Kind.WHOLE, low=1, high=7089),
                    Setting("light_on", Kind.TEXT, "16 54 0D", _HEX),
                    Setting("light_off", Kind.TEXT, "16 55 0D", _HEX),
                    _seconds("window_s", 0, 60),
                    _seconds("gap_s", 0.01, 10),
                    _seconds("hello_s", 0.1, 60),
                ),
                together=(_HELLO, ("light_on", "light_off")),
            ),
            "wedge": _WEDGE,
        },
        "keypad": {"serial": DriverTable((_port(), *_PROFILE, *_ENTRY_WAITS), one_of=_ONE_PROFILE)},
        "signature_pad": {"serial": DriverTable((_port(), _OWN_BAUD_RATE, *_ENTRY_WAITS))},
        "fingerprint_reader": {
            "serial": DriverTable(
                (
                    _port(),
                    _OWN_BAUD_RATE,
                    Setting("address", Kind.TEXT, "FFFFFFFF", r"[0-9A-Fa-f]{8}"),
                    Setting("password", Kind.TEXT, "00000000", r"[0-9A-Fa-f]{8}"),
                    _seconds("reply_s", 0.05, 10),
                    Setting("retries", Kind.WHOLE, low=0, high=20),
                    _seconds("look_s", 0.02, 5),
                    _seconds("retry_s", 0.01, 10),
                )
            )
        },
        "cabinet": _DESCRIBED,
        "locker": _DESCRIBED,
        "stamp_unit": _DESCRIBED,
        "card_dispenser": _DESCRIBED,
        "ups": {"nut": _NUT},
        "audio": {"alsa": _ALSA},
    }
)
"""Device class -> driver -> its settings."""
