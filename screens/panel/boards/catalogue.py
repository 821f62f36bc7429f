"""All curated boards, in the order of the list, and what is made for an emulator that has none."""

from collections.abc import Iterable

from screens.panel.boards import (
    barcode_reader,
    cabinet_devices,
    cameras,
    document_scanner,
    fingerprint_reader,
    id_card_reader,
    keypad,
    network_cable,
    permit_rewriter,
    power_and_sound,
    receipt_printer,
    sheet_printer,
    signature_pad,
    smart_card,
)
from screens.panel.boards.board import Board, Group

BOARDS: dict[str, Board] = {
    board.emulator: board
    for board in (
        id_card_reader.BOARD,
        smart_card.BOARD,
        permit_rewriter.BOARD,
        receipt_printer.BOARD,
        sheet_printer.BOARD,
        cabinet_devices.CARD_DISPENSER,
        cabinet_devices.STAMP_UNIT,
        document_scanner.BOARD,
        cameras.DOCUMENT_CAMERA,
        cameras.FACE_CAMERA,
        cabinet_devices.CABINET,
        cabinet_devices.LOCKER,
        power_and_sound.UPS,
        power_and_sound.AUDIO,
        barcode_reader.BOARD,
        keypad.BOARD,
        signature_pad.BOARD,
        fingerprint_reader.BOARD,
        network_cable.BOARD,
    )
}
"""By emulator."""


def board_of(emulator: str) -> Board:
    """The curated board, else an empty one, which `layout_of` fills with what the emulator lists."""
    return BOARDS.get(emulator) or Board(emulator, Group.OTHERS)


def in_order(emulators: Iterable[str]) -> tuple[tuple[Group, tuple[str, ...]], ...]:
    """The groups that have a device, each with its devices; known ones first, strangers by name."""
    known = list(BOARDS)
    ordered = sorted(emulators, key=lambda name: (known.index(name) if name in BOARDS else len(known), name))
    groups = ((group, tuple(name for name in ordered if board_of(name).group is group)) for group in Group)
    return tuple((group, names) for group, names in groups if names)
