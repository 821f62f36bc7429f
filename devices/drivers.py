"""Which drivers there are: ours by table, third parties' by the entry point group ``budayang.drivers``.

An entry point is named ``<device class>.<driver>``, e.g. ``id_card_reader.acme``, and loads a `DriverFactory`.
"""

import importlib
from typing import cast

from devices.driver import DriverFactory
from devices.status import DeviceClass
from kiosk.base.errors import BudayangError

ENTRY_POINTS = "budayang.drivers"

BUILT_IN: dict[tuple[DeviceClass, str], str] = {
    (DeviceClass.ID_CARD_READER, "serial"): "devices.id_card_reader.serial_driver:make",
    (DeviceClass.ID_CARD_READER, "hid"): "devices.id_card_reader.hid_driver:make",
    (DeviceClass.ID_CARD_READER, "pcsc"): "devices.id_card_reader.pcsc_driver:make",
    (DeviceClass.SMART_CARD, "pcsc"): "devices.smart_card.pcsc_driver:make",
    (DeviceClass.RECEIPT_PRINTER, "escpos"): "devices.receipt_printer.escpos_driver:make",
    (DeviceClass.SHEET_PRINTER, "cups"): "devices.sheet_printer.cups_driver:make",
    (DeviceClass.CABINET, "described"): "devices.described.driver:make_cabinet",
    (DeviceClass.LOCKER, "described"): "devices.described.driver:make_locker",
    (DeviceClass.STAMP_UNIT, "described"): "devices.described.driver:make_stamp_unit",
    (DeviceClass.CARD_DISPENSER, "described"): "devices.described.driver:make_card_dispenser",
    (DeviceClass.PERMIT_REWRITER, "serial"): "devices.permit_rewriter.serial_driver:make",
    (DeviceClass.UPS, "nut"): "devices.ups.nut_driver:make",
    (DeviceClass.AUDIO, "alsa"): "devices.audio.alsa_driver:make",
    (DeviceClass.SHEET_PRINTER, "file"): "devices.sheet_printer.file_driver:make",
    (DeviceClass.DOCUMENT_SCANNER, "sane"): "devices.document_scanner.sane_driver:make",
    (DeviceClass.DOCUMENT_CAMERA, "mjpeg"): "devices.camera.mjpeg_driver:make",
    (DeviceClass.DOCUMENT_CAMERA, "v4l2"): "devices.camera.v4l2_driver:make",
    (DeviceClass.DOCUMENT_CAMERA, "file"): "devices.camera.file_driver:make",
    (DeviceClass.FACE_CAMERA, "mjpeg"): "devices.camera.mjpeg_driver:make",
    (DeviceClass.FACE_CAMERA, "v4l2"): "devices.camera.v4l2_driver:make",
    (DeviceClass.FACE_CAMERA, "file"): "devices.camera.file_driver:make",
    (DeviceClass.BARCODE_READER, "serial"): "devices.barcode_reader.serial_driver:make",
    (DeviceClass.BARCODE_READER, "wedge"): "devices.barcode_reader.wedge_driver:make",
    (DeviceClass.KEYPAD, "serial"): "devices.keypad.serial_driver:make",
    (DeviceClass.SIGNATURE_PAD, "serial"): "devices.signature_pad.serial_driver:make",
    (DeviceClass.FINGERPRINT_READER, "serial"): "devices.fingerprint_reader.serial_driver:make",
}
"""(class, driver) to ``module:factory``; only the chosen module is imported."""


def find(device: DeviceClass, driver: str) -> DriverFactory:
    """Returns the factory of a driver.

    Raises:
        BudayangError: ``device.no_driver``, there is none of that name or it cannot be loaded.
    """
    target = BUILT_IN.get((device, driver))
    try:
        if target is not None:
            module, _, name = target.partition(":")
            return cast("DriverFactory", getattr(importlib.import_module(module), name))
        # costs tens of milliseconds: only for drivers that are not ours
        from importlib.metadata import entry_points

        for entry in entry_points(group=ENTRY_POINTS, name=f"{device.value}.{driver}"):
            return cast("DriverFactory", entry.load())
    except (ImportError, AttributeError, OSError):  # OSError: a vendor's library that ctypes does not find
        raise BudayangError("device.no_driver") from None
    raise BudayangError("device.no_driver")
