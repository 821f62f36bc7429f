"""The calls of PC/SC that we use, typed: each returns its value or raises `ScardError` with the code.

pyscard's high-level monitors are not used: their threads end for good when pcscd restarts, and nobody is told.
"""

from typing import NamedTuple

from smartcard import scard  # type: ignore[import-untyped]  # compiled, without types

NO_SMARTCARD = 0x8010000C
REMOVED_CARD = 0x80100069
NOT_TRANSACTED = 0x80100016
NO_SERVICE = 0x8010001D
SERVICE_STOPPED = 0x8010001E
NO_READERS = 0x8010002E
READER_UNAVAILABLE = 0x80100017
UNKNOWN_READER = 0x80100009
SHARING_VIOLATION = 0x8010000B
UNRESPONSIVE_CARD = 0x80100066
UNPOWERED_CARD = 0x80100067
RESET_CARD = 0x80100068
TIME_OUT = 0x8010000A
CANCELLED = 0x80100002
COMMUNICATION = 0x80100013

_SERVICE_LOST = frozenset((NO_SERVICE, SERVICE_STOPPED, COMMUNICATION, 0x80100003, 0x80100006))
"""Also an invalid handle (03) and a broken pipe's internal error (06): the context is of a service that has gone."""

PNP = "\\\\?PnP?\\Notification"
STATE_UNAWARE = int(scard.SCARD_STATE_UNAWARE)
STATE_PRESENT = int(scard.SCARD_STATE_PRESENT)
STATE_MUTE = int(scard.SCARD_STATE_MUTE)


class ScardError(Exception):
    """A PC/SC call failed. `code` as an unsigned number."""

    def __init__(self, code: int) -> None:
        super().__init__(f"{code & 0xFFFFFFFF:08X}")
        self.code = code & 0xFFFFFFFF

    @property
    def is_service_lost(self) -> bool:
        """Whether pcscd has gone or was started again."""
        return self.code in _SERVICE_LOST


class ReaderState(NamedTuple):
    """What PC/SC says of one reader: `flags` is to be handed in again, `atr` empty without a card."""

    name: str
    flags: int
    atr: bytes


def _check(code: int) -> None:
    if code != 0:
        raise ScardError(code)


def establish_context() -> int:
    """A context of its own for each thread."""
    code, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_SYSTEM)
    _check(code)
    return int(context)


def release_context(context: int) -> None:
    """Never raises: the service may have gone."""
    scard.SCardReleaseContext(context)


def cancel(context: int) -> None:
    """Ends a `wait_for_change` of this context in another thread."""
    scard.SCardCancel(context)


def list_readers(context: int) -> list[str]:
    """Their names; empty when there are none."""
    code, names = scard.SCardListReaders(context, [])
    if code & 0xFFFFFFFF in (NO_READERS, READER_UNAVAILABLE):
        return []
    _check(code)
    return list(names)


def wait_for_change(context: int, known: list[tuple[str, int]], timeout_ms: int) -> list[ReaderState]:
    """Waits until a reader's state differs from the flags given; the time running out is no error."""
    code, states = scard.SCardGetStatusChange(context, timeout_ms, known)
    if code & 0xFFFFFFFF != TIME_OUT:
        _check(code)
    return [ReaderState(name, flags, bytes(atr)) for name, flags, atr in states]


def connect(context: int, reader: str) -> tuple[int, int]:
    """Takes a card for us alone: ``(card, protocol)``."""
    code, card, protocol = scard.SCardConnect(
        context, reader, scard.SCARD_SHARE_EXCLUSIVE, scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1
    )
    _check(code)
    return int(card), int(protocol)


def transmit(card: int, protocol: int, apdu: bytes) -> bytes:
    """One exchange; blocks as long as reader and card take."""
    pci = scard.SCARD_PCI_T0 if protocol == scard.SCARD_PROTOCOL_T0 else scard.SCARD_PCI_T1
    code, reply = scard.SCardTransmit(card, pci, list(apdu))
    _check(code)
    return bytes(byte & 0xFF for byte in reply)


def disconnect(card: int) -> None:
    """Takes the power from the card, so that nothing of a session stays in it; never raises."""
    scard.SCardDisconnect(card, scard.SCARD_UNPOWER_CARD)
