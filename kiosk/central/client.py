"""The terminal's side of the platform's interface: typed calls whose every failure is a `Problem`.

Policy. A call has a deadline for all of it, beside the time-outs to connect and to read. Nothing is sent twice: only a
connection that was refused, before a byte went out, is tried again, once, after a short pause. Redirects are not
followed, no proxy or password is taken from the environment. A reply is at most 8 MiB, must be complete, of the right
media type and follow the contract strictly; otherwise it is not used.
"""

import re
from typing import TYPE_CHECKING, TypeVar

import msgspec

from kiosk.base.clock import Clock, SystemClock
from kiosk.base.errors import BudayangError, Problem
from kiosk.base.record import replace
from kiosk.central.answers import UNEXPECTED, Call, Reply
from kiosk.central.contract import (
    CodeRequest,
    CodeSent,
    DepartmentRequest,
    FactorAccepted,
    FactorMethod,
    FactorRequest,
    FundStatement,
    Period,
    PlatformHello,
    RatingReceived,
    RatingRequest,
    StatementRequest,
    TerminalHello,
)
from kiosk.central.department import DepartmentAnswer
from kiosk.central.line import Line, Stage
from kiosk.central.settings import CentralSettings
from kiosk.central.traffic import Traffic
from offline_cache.sync.contract import OwnCases, OwnCasesQuestion, SlipAnswer, SlipQuestion

if TYPE_CHECKING:
    from requests.adapters import HTTPAdapter

__all__ = ["CentralClient", "CentralSettings", "Traffic"]

Answer = TypeVar("Answer")

_TOKEN = re.compile(r"[A-Za-z0-9._~+/=-]{16,512}")

_HELLO = Call("/v1/terminals/hello", PlatformHello)
_SEND_CODE = Call("/v1/identity/codes", CodeSent, too_often_key="identity.code_too_often")
_VERIFY = Call("/v1/identity/verifications", FactorAccepted)
_STATEMENT = Call("/v1/provident-fund/statements", FundStatement, not_found_key="fund.person_not_found")
_DEPARTMENT = Call("/v1/departments/queries", DepartmentAnswer, not_found_key="department.person_not_found")
_RATE = Call("/v1/ratings", RatingReceived)
_SLIP = Call("/v1/intake/lookups", SlipAnswer)
_CASES = Call("/v1/intake/cases", OwnCases)


class CentralClient:
    """Calls the platform for one terminal.

    Threads: made anywhere, used from one worker thread; only `abort` may be called from another. Every call blocks for
    `deadline_s` at most (plus the system's resolver where `base_url` holds a name) and returns its contract
    dataclass or a `Problem`, never raises for what the network or the platform does.

    The visit's token never leaves the client. After `close_visit` the client holds nothing of the citizen.
    """

    def __init__(self, settings: CentralSettings, clock: Clock | None = None) -> None:
        self._settings = settings
        self._clock = clock or SystemClock()
        self._line = Line(self._clock, settings.connect_timeout_s, settings.read_timeout_s)
        self._adapter: HTTPAdapter | None = None
        self._visit_id: str | None = None
        self._token: str | None = None

    @property
    def traffic(self) -> Traffic:
        """A copy of the counters."""
        return replace(self._line.traffic)

    def hello(self) -> PlatformHello | Problem:
        """Whether the platform is there, and its time. Needs no visit."""
        settings = self._settings
        return self._call(_HELLO, TerminalHello(settings.terminal_id, settings.software_version))

    def open_visit(self, visit_id: str) -> None:
        """The following calls belong to this visit; what is left of another is dropped."""
        self.close_visit()
        self._visit_id = visit_id

    def close_visit(self) -> None:
        """Drops the token and the connections, and ends the effect of `abort`."""
        self._visit_id = self._token = None
        if self._adapter is not None:
            self._adapter.close()
        self._line.adopt(None)
        self._line.allow()

    def close(self) -> None:
        """The end of the client; the same as `close_visit`."""
        self.close_visit()

    def abort(self) -> None:
        """From any thread: the running call returns ``central.aborted`` soon, and so do further calls of this visit."""
        self._line.abort()

    def send_code(self, id_number: str, name: str) -> CodeSent | Problem:
        """Has a one-time code sent to the registered phone."""
        if self._visit_id is None:
            return Problem("central.no_visit")
        return self._call(_SEND_CODE, CodeRequest(self._visit_id, id_number, name))

    def verify(self, method: FactorMethod, id_number: str, name: str, secret: str) -> FactorAccepted | Problem:
        """Has a second factor checked. The token is kept here; the returned value's is empty."""
        if self._visit_id is None:
            return Problem("central.no_visit")
        answer = self._call(_VERIFY, FactorRequest(self._visit_id, method, id_number, name, secret))
        if isinstance(answer, Problem):
            return answer
        if not _TOKEN.fullmatch(answer.token):
            return UNEXPECTED
        self._token = answer.token
        return replace(answer, token="")

    def statement(self, period: Period) -> FundStatement | Problem:
        """The provident fund's statement of the confirmed person."""
        if self._visit_id is None:
            return Problem("central.no_visit")
        if self._token is None:
            return Problem("identity.token_expired")
        answer = self._call(_STATEMENT, StatementRequest(self._visit_id, period))
        if isinstance(answer, FundStatement) and answer.period is not period:
            return UNEXPECTED
        return answer

    def department(self, item_code: str, choice: str) -> DepartmentAnswer | Problem:
        """What the item's department holds of the confirmed person; one that answers for another item or choice is not used."""
        if self._visit_id is None:
            return Problem("central.no_visit")
        if self._token is None:
            return Problem("identity.token_expired")
        answer = self._call(_DEPARTMENT, DepartmentRequest(self._visit_id, item_code, choice))
        if isinstance(answer, DepartmentAnswer) and (answer.item_code, answer.choice) != (item_code, choice):
            return UNEXPECTED
        return answer

    def rate(self, item_code: str, grade: int) -> RatingReceived | Problem:
        """Gives a grade from 1 to 5; a repetition counts once."""
        if self._visit_id is None:
            return Problem("central.no_visit")
        return self._call(_RATE, RatingRequest(self._visit_id, item_code, grade))

    def slip_state(self, slip_number: str, id_number: str) -> SlipAnswer | Problem:
        """What became of what was handed in under this slip by this person; ``notHere`` also for somebody else's."""
        if self._visit_id is None:
            return Problem("central.no_visit")
        return self._call(_SLIP, SlipQuestion(slip_number, id_number))

    def own_cases(self) -> OwnCases | Problem:
        """The confirmed person's cases, newest first; asking confirms those that wait as 待身份核验."""
        if self._visit_id is None:
            return Problem("central.no_visit")
        if self._token is None:
            return Problem("identity.token_expired")
        return self._call(_CASES, OwnCasesQuestion(self._visit_id))

    def _call(self, call: Call[Answer], body: object) -> Answer | Problem:
        traffic = self._line.traffic
        start = self._clock.monotonic()
        traffic.calls += 1
        reply = self._exchange(call.path, body)
        answer = call.decode(reply) if isinstance(reply, Reply) else reply
        if isinstance(answer, Problem):
            traffic.failed_calls += 1
        traffic.last_call_s = self._clock.monotonic() - start
        traffic.busy_s += traffic.last_call_s
        return answer

    def _exchange(self, path: str, request: object) -> Reply | Problem:
        line = self._line
        try:
            body = msgspec.json.encode(request)
        except UnicodeEncodeError:
            return Problem("central.request_refused")  # a lone surrogate, from a card that was read wrongly
        if self._visit_id is None:
            line.allow()
        line.begin(self._settings.deadline_s)
        for attempt in range(self._settings.refused_retries + 1):
            if attempt and not line.pause(self._settings.refused_pause_s):
                break
            try:
                return self._send(path, body)
            except BudayangError as error:
                return error.problem
            except (OSError, ValueError) as error:
                # requests' own errors are OSErrors; some malformed heads come through as ValueError
                if line.is_aborted:
                    break
                if line.stage is not Stage.REFUSED:
                    from kiosk.central.failures import problem_of

                    return problem_of(error, line.stage)
            finally:
                line.adopt(None)
        return Problem("central.aborted" if line.is_aborted else "central.unreachable")

    def _send(self, path: str, body: bytes) -> Reply | Problem:
        from kiosk.central import transport

        settings = self._settings
        if self._adapter is None:
            self._adapter = transport.build_adapter(
                self._line, settings.base_url, settings.ca_bundle, settings.client_certificate, settings.client_key
            )
        headers = {"X-Terminal-Id": settings.terminal_id}
        if self._token is not None:
            headers["Authorization"] = f"Bearer {self._token}"
        timeouts = (settings.connect_timeout_s, settings.read_timeout_s)
        return transport.exchange(self._adapter, settings.base_url + path, headers, body, timeouts)
