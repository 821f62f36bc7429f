"""The driver of a smart-card reader behind PC/SC: travel documents and social-security cards.

Policy: a command waits for a card; a card that is taken away or fails in mid-read is told as an event and the command goes
on waiting, a card that fails must be lifted first. What repeating cannot mend (another document's key, altered data, no
travel document) ends the command. Nothing of a card is kept between commands: each has its own session, after which the
card loses its power.
"""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from devices.driver import Driver, Execution
from devices.messages import Capabilities, Command, Completion
from devices.smart_card.bac import Randomness
from devices.smart_card.card_session import CardSession, CardTroubleError, Trouble
from devices.smart_card.emrtd import PROBLEMS, DocumentReader, Wish
from devices.smart_card.mrz_codec import MrzKey
from devices.smart_card.passive_authentication import TrustedStates
from devices.smart_card.pcsc_device import PcscDevice, PcscTimes
from devices.smart_card.social_card import PinVerdict, SocialCard
from devices.smart_card.social_profile import Profile, ProfileError, read_profiles
from devices.smart_card.types import (
    EVENT_INVALID_MEDIA,
    EVENT_MEDIA_INSERTED,
    FORGET,
    READ_DOCUMENT,
    READ_SOCIAL_CARD,
    VERIFY_PIN,
    WATCH_REMOVAL,
    DocumentRead,
    PinAnswer,
    ReadDocument,
    ReadSocialCard,
    SocialCardRead,
    VerifyPin,
)
from devices.status import CompletionCode, DeviceStatus
from kiosk.base.errors import BudayangError, Problem

_CAN = frozenset("0123456789")
_SHIPPED_PROFILES = Path(__file__).with_name("profiles")

_TROUBLE_KEYS = {
    Trouble.REMOVED: "smart_card.removed",
    Trouble.BROKEN_OFF: "smart_card.read_failed",
    Trouble.FAILED: "smart_card.read_failed",
    Trouble.MUTE: "smart_card.mute",
    Trouble.BUSY: "smart_card.busy",
    Trouble.NO_READER: "smart_card.gone",
    Trouble.SERVICE_GONE: "smart_card.service_gone",
    Trouble.CANCELED: "device.stopping",
}
_MENDED_BY_LAYING_AGAIN = frozenset(("smart_card.read_failed", "smart_card.mute", "smart_card.unknown_type"))
_DOUBTS = frozenset(PROBLEMS.values())


class SmartCardSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """This driver's part of the configuration.

    Attributes:
        reader: a part of the PC/SC reader's name; empty takes the first.
        csca_folder: certificates of the states that are believed; ``None`` = authenticity is not checked.
        profile_folder: more profiles of social-security cards, beside those that come along.
    """

    reader: str = ""
    csca_folder: str | None = None
    profile_folder: str | None = None
    times: PcscTimes = msgspec.field(default_factory=PcscTimes)


def make(settings: dict[str, object]) -> Driver:
    """Makes the driver; raises `BudayangError` ``device.configuration`` for a wrong value, folder or profile."""
    try:
        wanted = msgspec.convert(settings, SmartCardSettings)
        states = TrustedStates.read(Path(wanted.csca_folder)) if wanted.csca_folder is not None else TrustedStates()
        profiles = read_profiles(_SHIPPED_PROFILES)
        if wanted.profile_folder is not None:
            profiles |= read_profiles(Path(wanted.profile_folder))
    except (msgspec.ValidationError, ValueError, OSError, ProfileError):
        raise BudayangError("device.configuration") from None
    return PcscSmartCardReader(wanted, states, profiles)


class PcscSmartCardReader:
    """One reader. All methods from one thread."""

    def __init__(
        self,
        settings: SmartCardSettings,
        states: TrustedStates,
        profiles: dict[str, Profile],
        random: Randomness = secrets.token_bytes,
    ) -> None:
        self._device = PcscDevice(settings.reader, settings.times, "smart_card.gone", "smart_card.service_gone")
        self._states = states
        self._profiles = profiles
        self._random = random

    def capabilities(self) -> Capabilities:
        """The commands; those of social-security cards as far as a profile describes them."""
        commands = [READ_DOCUMENT]
        if self._profiles:
            commands.append(READ_SOCIAL_CARD)
        if any(profile.pin is not None for profile in self._profiles.values()):
            commands.append(VERIFY_PIN)
        return Capabilities((*commands, WATCH_REMOVAL, FORGET), (EVENT_MEDIA_INSERTED, EVENT_INVALID_MEDIA))

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
        """Carries out `readDocument`, `readSocialCard`, `verifyPin`, `watchRemoval` or `reset`."""
        if command.name == FORGET:
            return Completion(command.action_id, CompletionCode.SUCCESS)
        try:
            work, accepts_lying = self._work(command)
        except (msgspec.DecodeError, ValueError):
            return Completion(command.action_id, CompletionCode.INVALID_DATA, "smart_card.key_incomplete")
        except KeyError:
            return Completion(command.action_id, CompletionCode.UNSUPPORTED_COMMAND, "device.unsupported")
        refused = self._device.refusal(execution)
        if refused is not None:
            return refused
        if work is None:
            return self._device.wait_for_removal(execution)
        return self._with_card(execution, work, accepts_lying, repeats=command.name != VERIFY_PIN)

    # -- commands ------------------------------------------------------------------------------------------------

    def _work(self, command: Command) -> "tuple[Work | None, bool]":
        """What to do with a card and whether one that lies there will do; KeyError for no command or profile of ours."""
        if command.name == WATCH_REMOVAL:
            return None, True
        if command.name == READ_DOCUMENT:
            wish = msgspec.msgpack.decode(command.payload, type=ReadDocument)
            return self._document(wish), wish.accepts_lying
        if command.name == READ_SOCIAL_CARD:
            asked = msgspec.msgpack.decode(command.payload, type=ReadSocialCard)
            return self._social_card(self._profiles[asked.profile]), asked.accepts_lying
        if command.name == VERIFY_PIN:
            secret = msgspec.msgpack.decode(command.payload, type=VerifyPin)
            profile = self._profiles[secret.profile]
            if profile.pin is None:
                raise KeyError
            if not profile.pin.admits(secret.pin):
                raise ValueError
            return self._pin(profile, secret.pin), True
        raise KeyError

    def _document(self, asked: ReadDocument) -> "Work":
        key: MrzKey | str
        if asked.zone is not None and asked.can is None:
            key = MrzKey(asked.zone.document_number, asked.zone.birth, asked.zone.expiry)
            if not key.is_plausible():
                raise ValueError
        elif asked.can is not None and asked.zone is None and len(asked.can) == 6 and _CAN.issuperset(asked.can):
            key = asked.can
        else:
            raise ValueError
        judged_at = datetime.fromtimestamp(asked.judged_at, UTC) if asked.judged_at is not None else None
        wish = Wish(key, asked.wants_details, asked.wants_portrait, self._states, judged_at)

        def read(session: CardSession) -> "Result":
            found = DocumentReader(session, self._random).read(wish)
            if isinstance(found, DocumentRead):
                return CompletionCode.SUCCESS, None, msgspec.msgpack.encode(found)
            doubted = found.key in _DOUBTS
            code = CompletionCode.FRAUD_ATTEMPT if doubted else CompletionCode.COMMAND_ERROR_CODE
            return code, found.key, b""

        return read

    def _social_card(self, profile: Profile) -> "Work":
        def read(session: CardSession) -> "Result":
            found = SocialCard(session, profile).read()
            if isinstance(found, Problem):
                return CompletionCode.COMMAND_ERROR_CODE, found.key, b""
            return CompletionCode.SUCCESS, None, msgspec.msgpack.encode(SocialCardRead(profile.name, found))

        return read

    def _pin(self, profile: Profile, pin: str) -> "Work":
        def verify(session: CardSession) -> "Result":
            verdict = SocialCard(session, profile).verify(pin)
            if isinstance(verdict, Problem):
                return CompletionCode.COMMAND_ERROR_CODE, verdict.key, b""
            assert isinstance(verdict, PinVerdict)
            payload = msgspec.msgpack.encode(PinAnswer(verdict.is_right, verdict.tries_left))
            if verdict.is_right:
                return CompletionCode.SUCCESS, None, payload
            return CompletionCode.COMMAND_ERROR_CODE, verdict.key, payload

        return verify

    def _with_card(self, execution: Execution, work: "Work", accepts_lying: bool, repeats: bool) -> Completion:
        slot = self._device.watch.slot
        lifted_first = slot.changes if slot.is_present and not accepts_lying else None
        while True:
            found = self._device.wait_for_card(execution, other_than=lifted_first)
            if isinstance(found, Completion):
                return found
            execution.emit(EVENT_MEDIA_INSERTED)
            try:
                with self._device.session(found, execution.is_cancelled) as session:
                    code, key, payload = work(session)
            except CardTroubleError as error:
                trouble = self._device.judge(error, found)
                if execution.is_cancelled():
                    return Completion(execution.action_id, CompletionCode.CANCELED)
                code, key, payload = CompletionCode.HARDWARE_ERROR, _TROUBLE_KEYS[trouble], b""
                if trouble in (Trouble.NO_READER, Trouble.SERVICE_GONE):
                    refused = self._device.refusal(execution)
                    if refused is not None:
                        return refused
                if not repeats:
                    return Completion(execution.action_id, code, key)
            else:
                if key is None or not repeats or key not in _MENDED_BY_LAYING_AGAIN:
                    return Completion(execution.action_id, code, key, payload)
            execution.emit(EVENT_INVALID_MEDIA, msgspec.msgpack.encode(key))
            lifted_first = found.changes


Result = tuple[CompletionCode, str | None, bytes]
Work = Callable[[CardSession], Result]
