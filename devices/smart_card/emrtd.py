"""Reads a travel document's chip: opens it by PACE or BAC, fetches its files, judges them.

Source: ICAO Doc 9303 part 11 clause 4 (procedure of access), part 10 (files). Policy: PACE where the chip offers a way that we
speak, BAC where it offers none and the key is of the printed zone; a chip whose PACE breaks off is not asked by BAC, which
would let a forger choose the weaker one. DG2 is read only when it is asked for. A file is at most `LONGEST_FILE`.
"""

from dataclasses import dataclass
from datetime import datetime

from devices.smart_card import files_codec, pace, tlv_codec
from devices.smart_card.apdu_codec import SHORT_LE, CommandApdu, ResponseApdu, Sw
from devices.smart_card.bac import BasicAccess, KeyRefusedError, Randomness
from devices.smart_card.card_session import CardSession
from devices.smart_card.files_codec import APPLICATION, GROUP_NUMBERS, Details, File
from devices.smart_card.mrz_codec import Mrz, MrzKey, parse
from devices.smart_card.passive_authentication import Authenticity, TrustedStates, judge
from devices.smart_card.secure_messaging_codec import LONGEST_PLAIN_REPLY, SecureMessaging, SecureMessagingError
from devices.smart_card.types import Access, DocumentRead, DocumentText
from kiosk.base.errors import Problem

LONGEST_FILE = 128 * 1024
_FIRST_READ = 0xDF
_LAST_SHORT_OFFSET = 0x7FFF

PROBLEMS = {
    Authenticity.ALTERED: "smart_card.altered",
    Authenticity.SIGNATURE_WRONG: "smart_card.signature_wrong",
    Authenticity.SIGNER_UNKNOWN: "smart_card.signer_unknown",
    Authenticity.SIGNER_EXPIRED: "smart_card.signer_expired",
    Authenticity.CSCA_EXPIRED: "smart_card.csca_expired",
    Authenticity.UNREADABLE: "smart_card.unsigned",
    Authenticity.UNSUPPORTED: "smart_card.unknown_signature",
}
"""What is said of a document that is not vouched for; its data never leaves the host."""


class _RefusedError(Exception):
    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True, repr=False)
class Wish:
    """What is to be read and how it is judged. Holds the key: not shown."""

    key: MrzKey | str
    wants_details: bool
    wants_portrait: bool
    states: TrustedStates
    judged_at: datetime | None


class DocumentReader:
    """One run over one session."""

    def __init__(self, session: CardSession, random: Randomness) -> None:
        self._session = session
        self._random = random
        self._secure: SecureMessaging | None = None

    def read(self, wish: Wish) -> DocumentRead | Problem:
        """All of it.

        The `Problem` says what the person can do; `CardTroubleError` passes through.
        """
        try:
            access = self._open(wish.key)
            return self._read(wish, access)
        except KeyRefusedError:
            return Problem("smart_card.key_refused")
        except _RefusedError as refused:
            return Problem(refused.key)
        except (SecureMessagingError, pace.PaceError):
            return Problem("smart_card.read_failed")

    # -- opening -------------------------------------------------------------------------------------------------

    def _open(self, key: MrzKey | str) -> Access:
        ways = pace.offers(self._card_access())
        if ways:
            run = pace.Pace(ways[0], pace.password_of(key), self._random)
            self._secure = run.run(self._session.transmit)
            self._select_application()
            return Access.PACE
        if not isinstance(key, MrzKey):
            raise _RefusedError("smart_card.can_not_accepted")
        self._select_application()
        challenge = self._session.transmit(CommandApdu(0x00, 0x84, 0, 0, le=8))
        if challenge.meaning is not Sw.DONE or len(challenge.data) != 8:
            raise _RefusedError("smart_card.unknown_type")
        access = BasicAccess(key, challenge.data, self._random)
        answer = self._session.transmit(CommandApdu(0x00, 0x82, 0, 0, access.request(), 40))
        if answer.meaning is not Sw.DONE:
            raise KeyRefusedError("authenticate")
        self._secure = access.session(answer.data)
        return Access.BAC

    def _card_access(self) -> bytes:
        """EF.CardAccess of the master file, empty when there is none."""
        self._session.transmit(CommandApdu(0x00, 0xA4, 0x00, 0x0C, b"\x3f\x00"))  # a card without it starts there
        return self._file(File.CARD_ACCESS) or b""

    def _select_application(self) -> None:
        if self._send(CommandApdu(0x00, 0xA4, 0x04, 0x0C, APPLICATION)).meaning is not Sw.DONE:
            raise _RefusedError("smart_card.unknown_type")

    # -- files ---------------------------------------------------------------------------------------------------

    def _read(self, wish: Wish, access: Access) -> DocumentRead | Problem:
        com = self._needed(File.COM)
        listed = files_codec.listed_groups(com)
        if listed is None:
            raise _RefusedError("smart_card.read_failed")
        sod = self._file(File.SOD) or b""  # without one nothing is vouched for
        groups = {File.DG1: self._needed(File.DG1)}
        if wish.wants_details and File.DG11.tag in listed:
            groups[File.DG11] = self._needed(File.DG11)
        if wish.wants_portrait and File.DG2.tag in listed:
            groups[File.DG2] = self._needed(File.DG2)
        verdict = judge(sod, {GROUP_NUMBERS[file]: data for file, data in groups.items()}, wish.states, wish.judged_at)
        if verdict in PROBLEMS:
            return Problem(PROBLEMS[verdict])
        zone = parse(files_codec.zone(groups[File.DG1]) or "")
        details = files_codec.details(groups[File.DG11]) if File.DG11 in groups else Details()
        if not isinstance(zone, Mrz) or details is None:
            raise _RefusedError("smart_card.read_failed")
        if isinstance(wish.key, MrzKey) and zone.key.information() != wish.key.information():
            # the chip opened with another zone than it holds: two documents in one
            raise _RefusedError("smart_card.altered")
        return DocumentRead(
            _text(zone, details),
            access,
            verdict,
            groups.get(File.DG2, b""),
            self._session.exchanges,
            self._session.exchange_s * 1000,
        )

    def _send(self, command: CommandApdu) -> ResponseApdu:
        if self._secure is None:
            return self._session.transmit(command)
        return self._secure.unprotect(self._session.transmit(self._secure.protect(command)))

    def _needed(self, file: File) -> bytes:
        data = self._file(file)
        if data is None:
            raise _RefusedError("smart_card.read_failed")
        return data

    def _file(self, file: File) -> bytes | None:
        """A whole file, ``None`` when the card has none of that name."""
        selected = self._send(CommandApdu(0x00, 0xA4, 0x02, 0x0C, file.identifier.to_bytes(2, "big")))
        if selected.meaning is not Sw.DONE:
            return None
        data = bytearray(self._part(0, _FIRST_READ))
        try:
            tag, start, count = tlv_codec.head(bytes(data[:8]))
        except tlv_codec.TlvError:
            return None
        total = start + count
        if tag != file.tag or total > LONGEST_FILE:
            return None
        while len(data) < total:
            part = self._part(len(data), min(total - len(data), LONGEST_PLAIN_REPLY))
            if not part:
                return None
            data += part
        return bytes(data[:total])

    def _part(self, offset: int, count: int) -> bytes:
        if offset <= _LAST_SHORT_OFFSET:
            command = CommandApdu(0x00, 0xB0, offset >> 8, offset & 0xFF, le=min(count, SHORT_LE))
            response = self._send(command)
            inside = response.data
        else:
            place = tlv_codec.encode(0x54, offset.to_bytes(3, "big"))
            # the reply wraps the bytes in DO 53: four bytes less of them
            response = self._send(CommandApdu(0x00, 0xB1, 0, 0, place, min(count + 3, LONGEST_PLAIN_REPLY)))
            try:
                inside = tlv_codec.find(response.data, 0x53) or b""
            except tlv_codec.TlvError:
                inside = b""
        return inside if response.meaning in (Sw.DONE, Sw.END_OF_FILE) else b""


def _text(zone: Mrz, details: Details) -> DocumentText:
    return DocumentText(
        layout=zone.layout,
        document_code=zone.document_code,
        document_number=zone.document_number,
        birth=zone.birth,
        expiry=zone.expiry,
        issuer=zone.issuer,
        nationality=zone.nationality,
        sex=zone.sex,
        surname=zone.surname,
        given_names=zone.given_names,
        full_name=details.full_name,
        personal_number=details.personal_number,
        full_birth=details.birth,
        birthplace=details.birthplace,
        address=details.address,
    )
