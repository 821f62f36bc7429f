"""A travel document's chip: files behind BAC or PACE, with secure messaging, on the card's side.

Source: ICAO Doc 9303 part 11. Written apart from `devices.smart_card` on purpose; only the primitives of `cryptography` and
`ecdsa` are shared. `answer` takes a command's bytes and returns a reply's; a chip holds one session.
"""

import hashlib
import secrets
from dataclasses import dataclass

from devices.emulators.virtual_chip import (
    OID_3DES,
    OID_AES_128,
    ChipPace,
    ChipSession,
    des,
    des_key,
    des_mac,
    objects_of,
    padded,
)
from devices.emulators.virtual_issuer import VirtualState, wrap


def contactless_atr(history: str) -> bytes:
    """As PC/SC part 3 makes it for a contactless card: historical bytes in hex, then the check byte."""
    body = bytes.fromhex(history)
    text = bytes((0x80 | len(body), 0x80, 0x01)) + body
    check = 0
    for byte in text:
        check ^= byte
    return b"\x3b" + text + bytes((check,))


ATR = contactless_atr("8073C821C0A80090")
_AID = bytes.fromhex("A0000002471001")
_CARD_ACCESS, _COM, _SOD = 0x011C, 0x011E, 0x011D


def _digit(text: str) -> str:
    total = 0
    for at, letter in enumerate(text):
        value = 0 if letter == "<" else int(letter, 36)
        total += value * (7, 3, 1)[at % 3]
    return str(total % 10)


@dataclass(frozen=True, repr=False)
class Holder:
    """A made-up person on a made-up document; the zone is TD1 with the permit's code."""

    number: str = "CA0000001"
    birth: str = "900101"
    expiry: str = "340101"
    code: str = "CS"
    name: str = "SPECIMEN<<DEMO"
    full_name: str = "样本·示例"
    personal_number: str = "440308199901101512"
    address: str = "演示省样本市示例路 3 号"

    def zone(self) -> str:
        """90 characters whose check digits are right."""
        first = f"{self.code:<<2}CHN{self.number}{_digit(self.number)}".ljust(30, "<")
        body = f"{self.birth}{_digit(self.birth)}M{self.expiry}{_digit(self.expiry)}CHN".ljust(29, "<")
        return first + body + _digit(first[5:] + body[:7] + body[8:15] + body[18:29]) + self.name.ljust(30, "<")

    def key_text(self) -> bytes:
        """What BAC and PACE hash."""
        return "".join(part + _digit(part) for part in (self.number, self.birth, self.expiry)).encode()


@dataclass(frozen=True)
class Options:
    """What kind of chip, and what is wrong with it.

    Attributes:
        pace: ``none``, ``aes`` or ``3des``. `can`: the access number.
        tampered: numbers of data groups that were changed after the signing.
        portrait_bytes: how much DG2 holds.
        foreign_zone: DG1 holds another document's zone, properly signed.
    """

    pace: str = "none"
    can: str = "123456"
    tampered: tuple[int, ...] = ()
    portrait_bytes: int = 2000
    foreign_zone: bool = False
    without_sod: bool = False


class VirtualDocument:
    """The chip. Not for several threads."""

    atr = ATR

    def __init__(self, state: VirtualState, holder: Holder | None = None, options: Options | None = None) -> None:
        self._holder = holder or Holder()
        self._options = options or Options()
        self._files = _make_files(state, self._holder, self._options)
        self.reset()

    def reset(self) -> None:
        """Power off: the session is gone."""
        self._selected: int | None = None
        self._in_application = False
        self._challenge = b""
        self._session: ChipSession | None = None
        self._pace: ChipPace | None = None

    @property
    def is_open(self) -> bool:
        """Whether somebody has opened it."""
        return self._session is not None

    def answer(self, raw: bytes) -> bytes:
        """One exchange."""
        session = self._session
        if raw[0] & 0x80:
            return b"\x6e\x00"
        if raw[0] & 0x0C != 0x0C:
            if session is not None:
                self._session = None  # a plain command ends a session
            return self._plain(raw)
        if session is None:
            return b"\x69\x88"
        opened = session.open(raw)
        if opened is None:
            self._session = None
            return b"\x69\x88"
        reply = self._inside(*opened)
        return session.seal(reply[:-2], reply[-2:], odd=bool(opened[1] & 1))

    # -- outside a session ---------------------------------------------------------------------------------------

    def _plain(self, raw: bytes) -> bytes:
        instruction = raw[1]
        if instruction == 0x84:
            self._challenge = secrets.token_bytes(8)
            return self._challenge + b"\x90\x00"
        if instruction == 0x82:
            return self._authenticate(raw[5:45])
        if instruction == 0x22 and self._options.pace != "none":
            return self._begin_pace(raw[5 : 5 + raw[4]])
        if instruction == 0x86 and self._pace is not None:
            return self._go_on_with_pace(raw[5 : 5 + raw[4]])
        if instruction in (0xA4, 0xB0):
            data = raw[5 : 5 + raw[4]] if instruction == 0xA4 else b""
            le = raw[4] or 256 if instruction == 0xB0 else 0
            return self._inside(0, instruction, raw[2], raw[3], data, le, opened=False)
        return b"\x6d\x00"

    def _authenticate(self, data: bytes) -> bytes:
        challenge, self._challenge = self._challenge, b""
        seed = hashlib.sha1(self._holder.key_text()).digest()[:16]  # noqa: S324 - the standard says so
        encryption_key, mac_key = des_key(seed, 1), des_key(seed, 2)
        if not challenge or not self._in_application or self._options.pace != "none":
            return b"\x69\x85"
        if des_mac(mac_key, padded(data[:32], 8)) != data[32:]:
            return b"\x63\x00"
        plain = des(encryption_key, data[:32], encrypts=False)
        if plain[8:16] != challenge:
            return b"\x63\x00"
        half = secrets.token_bytes(16)
        secret = des(encryption_key, challenge + plain[:8] + half, encrypts=True)
        seed = bytes(a ^ b for a, b in zip(plain[16:], half, strict=True))
        counter = challenge[4:] + plain[4:8]
        self._session = ChipSession(des_key(seed, 1), des_key(seed, 2), counter, is_aes=False)
        return secret + des_mac(mac_key, padded(secret, 8)) + b"\x90\x00"

    def _begin_pace(self, data: bytes) -> bytes:
        parts = dict(objects_of(data))
        is_aes = self._options.pace == "aes"
        if parts.get(0x80) != (OID_AES_128 if is_aes else OID_3DES):
            return b"\x6a\x80"
        if parts.get(0x83) == b"\x01":
            secret = hashlib.sha1(self._holder.key_text()).digest()  # noqa: S324 - the standard says so
        else:
            secret = self._options.can.encode()
        self._pace = ChipPace(secret, is_aes)
        return b"\x90\x00"

    def _go_on_with_pace(self, data: bytes) -> bytes:
        pace = self._pace
        assert pace is not None
        reply = pace.answer(dict(objects_of(dict(objects_of(data)).get(0x7C, b""))))
        if reply is None:
            self._pace = None
            return b"\x63\x00"
        self._session = pace.session
        if pace.session is not None:
            self._pace = None
        return wrap(0x7C, reply) + b"\x90\x00"

    # -- files ---------------------------------------------------------------------------------------------------

    def _inside(
        self, _cla: int, instruction: int, p1: int, p2: int, data: bytes, le: int, *, opened: bool = True
    ) -> bytes:
        if instruction == 0xA4 and p1 == 0x04:
            self._in_application = data == _AID
            return b"\x90\x00" if self._in_application else b"\x6a\x82"
        if instruction == 0xA4 and p1 == 0x00 and data == b"\x3f\x00":
            self._in_application = False
            return b"\x90\x00"
        if instruction == 0xA4 and p1 == 0x02:
            wanted = int.from_bytes(data, "big")
            if wanted not in self._files or (wanted == _CARD_ACCESS and self._in_application):
                return b"\x6a\x82"
            if wanted != _CARD_ACCESS and not (opened and self._in_application):
                return b"\x69\x82"
            self._selected = wanted
            return b"\x90\x00"
        if instruction in (0xB0, 0xB1) and self._selected is not None:
            content = self._files[self._selected]
            if self._selected != _CARD_ACCESS and not opened:
                return b"\x69\x82"
            if instruction == 0xB0:
                part = content[(p1 << 8 | p2) :][:le]
                return part + (b"\x90\x00" if len(part) == le else b"\x62\x82")
            offset = int.from_bytes(dict(objects_of(data)).get(0x54, b""), "big")
            return wrap(0x53, content[offset:][: le - 3]) + b"\x90\x00"
        return b"\x6d\x00"


def _make_files(state: VirtualState, holder: Holder, options: Options) -> dict[int, bytes]:
    shown = Holder(number="CA0000002") if options.foreign_zone else holder
    details = b"".join(
        wrap(tag, text.encode())
        for tag, text in (
            (0x5F0E, shown.full_name),
            (0x5F10, shown.personal_number),
            (0x5F2B, shown.personal_number[6:14]),
            (0x5F42, shown.address),
        )
    )
    groups = {
        1: wrap(0x61, wrap(0x5F1F, shown.zone().encode())),
        # a block that is nobody's face
        2: wrap(0x75, wrap(0x7F61, b"\x02\x01\x01" + wrap(0x5F2E, bytes(options.portrait_bytes)))),
        11: wrap(0x6B, wrap(0x5C, b"\x5f\x0e\x5f\x10\x5f\x2b\x5f\x42") + details),
    }
    files = {
        _COM: wrap(0x60, wrap(0x5F01, b"0107") + wrap(0x5F36, b"040000") + wrap(0x5C, b"\x61\x75\x6b")),
        _SOD: state.security_object(groups),
    }
    for number, data in groups.items():
        # the last byte is content in every group
        files[0x0100 + number] = data[:-1] + bytes((data[-1] ^ 1,)) if number in options.tampered else data
    if options.without_sod:
        del files[_SOD]
    if options.pace != "none":
        oid = OID_AES_128 if options.pace == "aes" else OID_3DES
        files[_CARD_ACCESS] = wrap(0x31, wrap(0x30, wrap(0x06, oid) + b"\x02\x01\x02\x02\x01\x0d"))
    return files
