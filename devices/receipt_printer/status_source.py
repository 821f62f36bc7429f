"""How a printer is asked for its status: DLE EOT (all ESC/POS printers should), or a maker's own reply by a profile."""

from typing import Protocol

from devices.receipt_printer.link import Link
from devices.receipt_printer.status_codec import decode, is_offline, silent
from devices.receipt_printer.vendor_profile import VendorProfile
from devices.status import DeviceState, DeviceStatus


class StatusSource(Protocol):
    """Every method raises the link's errors."""

    def switch_on(self) -> bytes:
        """To be sent on a new cable, and in one piece with each ESC @, which undoes it: a printer that stops between the two is mute."""

    def is_stopped(self, link: Link) -> bool | None:
        """On the way: whether the printer has stopped; None when it says nothing although it should."""

    def ask(self, link: Link, model: str | None) -> DeviceStatus:
        """All that it can tell; `status_codec.silent` when it does not answer."""


class RealTimeStatus:
    """DLE EOT 1-4."""

    def switch_on(self) -> bytes:
        """Needs nothing."""
        return b""

    def is_stopped(self, link: Link) -> bool | None:
        """DLE EOT 1."""
        printer = link.ask(1)
        return None if printer is None else is_offline(printer)

    def ask(self, link: Link, model: str | None) -> DeviceStatus:
        """DLE EOT 1-4."""
        return decode(link.ask_all(), model)


class VendorStatus:
    """A profile's request and reply."""

    def __init__(self, profile: VendorProfile) -> None:
        self._profile = profile
        self._last: DeviceStatus | None = None

    def switch_on(self) -> bytes:
        """Has an automatic printer speak from now on."""
        return self._profile.request if self._profile.is_automatic else b""

    def is_stopped(self, link: Link) -> bool | None:
        """Asks; an automatic printer, which would answer in its turn only, is listened to instead."""
        if self._profile.is_automatic:
            link.listen(0.0)
            self._take(link.newest_frame(), None)
            return self._last is not None and self._last.state is not DeviceState.ONLINE
        status = self._take(link.ask_frame(self._profile.request), None)
        return None if status is None else status.state is not DeviceState.ONLINE

    def ask(self, link: Link, model: str | None) -> DeviceStatus:
        """Asks for everything. An automatic printer that has stopped is silent until it has something to say."""
        is_automatic = self._profile.is_automatic
        if is_automatic:
            link.listen(0.0)
            self._take(link.newest_frame(), model)
        status = self._take(link.ask_frame(self._profile.request, is_automatic=is_automatic), model)
        if status is not None:
            return status
        is_waiting = self._last is not None and self._last.state is not DeviceState.ONLINE
        if is_automatic and is_waiting and self._last is not None:
            return self._last
        self._last = None
        return silent(model)

    def _take(self, frame: bytes | None, model: str | None) -> DeviceStatus | None:
        status = None if frame is None else self._profile.decode(frame, model)
        if status is not None:
            self._last = status
        return status
