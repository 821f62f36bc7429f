"""The ID-card reader as the terminal uses it: typed commands, typed outcomes; everything else stays below."""

from collections.abc import Callable

import msgspec

from devices.card_commands import (
    CardCommands,
    CardEvent,
    ForgetOutcome,
    Forgotten,
    InvalidMedia,
    MediaInserted,
    MediaRemoved,
    RemovalOutcome,
    decoded,
    unsuccessful,
)
from devices.id_card_reader.types import READ, READ_PHOTO, CardRead, PhotoRead, ReadCard
from devices.messages import Completion
from devices.outcomes import Cancelled, Commands
from devices.status import CompletionCode, DeviceClass
from kiosk.base.errors import Problem

__all__ = [
    "Cancelled",
    "ForgetOutcome",
    "Forgotten",
    "IdCardReader",
    "InvalidMedia",
    "MediaInserted",
    "MediaRemoved",
    "PhotoOutcome",
    "ReadOutcome",
    "ReaderEvent",
    "RemovalOutcome",
]

ReaderEvent = CardEvent
ReadOutcome = CardRead | Cancelled | Problem
PhotoOutcome = PhotoRead | Cancelled | Problem


class IdCardReader(CardCommands):
    """Commands to the reader; how they are told, see `CardCommands`.

    A `Problem` ``reader.interrupted`` means that the host was lost in the middle: the read may be repeated with a new
    action id. ``card.none_laid`` means that the time passed without a readable card.
    """

    def __init__(self, supervisor: Commands) -> None:
        super().__init__(supervisor, DeviceClass.ID_CARD_READER, Problem("card.none_laid"))

    def read(
        self,
        action_id: str,
        timeout_s: float,
        on_event: Callable[[ReaderEvent], None],
        on_outcome: Callable[[ReadOutcome], None],
        *,
        accepts_lying: bool = True,
    ) -> None:
        """Waits for a card and reads its text; `timeout_s` 0 waits until `cancel`.

        `accepts_lying` false wants the card that lies there now to be lifted first.
        """
        payload = msgspec.msgpack.encode(ReadCard(accepts_lying))
        self._submit(
            action_id,
            READ,
            timeout_s,
            lambda completion: on_outcome(self._read(completion, CardRead)),
            on_event,
            payload,
        )

    def read_photo(self, action_id: str, timeout_s: float, on_outcome: Callable[[PhotoOutcome], None]) -> None:
        """Gives the photo of the card that was read last, decoded, once; biometric, so only when it is needed.

        Only a reader whose capabilities name ``readPhoto`` has one; any other tells ``photo.no_decoder``. Without a card
        that was read and not forgotten it is ``photo.no_card``.
        """

        def finish(completion: Completion) -> None:
            is_success = completion.code is CompletionCode.SUCCESS
            on_outcome(decoded(completion, PhotoRead) if is_success else unsuccessful(completion))

        self._submit(action_id, READ_PHOTO, timeout_s, finish)
