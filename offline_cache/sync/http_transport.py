"""The drain's calls over HTTPS with this terminal's certificate.

Nothing personal is part of an address or a log; replies are bounded; what is not the platform's own answer (a captive portal, a
proxy's page, half a body) has no code, and is temporary whatever its number.
"""

import base64
import logging
import ssl
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit
from uuid import UUID

import msgspec
from requests import Request, Response
from requests.exceptions import RequestException
from urllib3.exceptions import HTTPError

from kiosk.base.clock import Clock
from kiosk.base.errors import BudayangError
from offline_cache.sync import contract
from offline_cache.sync.answers import Answer
from offline_cache.sync.clock_offset import TimeSample
from offline_cache.sync.line import Line, LineAdapter
from offline_cache.sync.transport import BatchAnswer, FilePart, UploadAnswer

MAX_REPLY_BYTES = 1 << 20
_PIECE = 1 << 16
_PROBLEM = "urn:budayang:problem:"
# the platform's general problems, which carry no code of their own
_CODES = {
    "terminal-refused": "not_enrolled",
    "request-too-large": "too_large",
    "invalid-request": "malformed",
    "unavailable": "maintenance",
    "internal-error": "failed",
    "too-many-requests": "busy",
}
_LOOPBACK = ("127.0.0.1", "::1", "localhost")
Model = TypeVar("Model")

# urllib3 quotes malformed heads of replies, which may hold parts of a body
logging.getLogger("urllib3").setLevel(logging.CRITICAL)


@dataclass(frozen=True)
class TransportSettings:
    """Where the platform is and how long it may take; times in seconds.

    Attributes:
        base_url: ``https://host:port``; ``http://`` for loopback only.
        ca_bundle: PEM of the platform's CA; None means the system's.
        certificate, key: PEM of this terminal.
        deadline_s: for a whole call, however slowly bytes trickle in.
    """

    base_url: str
    terminal_id: str
    ca_bundle: Path | None = None
    certificate: Path | None = None
    key: Path | None = None
    connect_s: float = 5.0
    read_s: float = 20.0
    deadline_s: float = 30.0


@dataclass(frozen=True)
class _Heard:
    """A whole reply, or none: then status is 0."""

    status: int
    body: bytes = b""
    is_json: bool = False
    retry_after_s: float | None = None
    was_sent: bool = True


class HttpTransport:
    """Fulfils `offline_cache.sync.transport.Transport`.

    Raises:
        BudayangError: ``sync.address`` (plain HTTP beyond this machine), ``sync.certificates`` (files that cannot be used).
    """

    def __init__(self, settings: TransportSettings, clock: Clock, new_id: Callable[[], UUID] = uuid.uuid4) -> None:
        address = urlsplit(settings.base_url)
        is_here = address.hostname in _LOOPBACK
        if address.scheme != "https" and not (address.scheme == "http" and is_here):
            raise BudayangError("sync.address")
        self._settings = settings
        self._clock = clock
        self._new_id = new_id
        self._line = Line(clock, settings.connect_s, settings.read_s)
        self._adapter = LineAdapter(self._line, _context(settings) if address.scheme == "https" else None)
        self._time: TimeSample | None = None

    def send(self, batch: contract.IntakeBatch) -> BatchAnswer:
        heard = self._post("/v1/intake", batch, {"Idempotency-Key": f'"{self._new_id()}"'})
        reply = _decoded(heard, contract.IntakeReply)
        if reply is None or [one.key for one in reply.outcomes] != [item.key for item in batch.items]:
            return BatchAnswer(_answer(heard))
        answers = tuple(_outcome(heard, one) for one in reply.outcomes)
        return BatchAnswer(Answer(heard.status, "accepted"), answers)

    def status(self, key: UUID) -> Answer:
        heard = self._post("/v1/intake/statuses", contract.StatusQuestion(str(key)))
        outcome = _decoded(heard, contract.IntakeOutcome)
        return _outcome(heard, outcome) if outcome is not None and outcome.key == str(key) else _answer(heard)

    def attachment_state(self, attachment_id: UUID) -> UploadAnswer:
        return _upload(self._post("/v1/intake/attachment-states", contract.AttachmentQuestion(str(attachment_id))))

    def append(self, part: FilePart) -> UploadAnswer:
        last = part.first + len(part.content) - 1
        headers = {
            "X-Attachment-Id": str(part.attachment_id),
            "Content-Type": part.media_type,
            "Content-Range": f"bytes {part.first}-{last}/{part.total}",
            "Repr-Digest": f"sha-256=:{base64.b64encode(part.sha256).decode()}:",
        }
        return _upload(self._call("/v1/intake/attachments", part.content, headers))

    def report(self, report: contract.StoreReport) -> Answer:
        heard = self._post("/v1/intake/stores", report)
        taken = _decoded(heard, contract.StoreReceipt)
        return Answer(heard.status, "accepted") if taken is not None else _answer(heard)

    def tell_endings(self, report: contract.EndingsReport) -> BatchAnswer:
        heard = self._post("/v1/intake/endings", report)
        reply = _decoded(heard, contract.IntakeReply)
        if reply is None or [one.key for one in reply.outcomes] != [one.case_id for one in report.endings]:
            return BatchAnswer(_answer(heard))
        return BatchAnswer(Answer(heard.status, "accepted"), tuple(_outcome(heard, one) for one in reply.outcomes))

    def take_time(self) -> TimeSample | None:
        sample, self._time = self._time, None
        return sample

    def abort(self) -> None:
        self._line.abort()

    def close(self) -> None:
        """Closes kept connections. Twice is allowed."""
        self._adapter.close()

    def _post(self, path: str, body: object, headers: dict[str, str] | None = None) -> _Heard:
        content = {"Content-Type": "application/json"} | (headers or {})
        return self._call(path, msgspec.json.encode(body), content)

    def _call(self, path: str, body: bytes, headers: dict[str, str]) -> _Heard:
        own = {
            "Accept": "application/json, application/problem+json",
            "Accept-Encoding": "identity",
            "X-Terminal-Id": self._settings.terminal_id,
        }
        request = Request("POST", self._settings.base_url + path, headers=own | headers, data=body).prepare()
        self._line.begin(self._settings.deadline_s)
        before = self._clock.monotonic()
        try:
            response = self._adapter.send(
                request, stream=True, timeout=(self._settings.connect_s, self._settings.read_s)
            )
            content: bytes | None = None
            try:
                content = _read(response)
            finally:
                if content is None:
                    response.close()
                else:
                    response.raw.release_conn()
        except (OSError, RequestException, HTTPError, HTTPException, ValueError) as error:
            _let_go(error)
            return _Heard(0, was_sent=self._line.was_sent)
        if content is None:
            return _Heard(response.status_code)
        media = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        is_json = media in ("application/json", "application/problem+json")
        date = _date_s(response.headers.get("Date"))
        if is_json and date is not None:
            self._time = TimeSample(date, before, self._clock.monotonic())
        return _Heard(response.status_code, content, is_json, _retry_after_s(response.headers.get("Retry-After"), date))


def _context(settings: TransportSettings) -> ssl.SSLContext:
    try:
        context = ssl.create_default_context(cafile=str(settings.ca_bundle) if settings.ca_bundle else None)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        if settings.certificate is not None:
            context.load_cert_chain(str(settings.certificate), str(settings.key) if settings.key else None)
    except (OSError, ValueError):
        raise BudayangError("sync.certificates") from None
    return context


def _let_go(error: BaseException) -> None:
    """Parts an error from the frames in which it went up, and all that lie within it.

    urllib3 keeps errors in variables of those frames: a cycle, which through the frames' callers would hold the item that was
    being sent, its body open, until somebody collects cycles.
    """
    chain: list[object] = [error]
    met: set[int] = set()
    while chain:
        one = chain.pop()
        if isinstance(one, BaseException) and id(one) not in met:
            met.add(id(one))
            one.__traceback__ = None
            chain += [one.__cause__, one.__context__, getattr(one, "reason", None), *one.args]


def _read(response: Response) -> bytes | None:
    """The whole body; None when it is larger than a platform's answer."""
    declared = response.headers.get("Content-Length", "0")
    if not declared.isdecimal() or len(declared) > 9 or int(declared) > MAX_REPLY_BYTES:
        return None
    if response.headers.get("Content-Encoding", "identity") != "identity":
        return None
    body = bytearray()
    while piece := response.raw.read(_PIECE, decode_content=False):
        body += piece
        if len(body) > MAX_REPLY_BYTES:
            return None
    return bytes(body)


def _decoded(heard: _Heard, model: type[Model]) -> Model | None:
    if not 200 <= heard.status < 300 or not heard.is_json:
        return None
    try:
        return msgspec.json.decode(heard.body, type=model)
    except (msgspec.DecodeError, RecursionError):
        return None


def _answer(heard: _Heard) -> Answer:
    """Of a call that was refused or failed as a whole."""
    return Answer(heard.status, _code(heard), None, heard.retry_after_s, heard.was_sent)


def _code(heard: _Heard) -> str:
    if not heard.is_json or heard.status < 400:
        return ""
    try:
        problem: Any = msgspec.json.decode(heard.body)
    except (msgspec.DecodeError, RecursionError):
        return ""
    if not isinstance(problem, dict) or not str(problem.get("type", "")).startswith(_PROBLEM):
        return ""
    code = problem.get("code") or _CODES.get(str(problem["type"]).removeprefix(_PROBLEM), "")
    return code if isinstance(code, str) and len(code) <= 40 else ""


def _outcome(heard: _Heard, outcome: contract.IntakeOutcome) -> Answer:
    return Answer(heard.status, outcome.code[:40], outcome.receipt, outcome.retry_after_s)


def _upload(heard: _Heard) -> UploadAnswer:
    state = _decoded(heard, contract.AttachmentState)
    if state is None:
        return UploadAnswer(_answer(heard))
    return UploadAnswer(Answer(heard.status, "accepted"), state.received, state.is_whole)


def _date_s(value: str | None) -> float | None:
    try:
        return parsedate_to_datetime(value).timestamp() if value else None
    except (ValueError, TypeError, OverflowError):
        return None


def _retry_after_s(value: str | None, date_s: float | None) -> float | None:
    """Seconds, given as such or as a date (RFC 9110, 10.2.3)."""
    if value is None:
        return None
    if value.isdecimal() and len(value) <= 9:
        return float(value)
    moment = _date_s(value)
    return max(0.0, moment - date_s) if moment is not None and date_s is not None else None
