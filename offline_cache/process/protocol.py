"""Messages between the store process and its clients: the terminal, the command line.

A frame is four bytes of length, big-endian, and msgpack of one message. A connection begins with `Hello`; then each request is
answered by one reply of the same `number` before the next one is read. The protocol is ours; its schema is generated into
``messages.schema.json`` by ``python -m offline_cache.process.schema``.
"""

import struct
from collections.abc import Mapping
from uuid import UUID

import msgspec

from offline_cache.outbox.item import DeadLetter, NewItem, OutboxStatus, Stored
from offline_cache.process.rows import Entry, GivenUpLine, ItemLine, LineStatus, OpenCase, ToldProblem

VERSION = 1
"""Changed whenever an older peer would misunderstand a message; `Hello` and `Failed` themselves stay for ever."""

# Bounds, held by `offline_cache.process.bounds`.
MAX_FRAME_BYTES = 4 << 20
LONGEST_BODY = 512 << 10
MOST_ITEMS = 32
CHUNK_BYTES = 256 << 10
MOST_RESERVATIONS = 16
MOST_ROWS, MOST_BYTES = 256, 1 << 30
LONGEST_TEXT = 200


class WireError(Exception):
    """The peer sent what is no frame or no message; the connection is of no more use. Holds no content."""


class _Message(msgspec.Struct, frozen=True):
    number: int

    def __repr__(self) -> str:  # a body must never reach a log or a traceback
        return f"{type(self).__name__}(number={self.number})"


# --- requests ---------------------------------------------------------------------------------------------------------
class Hello(_Message, frozen=True, tag="hello"):
    """First on each connection.

    `client`: the same on every connection of one client, guessed by nobody; a later one takes over what an earlier one has
    reserved, though the store may not have noticed yet that the earlier one has gone. Empty: takes over nothing.
    """

    version: int
    client: str = ""


class Ping(_Message, frozen=True, tag="ping"):
    """The supervisor's heartbeat."""


class Put(_Message, frozen=True, tag="put"):
    """All items or none; answered when they are durable. May be repeated: the same item again is its first place.

    `reservation`: of this connection, by the client's own number.
    """

    items: tuple[NewItem, ...]
    reservation: int | None = None


class Reserve(_Message, frozen=True, tag="reserve"):
    """Room for a visit's worst case, held until `Release` or the end of this client. `reservation`: the client's number."""

    reservation: int
    rows: int
    bytes: int


class Release(_Message, frozen=True, tag="release"):
    """What was not used may be used by others; unknown ones are ignored."""

    reservation: int


class AttachBegin(_Message, frozen=True, tag="attachBegin"):
    """A file of a visit under way follows in pieces; see `offline_cache.attachments`. One at a time on a connection.

    `visit`: a random name; `reservation`: of this connection.
    """

    visit: str
    media_type: str
    purpose: str
    reservation: int | None = None


class AttachAppend(_Message, frozen=True, tag="attachAppend"):
    """The next piece, at most `CHUNK_BYTES`."""

    chunk: bytes


class AttachFinish(_Message, frozen=True, tag="attachFinish"):
    """That was all; answered by `Attached` when it is durable."""


class AttachAbort(_Message, frozen=True, tag="attachAbort"):
    """Forget what has come."""


class AttachDrop(_Message, frozen=True, tag="attachDrop"):
    """The citizen took a finished file back before the item was put."""

    attachment_id: UUID


class VisitEnded(_Message, frozen=True, tag="visitEnded"):
    """Files that the visit gave to no item are removed; of every visit when `visit` is empty, as a terminal says at its start."""

    visit: str


class StateOf(_Message, frozen=True, tag="stateOf"):
    """What became of an item, by its key or its slip's number."""

    idem: UUID | None = None
    slip_number: str | None = None


class Status(_Message, frozen=True, tag="status"):
    """Counts for staff."""


class Items(_Message, frozen=True, tag="items"):
    """A page of what waits to be sent, in its order, from this number on."""

    after_seq: int = 0


class DeadLetters(_Message, frozen=True, tag="deadLetters"):
    """A page of them in their order, from this number on."""

    after_seq: int = 0


class RetryDead(_Message, frozen=True, tag="retryDead"):
    """A person has a dead letter sent again."""

    idem: UUID


class GiveUpDead(_Message, frozen=True, tag="giveUpDead"):
    """A person gives up a dead letter; `reason`: a word of `offline_cache.journal.giving_up.REASONS`."""

    idem: UUID
    reason: str


class GivenUp(_Message, frozen=True, tag="givenUp"):
    """A page of the dead letters that were given up, the newest first, from before this number of the journal."""

    before: int | None = None


class Export(_Message, frozen=True, tag="export"):
    """The next dead letter after this number, sealed to the platform's public key (PEM); the body never leaves readable."""

    after_seq: int
    public_key: bytes


class DrainNow(_Message, frozen=True, tag="drainNow"):
    """Try to send at once, whatever the waits."""


class JournalOpenCase(_Message, frozen=True, tag="journalOpenCase"):
    """A new case of money or a card; this and all that follow as in `offline_cache.journal`. May be repeated."""

    case_id: UUID
    kind: str
    details: bytes = b""


class JournalBegin(_Message, frozen=True, tag="journalBegin"):
    """A step is about to be done; answered when that is durable."""

    case_id: UUID
    position: int
    step: str
    details: bytes = b""
    supersedes: bool = False


class JournalEnded(_Message, frozen=True, tag="journalEnded"):
    """How that step ended."""

    case_id: UUID
    position: int
    outcome: str
    details: bytes | None = None


class JournalClose(_Message, frozen=True, tag="journalClose"):
    """The case is over, in a word."""

    case_id: UUID
    end: str


class JournalEntries(_Message, frozen=True, tag="journalEntries"):
    """All records of a case."""

    case_id: UUID


class JournalOpenCases(_Message, frozen=True, tag="journalOpenCases"):
    """Every case that is not closed, with what must be done first."""


Request = (
    Hello | Ping | Put | Reserve | Release | AttachBegin | AttachAppend | AttachFinish | AttachAbort | AttachDrop | VisitEnded | StateOf
    | Status | Items | DeadLetters | RetryDead | GiveUpDead | GivenUp | Export | DrainNow | JournalOpenCase | JournalBegin | JournalEnded | JournalClose
    | JournalEntries | JournalOpenCases
)  # fmt: skip


# --- replies ----------------------------------------------------------------------------------------------------------
class Failed(_Message, frozen=True, tag="failed"):
    """Why not: a message key and what its sentence needs."""

    key: str
    placeholders: Mapping[str, str] = {}


class Welcome(_Message, frozen=True, tag="welcome"):
    """This store."""

    version: int
    store_id: str
    pid: int


class Done(_Message, frozen=True, tag="done"):
    """It was done; `found`: whether there was anything to do it to."""

    found: bool = True


class Alive(_Message, frozen=True, tag="alive"):
    """`busy_s`: how long the oldest request has been at work, 0 for none."""

    busy_s: float


class Kept(_Message, frozen=True, tag="kept"):
    """The items' places, in the order of the put."""

    places: tuple[Stored, ...]


class Attached(_Message, frozen=True, tag="attached"):
    """A file that is durable: bytes and SHA-256 (hex) of its plain content."""

    attachment_id: UUID
    bytes: int
    sha256: str


class ItemStanding(_Message, frozen=True, tag="itemStanding"):
    """`state` of `offline_cache.outbox.item` ``State`` or ``End``; "" when this store has never had it."""

    state: str
    slip_number: str | None = None
    receipt: str | None = None
    reason: str | None = None


class StoreStatus(_Message, frozen=True, tag="storeStatus"):
    """Counts; how strong the vault is (a word of `offline_cache.vault`); the line, or why there is none; what was salvaged.

    `vault_pcrs`: what a key in a TPM is bound to; `vault_problem`: why it is kept otherwise than the settings say.
    `oldest_created_wall_s`: Unix time of the oldest queued item by this machine's clock, ``None`` when nothing is queued.
    """

    outbox: OutboxStatus
    vault: str
    line: LineStatus | None
    line_problem: str | None = None
    oldest_created_wall_s: float | None = None
    salvaged_items: int = 0
    salvaged_lost: int = 0
    vault_pcrs: tuple[int, ...] = ()
    vault_problem: ToldProblem | None = None


class ItemLines(_Message, frozen=True, tag="itemLines"):
    """A page of what waits; `is_last`: no more after it."""

    items: tuple[ItemLine, ...]
    is_last: bool


class Letters(_Message, frozen=True, tag="letters"):
    """A page of dead letters; `is_last`: no more after it."""

    letters: tuple[DeadLetter, ...]
    is_last: bool


class GivenUpLines(_Message, frozen=True, tag="givenUpLines"):
    """A page of them; `is_last`: no more after it."""

    letters: tuple[GivenUpLine, ...]
    is_last: bool


class SealedLetter(_Message, frozen=True, tag="sealedLetter"):
    """One dead letter sealed to the platform's key; `seq` 0: there is no more."""

    seq: int
    sealed: bytes


class Cases(_Message, frozen=True, tag="cases"):
    """All open ones, the oldest first."""

    cases: tuple[OpenCase, ...]


class Entries(_Message, frozen=True, tag="entries"):
    """Of one case, in their order."""

    entries: tuple[Entry, ...]


Reply = (
    Failed | Welcome | Done | Alive | Kept | Attached | ItemStanding | StoreStatus | ItemLines | Letters | GivenUpLines | SealedLetter | Cases | Entries
)  # fmt: skip

LENGTH = struct.Struct(">I")
_encoder = msgspec.msgpack.Encoder()
_requests: msgspec.msgpack.Decoder[Request] = msgspec.msgpack.Decoder(Request)
_replies: msgspec.msgpack.Decoder[Reply] = msgspec.msgpack.Decoder(Reply)


def encode(message: Request | Reply) -> bytearray:
    """One frame; the caller overwrites it after sending.

    Raises:
        WireError: the message is longer than `MAX_FRAME_BYTES`, or holds a text that has no UTF-8.
    """
    frame = bytearray(LENGTH.size)
    try:
        _encoder.encode_into(message, frame, LENGTH.size)
    except UnicodeEncodeError:
        raise WireError("not encodable") from None
    length = len(frame) - LENGTH.size
    if length > MAX_FRAME_BYTES:
        raise WireError("frame too long")
    LENGTH.pack_into(frame, 0, length)
    return frame


def decode_request(body: bytes | bytearray | memoryview) -> Request:
    """Raises WireError."""
    try:
        return _requests.decode(body)
    except (msgspec.DecodeError, ValueError, RecursionError):
        raise WireError("not a request") from None  # the cause could quote the content


def decode_reply(body: bytes | bytearray | memoryview) -> Reply:
    """Raises WireError."""
    try:
        return _replies.decode(body)
    except (msgspec.DecodeError, ValueError, RecursionError):
        raise WireError("not a reply") from None
