"""The PIN goes to the card once, whatever happens to the reader: the driver alone, with a reader that is played."""

from typing import Any

import msgspec
import pytest

from devices.driver import Execution
from devices.messages import Command, Completion
from devices.smart_card.apdu_codec import CommandApdu, ResponseApdu
from devices.smart_card.card_session import CardTroubleError, Trouble
from devices.smart_card.pcsc_driver import make
from devices.smart_card.pcsc_watch import Slot
from devices.smart_card.types import VERIFY_PIN, VerifyPin
from devices.status import CompletionCode
from tests.devices.smart_card.scenes import PROFILE

PIN = "123456"


class Cancellable:
    """The `Execution` of one command."""

    action_id = "a1"

    def is_cancelled(self) -> bool:
        return False

    def emit(self, name: str, payload: bytes = b"") -> None:
        return


class Card:
    """A social-security card with three tries left, whose reader is lost in the middle of the first VERIFY."""

    def __init__(self, trouble: Trouble) -> None:
        self._trouble = trouble
        self.pins = 0

    def __enter__(self) -> "Card":  # noqa: PYI034 - never subclassed
        return self

    def __exit__(self, *_: object) -> None:
        return

    def transmit(self, command: CommandApdu) -> ResponseApdu:
        if command.ins != 0x20 or not command.data:
            return ResponseApdu(b"", 0x63C3 if command.ins == 0x20 else 0x9000)
        self.pins += 1
        if self.pins == 1:
            raise CardTroubleError(self._trouble)
        return ResponseApdu(b"", 0x63C1)


class Reader:
    """A `PcscDevice` that is there again when it is asked; a card lies in it at once."""

    def __init__(self, card: Card) -> None:
        self._card = card
        self.watch = self
        self.slot = Slot(True, "Reader", True, changes=1)

    def refusal(self, _: Execution) -> Completion | None:
        return None

    def wait_for_card(self, _: Execution, *, other_than: int | None = None) -> Slot:
        self.slot = Slot(True, "Reader", True, changes=(other_than or 0) + 1)
        return self.slot

    def session(self, *_: object) -> Card:
        return self._card

    def judge(self, error: CardTroubleError, _: Slot) -> Trouble:
        return error.trouble


@pytest.mark.parametrize("trouble", [Trouble.NO_READER, Trouble.SERVICE_GONE, Trouble.REMOVED, Trouble.MUTE])
def test_a_pin_is_never_given_again_by_itself(trouble: Trouble) -> None:
    driver: Any = make({})
    card = Card(trouble)
    driver._device = Reader(card)
    command = Command("a1", VERIFY_PIN, 5.0, msgspec.msgpack.encode(VerifyPin(PROFILE, PIN)))
    completion = driver.execute(command, Cancellable())
    assert completion.code is CompletionCode.HARDWARE_ERROR
    assert card.pins == 1
