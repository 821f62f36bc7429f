"""Every emulator that there is, unpaced, for a lab in the test's own process."""

from collections.abc import Callable
from pathlib import Path

from devices.emulators.barcode_reader import BarcodeReaderEmulator
from devices.emulators.card_slot import CardSlot
from devices.emulators.control import Emulator
from devices.emulators.described import DescribedEmulator
from devices.emulators.escl_scanner import EsclScannerEmulator
from devices.emulators.fingerprint_reader import FingerprintReaderEmulator
from devices.emulators.id_card_reader import IdCardReaderEmulator
from devices.emulators.keypad import KeypadEmulator
from devices.emulators.mjpeg_camera import MjpegCameraEmulator
from devices.emulators.network_cable import NetworkCable
from devices.emulators.permit_rewriter import PermitRewriterEmulator
from devices.emulators.power_supply import PowerSupply
from devices.emulators.receipt_printer import ReceiptPrinterEmulator
from devices.emulators.sheet_printer import SheetPrinterEmulator
from devices.emulators.signature_pad import SignaturePadEmulator
from devices.emulators.smart_card import SmartCardEmulator
from devices.emulators.sound_output import SoundOutput

PROFILES = Path(__file__).parents[3] / "devices" / "profiles"
_NOBODY = 9
"""The discard port: nothing listens there."""


def factories(folder: Path) -> dict[str, Callable[[], Emulator]]:
    """By name. The smart card has no pcscd; the cable no platform."""

    def described(profile: str) -> Callable[[], Emulator]:
        return lambda: DescribedEmulator(PROFILES / f"{profile}.yaml", is_paced=False, act_s=0.0)

    return {
        "id_card_reader": lambda: IdCardReaderEmulator(is_paced=False),
        "smart_card": lambda: SmartCardEmulator(port=_NOBODY),
        "permit_rewriter": lambda: PermitRewriterEmulator(is_paced=False, act_s=0.0),
        "receipt_printer": lambda: ReceiptPrinterEmulator(paced=False),
        "sheet_printer": lambda: SheetPrinterEmulator(folder / "sheets", page_s=0.0),
        "document_scanner": EsclScannerEmulator,
        "document_camera": lambda: MjpegCameraEmulator("document_camera", width=320, height=180),
        "face_camera": lambda: MjpegCameraEmulator("face_camera", width=320, height=180),
        "cabinet": described("io_board"),
        "locker": described("locker_12"),
        "stamp_unit": described("stamp_unit"),
        "card_dispenser": described("card_dispenser"),
        "barcode_reader": lambda: BarcodeReaderEmulator(is_paced=False),
        "keypad": lambda: KeypadEmulator(is_paced=False),
        "signature_pad": lambda: SignaturePadEmulator(is_paced=False),
        "fingerprint_reader": lambda: FingerprintReaderEmulator(is_paced=False),
        "audio": lambda: SoundOutput(folder),
        "network_cable": lambda: NetworkCable("127.0.0.1", _NOBODY),
    }


def services(folder: Path) -> dict[str, Callable[[], Emulator]]:
    """Those behind a real service of which a machine has one: their tests stand in its group."""
    return {"ups": lambda: PowerSupply(folder), "card_slot": lambda: CardSlot(folder)}


def emulators(folder: Path, without: frozenset[str] = frozenset()) -> dict[str, Emulator]:
    """All of them, not started."""
    return {name: make() for name, make in factories(folder).items() if name not in without}
