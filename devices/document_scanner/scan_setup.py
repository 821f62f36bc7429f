"""Turns a wish into a backend's options: their names are SANE's well-known ones, their values each backend's own."""

from devices.document_scanner.sane_library import Device, Kind, SaneError, Status, Unit
from devices.document_scanner.settings import Settings
from devices.document_scanner.types import ColorFormat, ReadImage, Source

_MM_PER_INCH = 25.4
_MODES: dict[ColorFormat, tuple[str, ...]] = {
    ColorFormat.FULL: ("color", "24bit color", "colour"),
    ColorFormat.GRAY_SCALE: ("gray", "grayscale", "true gray", "8-bit gray", "grey"),
    ColorFormat.BINARY: ("lineart", "binary", "black & white", "monochrome"),
}
_GEOMETRY = (("page-width", "w"), ("page-height", "h"), ("tl-x", "0"), ("tl-y", "0"), ("br-x", "w"), ("br-y", "h"))


class SetupError(Exception):
    """The scanner cannot do what is wished."""


def source_of(names: tuple[str, ...], wanted: Source) -> str | None:
    """The backend's name of a source, ``None`` when it has none."""
    for name in names:
        words = name.lower()
        is_feeder = any(word in words for word in ("adf", "feeder"))
        is_duplex = "duplex" in words
        if (
            (wanted is Source.DUPLEX and is_duplex)
            or (wanted is Source.FEEDER and is_feeder and not is_duplex and "back" not in words)
            or (wanted is Source.FLATBED and "flatbed" in words)
        ):
            return name
    return None


def set_up(device: Device, wish: ReadImage, settings: Settings) -> None:
    """Sets source, mode, resolution and area. Raises `SetupError`, or `SaneError` when the scanner itself fails."""
    try:
        _choose_source(device, wish.source, settings)
        _choose_mode(device, wish.color_format)
        for name in ("resolution", "x-resolution", "y-resolution"):
            option = device.options.get(name)
            if option is not None and option.is_settable:
                device.set(name, option.nearest(wish.resolution_dpi))
        for name, edge in _GEOMETRY:
            option = device.options.get(name)
            if option is None or not option.is_settable:
                continue
            value = {"0": 0.0, "w": wish.width_mm, "h": wish.height_mm}[edge]
            if option.unit == Unit.PIXEL:
                value *= wish.resolution_dpi / _MM_PER_INCH
            device.set(name, option.nearest(value))
        for name, fixed in settings.options.items():
            device.set(name, fixed)
    except SaneError as problem:
        if problem.status in (Status.INVAL, Status.UNSUPPORTED):
            raise SetupError from None
        raise


def _choose_source(device: Device, wanted: Source, settings: Settings) -> None:
    chosen = settings.sources.get(wanted)
    if chosen is not None:
        for name, value in chosen.items():
            device.set(name, value)
        return
    option = device.options.get("source")
    if option is None or option.kind != Kind.STRING:
        if wanted is not Source.FLATBED:
            raise SetupError
        return
    found = source_of(option.strings, wanted)
    if found is None:
        raise SetupError
    if option.is_settable:
        device.set("source", found)


def _choose_mode(device: Device, wanted: ColorFormat) -> None:
    option = device.options.get("mode")
    if option is not None and option.is_settable:
        names = {name.lower(): name for name in option.strings}
        found = next((names[word] for word in _MODES[wanted] if word in names), None)
        if found is None:
            raise SetupError
        device.set("mode", found)
    depth = device.options.get("depth")
    if depth is not None and depth.is_settable:
        device.set("depth", depth.nearest(1 if wanted is ColorFormat.BINARY else 8))
