"""A scanner's keyboard on an X display, grabbed by the X Input Extension 2: no window gets its keys.

Source: X Input Device Extension Library Protocol 2.0, XIGrabDevice: a grabbed slave device is detached from its master for that
time. Rests on python-xlib (LGPL-2.1-or-later), which loads only when a display is configured.
"""

import importlib
import select
import socket
from pathlib import Path
from typing import Any

from devices.barcode_reader.key_source import Key
from devices.barcode_reader.wedge_codec import ENTER
from devices.serial_port import PortGoneError
from kiosk.base.errors import BudayangError

_KEY_PRESS = 2
_GENERIC_EVENT = 35
_REPEATED = 1 << 16
_SHIFT = 1
_ENTERS = (0xFF0D, 0xFF8D, 0xFF0A)  # Return, KP_Enter, Linefeed
_SILENT = range(0xFFE1, 0xFFEF)  # Shift, Control, locks, Meta, Alt
_LATIN_1 = (range(0x20, 0x7F), range(0xA0, 0x100))
_UNICODE = range(0x01000100, 0x01110000)


def character_of(keysym: int) -> str | None:
    """What a key says (X11 protocol, appendix A): a character, `ENTER`, ``""`` for a modifier, ``None`` for any other."""
    if any(keysym in part for part in _LATIN_1):
        return chr(keysym)
    if keysym in _ENTERS:
        return ENTER
    if keysym in _SILENT:
        return ""
    return chr(keysym - 0x01000000) if keysym in _UNICODE else None


def _is_served(display: str) -> bool:
    """Whether an X server takes connections; where none does, the library leaks a socket at each try."""
    number = display.partition(":")[2].partition(".")[0]
    path = f"/tmp/.X11-unix/X{number}"  # noqa: S108 - the X servers' own place
    with socket.socket(socket.AF_UNIX) as end:
        return end.connect_ex(path if Path(path).exists() else f"\0{path}") == 0


class X11Keyboard:
    """`KeySource` of one keyboard by its name. Raises `BudayangError` ``device.no_driver`` without python-xlib.

    Args:
        display: such as ``:0``.
        name: as ``xinput list`` tells it; two of one name are refused, since nobody could tell which is the scanner.
    """

    def __init__(self, display: str, name: str) -> None:
        try:
            self._library: Any = importlib.import_module("Xlib.display")
            self._xinput: Any = importlib.import_module("Xlib.ext.xinput")
            errors: Any = importlib.import_module("Xlib.error")
        except ImportError:
            raise BudayangError("device.no_driver") from None
        self._faults = (errors.DisplayError, errors.ConnectionClosedError, errors.XError, OSError)
        self._display_name = f"unix{display}"  # or the library would try TCP where no server listens
        self._name = name
        self._display: Any = None
        self._device: int | None = None

    def open(self) -> bool:
        self.close()
        if not _is_served(self._display_name):
            return False
        try:
            self._display = self._library.Display(self._display_name)
            # the library would print what the server complains of; each answer is looked at instead
            self._display.set_error_handler(lambda *_: None)
            self._device = self._find()
            if self._device is not None and self._grab(self._device):
                return True
        except self._faults:
            pass  # the same end as a keyboard that is not there
        self.close()
        return False

    def is_there(self) -> bool:
        if self._display is None:
            raise PortGoneError
        try:
            return bool(self._find() == self._device)
        except self._faults:
            self.close()
            raise PortGoneError from None

    def keys(self, wait_s: float) -> list[Key]:
        if self._display is None:
            raise PortGoneError
        try:
            if not self._display.pending_events():
                select.select([self._display.fileno()], [], [], wait_s)
            count = self._display.pending_events()
            return [key for _ in range(count) if (key := self._key(self._display.next_event())) is not None]
        except self._faults:
            self.close()
            raise PortGoneError from None

    def close(self) -> None:
        display, self._display = self._display, None
        self._device = None
        if display is not None:
            try:
                display.close()
            except self._faults:
                return  # the server went first, and the grab with it

    def _find(self) -> int | None:
        """The one slave keyboard of this name, attached or grabbed."""
        slaves = (self._xinput.SlaveKeyboard, self._xinput.FloatingSlave)
        found = [
            device.deviceid
            for device in self._display.xinput_query_device(self._xinput.AllDevices).devices
            if device.use in slaves and str(device.name) == self._name
        ]
        return found[0] if len(found) == 1 else None

    def _grab(self, device: int) -> bool:
        mode = self._xinput.GrabModeAsync
        reply = self._display.screen().root.xinput_grab_device(device, 0, mode, mode, False, self._xinput.KeyPressMask)
        return bool(reply.status == 0)

    def _key(self, event: Any) -> Key | None:
        if event.type != _GENERIC_EVENT or event.evtype != _KEY_PRESS or event.data.flags & _REPEATED:
            return None
        level = event.data.mods.effective_mods & _SHIFT
        keysym = self._display.keycode_to_keysym(event.data.detail, level)
        return character_of(keysym), event.data.time / 1000
