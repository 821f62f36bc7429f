"""What a terminal's configuration says under ``devices:`` for the emulators of a hall."""

from collections.abc import Callable, Mapping

Wire = Mapping[str, object]
Section = dict[str, object]


def device_sections(wires: Mapping[str, Wire]) -> dict[str, Section]:
    """By device class; an emulator that is no device of the terminal, such as the network cable, has none.

    Args:
        wires: what the lab told when it was ready: name -> ``kind`` and where it is.
    """
    return {name: section for name, wire in wires.items() if (section := _section(wire))}


def _section(wire: Wire) -> Section:
    """What the emulator itself says fits it, else the kind's table."""
    settings = wire.get("settings")
    if isinstance(settings, dict):
        return settings
    made = _SECTIONS.get(str(wire["kind"]))
    return {} if made is None else made(wire)


def _url(wire: Wire, path: str) -> str:
    return f"http://127.0.0.1:{wire['tcp_port']}{path}"


def _serial(wire: Wire) -> Section:
    return {"driver": "serial", "port": wire["port"]}


_SECTIONS: dict[str, Callable[[Wire], Section]] = {
    "id_card_reader": _serial,
    "smart_card": lambda wire: {"driver": "pcsc", "reader": wire["reader"], "csca_folder": wire["csca_folder"]},
    "receipt_printer": lambda wire: {
        "driver": "escpos",
        "transport": "serial",
        "port": wire["port"],
        "chinese_font": True,
    },
    "sheet_printer": lambda wire: {"driver": "file", "tcp_port": wire["tcp_port"]},
    "scanner": lambda wire: {"driver": "sane", "escl_url": _url(wire, "/eSCL")},
    "camera": lambda wire: {"driver": "mjpeg", "url": _url(wire, "/stream"), "light_path": "/light?level={level}"},
    "described": lambda wire: {"driver": "described", "port": wire["port"], "file": wire["file"]},
    "permit_rewriter": _serial,
    "power_supply": lambda wire: {"driver": "nut", "ups": wire["ups"], "tcp_port": wire["tcp_port"]},
    "sound_output": lambda wire: {"driver": "alsa", "output": wire["output"]},
}
