"""The driver of an ID-card reader in PC/SC mode: READ BINARY FF B0 in blocks of 256 bytes.

Source: known from practice (one description): blocks 0 to 5 carry the two length words, 256 bytes of text and 1024 of photo. The
reader chooses this mode by itself; which ATR it then shows is its own, so none is asked for. Policy as the serial driver's,
with PC/SC's own news of cards in place of find; no module id is told in this mode, so none can be pinned.
"""

import msgspec

from devices.driver import Driver, Execution
from devices.id_card_reader.codec import TEXT_BYTES, text_block
from devices.id_card_reader.photo import BLOB_BYTES, PhotoPlugin, capabilities_of, photo_completion
from devices.id_card_reader.text import parse_text
from devices.id_card_reader.types import (
    EVENT_INVALID_MEDIA,
    EVENT_MEDIA_INSERTED,
    FORGET,
    READ,
    READ_PHOTO,
    WATCH_REMOVAL,
    CardRead,
    CardText,
    ReadCard,
)
from devices.messages import Capabilities, Command, Completion
from devices.smart_card.apdu_codec import SHORT_LE, CommandApdu, Sw
from devices.smart_card.card_session import CardSession, CardTroubleError, Trouble
from devices.smart_card.pcsc_device import PcscDevice, PcscTimes
from devices.smart_card.pcsc_watch import Slot
from devices.status import CompletionCode, DeviceStatus
from kiosk.base.errors import BudayangError, Problem

BLOCK_BYTES = 256
_TEXT_BLOCKS = 2
_ALL_BLOCKS = 6
_HEAD_BYTES = 4

_TROUBLE_KEYS = {
    Trouble.REMOVED: "card.removed",
    Trouble.NO_READER: "reader.gone",
    Trouble.SERVICE_GONE: "smart_card.service_gone",
}


class PcscReaderSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """This driver's part of the configuration. `reader`: a part of the PC/SC reader's name; empty takes the first."""

    reader: str = ""
    photo_decoder: str | None = None
    retries: int = 2
    times: PcscTimes = msgspec.field(default_factory=PcscTimes)


def make(settings: dict[str, object]) -> Driver:
    """Makes the driver; raises `BudayangError` ``device.configuration`` for a wrong value."""
    try:
        return PcscIdCardReader(msgspec.convert(settings, PcscReaderSettings))
    except msgspec.ValidationError:
        raise BudayangError("device.configuration") from None


class PcscIdCardReader:
    """A reader behind PC/SC. All methods from one thread."""

    def __init__(self, settings: PcscReaderSettings) -> None:
        self._device = PcscDevice(settings.reader, settings.times, "reader.gone", "smart_card.service_gone")
        self._retries = settings.retries
        self._photos = PhotoPlugin(settings.photo_decoder)
        self._read_at: int | None = None

    def capabilities(self) -> Capabilities:
        """XFS4IoT CardReader's commands, photos where there is a decoder."""
        return capabilities_of(self._photos)

    def open(self) -> DeviceStatus:
        """Starts to watch the reader."""
        return self._device.open()

    def status(self) -> DeviceStatus:
        """Says what the watch knows."""
        return self._device.look()

    def close(self) -> None:
        """Ends the watch; twice is allowed."""
        self._device.close()

    def execute(self, command: Command, execution: Execution) -> Completion:
        """Carries out `readRawData`, `readPhoto`, `watchRemoval` or `reset`."""
        if command.name == FORGET:
            self._read_at = None
            return Completion(command.action_id, CompletionCode.SUCCESS)
        if command.name == WATCH_REMOVAL:
            return self._device.refusal(execution) or self._device.wait_for_removal(execution)
        if command.name == READ_PHOTO:
            return photo_completion(command.action_id, self._photos, lambda: self._blob(execution))
        if command.name != READ:
            return Completion(command.action_id, CompletionCode.UNSUPPORTED_COMMAND, "device.unsupported")
        try:
            wish = msgspec.msgpack.decode(command.payload, type=ReadCard) if command.payload else ReadCard()
        except msgspec.DecodeError:
            return Completion(command.action_id, CompletionCode.INVALID_DATA, "device.unsupported")
        return self._device.refusal(execution) or self._read(execution, wish)

    # -- commands ------------------------------------------------------------------------------------------------

    def _read(self, execution: Execution, wish: ReadCard) -> Completion:
        self._read_at = None
        slot = self._device.watch.slot
        lifted_first = slot.changes if slot.is_present and not wish.accepts_lying else None
        tries = 0
        while True:
            found = self._device.wait_for_card(execution, other_than=lifted_first)
            if isinstance(found, Completion):
                return found
            execution.emit(EVENT_MEDIA_INSERTED)
            result = self._text(found, execution)
            if isinstance(result, CardText):
                self._read_at = found.changes
                payload = msgspec.msgpack.encode(CardRead(result))
                return Completion(execution.action_id, CompletionCode.SUCCESS, payload=payload)
            refused = self._device.refusal(execution)
            if refused is not None:
                return refused
            execution.emit(EVENT_INVALID_MEDIA, msgspec.msgpack.encode(result.key))
            tries += 1
            if result.key == "card.unknown_type" or tries > self._retries or result.key == "card.removed":
                lifted_first, tries = found.changes, 0

    def _text(self, slot: Slot, execution: Execution) -> CardText | Problem:
        blocks = self._blocks(slot, execution, _TEXT_BLOCKS)
        if isinstance(blocks, Problem):
            return blocks
        # of two blocks the photo is only begun: the words are checked, then the missing part stands as zeros
        photo = int.from_bytes(blocks[2:4], "big")
        if len(blocks) < _HEAD_BYTES + TEXT_BYTES or photo > BLOB_BYTES:
            return Problem("card.read_failed")
        block = text_block(bytes(blocks[: _HEAD_BYTES + TEXT_BYTES]) + bytes(photo))
        blocks[:] = bytes(len(blocks))
        if block is None:
            return Problem("card.read_failed")
        text = parse_text(block)
        block[:] = bytes(len(block))
        return text

    def _blob(self, execution: Execution) -> bytes | Problem | Completion | None:
        """The undecoded photo of the card whose text was read, and that has lain there since; once."""
        refused = self._device.refusal(execution)
        if refused is not None:
            return refused
        slot, read_at = self._device.watch.slot, self._read_at
        self._read_at = None
        if read_at is None or not slot.is_present or slot.changes != read_at:
            return None
        blocks = self._blocks(slot, execution, _ALL_BLOCKS)
        if execution.is_cancelled():
            return Completion(execution.action_id, CompletionCode.CANCELED)
        if isinstance(blocks, Problem):
            return blocks
        blob = bytes(blocks[_HEAD_BYTES + TEXT_BYTES :][:BLOB_BYTES])
        blocks[:] = bytes(len(blocks))
        return blob

    def _blocks(self, slot: Slot, execution: Execution, count: int) -> bytearray | Problem:
        try:
            with self._device.session(slot, execution.is_cancelled) as session:
                return _read_blocks(session, count)
        except CardTroubleError as error:
            return Problem(_TROUBLE_KEYS.get(self._device.judge(error, slot), "card.read_failed"))


def _read_blocks(session: CardSession, count: int) -> bytearray | Problem:
    content = bytearray()
    for block in range(count):
        response = session.transmit(CommandApdu(0xFF, 0xB0, block, 0x00, le=SHORT_LE))
        if response.meaning is Sw.UNSUPPORTED:
            return Problem("card.unknown_type")
        if response.meaning is not Sw.DONE or len(response.data) > BLOCK_BYTES:
            return Problem("card.read_failed")
        content += response.data
    return content
