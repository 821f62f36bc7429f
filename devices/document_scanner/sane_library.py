"""The C library of SANE, called directly. Source: SANE standard 1.06, sections 3 and 4 (`sane/sane.h` of version 1.2).

Why not python-sane 2.9.2: it wants a compiler on the terminal, tells errors as English text only, and holds a whole page (measured:
148 MB for A4 in colour at 300 dpi, twice scanimage's time). Why not scanimage: its errors are text too, and its pages cannot be
bounded or named while they come. ctypes gives up the interpreter's lock during each call.
"""

import ctypes
from collections.abc import Iterator
from ctypes import POINTER, byref, c_char_p, c_int, c_void_p
from enum import IntEnum

LIBRARY = "libsane.so.1"


class Status(IntEnum):
    """`SANE_Status`; 12 and 13 are the later additions of some backends."""

    GOOD = 0
    UNSUPPORTED = 1
    CANCELLED = 2
    DEVICE_BUSY = 3
    INVAL = 4
    EOF = 5
    JAMMED = 6
    NO_DOCS = 7
    COVER_OPEN = 8
    IO_ERROR = 9
    NO_MEM = 10
    ACCESS_DENIED = 11
    WARMING_UP = 12
    HW_LOCKED = 13


class Kind(IntEnum):
    """`SANE_Value_Type`."""

    BOOL = 0
    INT = 1
    FIXED = 2
    STRING = 3
    BUTTON = 4
    GROUP = 5


class Unit(IntEnum):
    """`SANE_Unit`, those that matter here."""

    NONE = 0
    PIXEL = 1
    MM = 3


FRAME_GRAY, FRAME_RGB = 0, 1
_RANGE, _WORD_LIST, _STRING_LIST = 1, 2, 3
_SOFT_SELECT, _SOFT_DETECT, _INACTIVE = 1, 4, 32
_GET, _SET = 0, 1
_RELOAD_OPTIONS = 2
_FIXED_ONE = 65536


class SaneError(Exception):
    """A call that did not end with `GOOD`."""

    def __init__(self, status: int) -> None:
        super().__init__(f"SANE status {status}")
        self.status = Status(status) if status in set(Status) else Status.IO_ERROR


class Parameters(ctypes.Structure):
    """`SANE_Parameters`; `lines` is -1 when the scanner does not know it."""

    _fields_ = [
        ("format", c_int),
        ("last_frame", c_int),
        ("bytes_per_line", c_int),
        ("pixels_per_line", c_int),
        ("lines", c_int),
        ("depth", c_int),
    ]


class _Listed(ctypes.Structure):
    """`SANE_Device`."""

    _fields_ = [("name", c_char_p), ("vendor", c_char_p), ("model", c_char_p), ("type", c_char_p)]


class _Range(ctypes.Structure):
    _fields_ = [("min", c_int), ("max", c_int), ("quant", c_int)]


class _Constraint(ctypes.Union):
    _fields_ = [("strings", POINTER(c_char_p)), ("words", POINTER(c_int)), ("range", POINTER(_Range))]


class _Descriptor(ctypes.Structure):
    _fields_ = [
        ("name", c_char_p),
        ("title", c_char_p),
        ("desc", c_char_p),
        ("type", c_int),
        ("unit", c_int),
        ("size", c_int),
        ("cap", c_int),
        ("constraint_type", c_int),
        ("constraint", _Constraint),
    ]


Value = bool | int | float | str


class Option:
    """One option of an open device as it is now; stale after another was set with `RELOAD_OPTIONS`."""

    def __init__(self, number: int, descriptor: _Descriptor) -> None:
        self.number = number
        self.kind = descriptor.type
        self.unit = descriptor.unit
        self.size = descriptor.size
        self.is_settable = descriptor.cap & (_SOFT_SELECT | _INACTIVE) == _SOFT_SELECT
        self.is_readable = descriptor.cap & (_SOFT_DETECT | _INACTIVE) == _SOFT_DETECT
        self.strings: tuple[str, ...] = ()
        self.words: tuple[float, ...] = ()
        self.range: tuple[float, float] | None = None
        scale = _FIXED_ONE if self.kind == Kind.FIXED else 1
        constraint = descriptor.constraint
        if descriptor.constraint_type == _STRING_LIST:
            self.strings = tuple(_strings(constraint.strings))
        elif descriptor.constraint_type == _WORD_LIST:
            self.words = tuple(constraint.words[n] / scale for n in range(1, constraint.words[0] + 1))
        elif descriptor.constraint_type == _RANGE:
            found = constraint.range.contents
            self.range = (found.min / scale, found.max / scale)

    def nearest(self, value: float) -> float:
        """The value of the constraint that is nearest to `value`."""
        if self.words:
            return min(self.words, key=lambda word: abs(word - value))
        if self.range is not None:
            return min(max(value, self.range[0]), self.range[1])
        return value


def _strings(pointer: "ctypes._Pointer[c_char_p]") -> Iterator[str]:
    number = 0
    while (text := pointer[number]) is not None:
        yield bytes(text).decode("utf-8", "replace")
        number += 1


class Sane:
    """The library, initialised; one for a process. Raises OSError when it is not installed, `SaneError` else."""

    def __init__(self) -> None:
        lib = ctypes.CDLL(LIBRARY)
        lib.sane_open.argtypes = [c_char_p, POINTER(c_void_p)]
        for name in ("sane_close", "sane_cancel"):
            getattr(lib, name).argtypes = [c_void_p]
            getattr(lib, name).restype = None
        lib.sane_get_option_descriptor.argtypes = [c_void_p, c_int]
        lib.sane_get_option_descriptor.restype = POINTER(_Descriptor)
        lib.sane_control_option.argtypes = [c_void_p, c_int, c_int, c_void_p, POINTER(c_int)]
        lib.sane_get_parameters.argtypes = [c_void_p, POINTER(Parameters)]
        lib.sane_start.argtypes = [c_void_p]
        lib.sane_read.argtypes = [c_void_p, c_void_p, c_int, POINTER(c_int)]
        lib.sane_get_devices.argtypes = [POINTER(POINTER(POINTER(_Listed))), c_int]
        lib.sane_exit.restype = None
        self._lib = lib
        _check(lib.sane_init(None, None))

    def open(self, name: str) -> "Device":
        """Opens a device; blocks for as long as its backend does."""
        handle = c_void_p()
        _check(self._lib.sane_open(name.encode(), byref(handle)))
        return Device(self._lib, handle)

    def devices(self, *, local_only: bool) -> list[tuple[str, str]]:
        """Name and description (vendor, model, type) of each device that the backends list; may block for many seconds."""
        found = POINTER(POINTER(_Listed))()
        _check(self._lib.sane_get_devices(byref(found), int(local_only)))
        listed = []
        number = 0
        while pointer := found[number]:
            device = pointer.contents
            words = [
                bytes(word or b"").decode("utf-8", "replace") for word in (device.vendor, device.model, device.type)
            ]
            listed.append((bytes(device.name).decode("utf-8", "replace"), " ".join(words)))
            number += 1
        return listed

    def exit(self) -> None:
        """Ends the library; every device must be closed."""
        self._lib.sane_exit()


class Device:
    """An open scanner. One thread, but for `cancel`."""

    def __init__(self, lib: ctypes.CDLL, handle: c_void_p) -> None:
        self._lib = lib
        self._handle = handle
        self.options: dict[str, Option] = {}
        self._load()

    def _load(self) -> None:
        self.options.clear()
        number = 1
        while pointer := self._lib.sane_get_option_descriptor(self._handle, number):
            found = pointer.contents
            if found.name and found.type != Kind.GROUP:
                self.options[bytes(found.name).decode("ascii", "replace")] = Option(number, found)
            number += 1

    def set(self, name: str, value: Value) -> None:
        """Sets an option by its name. Raises `SaneError` (`INVAL`) when there is none, it is off, or refuses the value."""
        option = self.options.get(name)
        if option is None or not option.is_settable:
            raise SaneError(Status.INVAL)
        if option.kind == Kind.STRING:
            text = str(value).encode()
            if len(text) >= option.size:
                raise SaneError(Status.INVAL)
            place: ctypes.Array[ctypes.c_char] | c_int = ctypes.create_string_buffer(text, option.size)
        elif isinstance(value, str) or option.size != ctypes.sizeof(c_int):
            raise SaneError(Status.INVAL)
        else:
            place = c_int(round(value * _FIXED_ONE) if option.kind == Kind.FIXED else round(value))
        info = c_int()
        _check(self._lib.sane_control_option(self._handle, option.number, _SET, byref(place), byref(info)))
        if info.value & _RELOAD_OPTIONS:
            self._load()

    def is_on(self, name: str) -> bool | None:
        """A sensor's or switch's state; ``None`` when the device has none of that name."""
        option = self.options.get(name)
        if option is None or not option.is_readable or option.kind != Kind.BOOL:
            return None
        place = c_int()
        _check(self._lib.sane_control_option(self._handle, option.number, _GET, byref(place), None))
        return bool(place.value)

    def start(self) -> None:
        """Begins the next page."""
        _check(self._lib.sane_start(self._handle))

    def parameters(self) -> Parameters:
        """Of the page that was begun."""
        found = Parameters()
        _check(self._lib.sane_get_parameters(self._handle, byref(found)))
        return found

    def read(self, address: int, most: int) -> int:
        """Reads up to `most` bytes to `address`; -1 at the end of the page, 0 when nothing has come yet."""
        length = c_int()
        status = self._lib.sane_read(self._handle, address, most, byref(length))
        if status == Status.EOF:
            return -1
        _check(status)
        return length.value

    def cancel(self) -> None:
        """Ends the present page or pile; may be called while another thread is inside `start` or `read`."""
        self._lib.sane_cancel(self._handle)

    def close(self) -> None:
        self._lib.sane_close(self._handle)


def _check(status: int) -> None:
    if status != Status.GOOD:
        raise SaneError(status)
