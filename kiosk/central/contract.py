"""The wire between a terminal and the central platform: one set of models for both sides.

Plain frozen dataclasses: the platform hands them to FastAPI, the client decodes replies with msgspec. Money is integer
fen, dates are ISO 8601, months are ``YYYYMM``, every code is text. Errors are RFC 9457 problem details whose `type`
is ``"urn:budayang:problem:<name>"``; the terminal maps the name to a sentence and never shows `detail`.

Nothing personal is ever part of a URL: what identifies a citizen travels in request bodies, and after the second
factor only as a bearer token that lives as long as the visit.
"""

from dataclasses import dataclass, field
from enum import Enum


class FactorMethod(str, Enum):
    """How a citizen proves to be the holder of the card (services rule: a card alone opens nothing personal)."""

    PASSWORD = "servicePassword"
    ONE_TIME_CODE = "oneTimeCode"


class Period(str, Enum):
    """Periods of a provident fund statement: 近半年, 近一年, 全部."""

    HALF_YEAR = "halfYear"
    YEAR = "year"
    ALL = "all"


@dataclass(frozen=True)
class TerminalHello:
    """POST /v1/terminals/hello: who calls."""

    terminal_id: str
    software_version: str


@dataclass(frozen=True)
class PlatformHello:
    """What the platform answers a terminal: its name and its trusted time (ISO 8601 with offset)."""

    platform: str
    time: str
    demo: bool


@dataclass(frozen=True)
class CodeRequest:
    """POST /v1/identity/codes: send a one-time code to the phone that the platform has registered for this person."""

    visit_id: str
    id_number: str = field(repr=False)
    name: str = field(repr=False)


@dataclass(frozen=True)
class CodeSent:
    """The code is on its way; `phone_masked` such as ``138****1234``; `expires_in_s` seconds."""

    phone_masked: str = field(repr=False)
    expires_in_s: int


@dataclass(frozen=True)
class FactorRequest:
    """POST /v1/identity/verifications: the card's number and name with one second factor."""

    visit_id: str
    method: FactorMethod
    id_number: str = field(repr=False)
    name: str = field(repr=False)
    secret: str = field(repr=False)


@dataclass(frozen=True)
class FactorAccepted:
    """The person is confirmed; `token` opens this visit's own data and expires by itself."""

    token: str = field(repr=False)
    expires_in_s: int


@dataclass(frozen=True)
class StatementRequest:
    """POST /v1/provident-fund/statements with a bearer token."""

    visit_id: str
    period: Period


@dataclass(frozen=True)
class DepartmentRequest:
    """POST /v1/departments/queries with a bearer token: a plain query; answered by `kiosk.central.department.DepartmentAnswer`."""

    visit_id: str
    item_code: str
    choice: str = ""


@dataclass(frozen=True)
class FundAccount:
    """The 14 account fields of 住房公积金, in the order of the official query sheet. Amounts in fen."""

    name: str = field(repr=False)  # 姓名
    id_number: str = field(repr=False)  # 证件号码
    opened_on: str  # 开户日期 YYYY-MM-DD
    closed_on: str | None  # 销户日期, None while open
    branch: str  # 缴存网点
    account_number: str = field(repr=False)  # 住房公积金账号
    state: str  # 账户状态, words of the department, e.g. 正常
    balance_fen: int = field(repr=False)  # 余额
    total_paid_in_fen: int = field(repr=False)  # 累计缴存
    total_withdrawn_fen: int = field(repr=False)  # 累计支取
    last_paid_month: str  # 末次汇缴月份 YYYYMM
    monthly_fen: int = field(repr=False)  # 当前月缴额
    employer_account: str = field(repr=False)  # 当前单位账号
    employer: str = field(repr=False)  # 当前所在单位名称


@dataclass(frozen=True)
class FundEntry:
    """One row of 资金动态明细: the nine columns of the official query sheet. Amounts in fen."""

    date: str  # 发生日期 YYYY-MM-DD
    kind: str  # 业务类型
    reason: str  # 业务发生原因
    month: str  # 汇缴月份 YYYYMM, "" where the entry belongs to no month
    amount_fen: int = field(repr=False)  # 发生金额, negative for withdrawals
    balance_fen: int = field(repr=False)  # 当前余额
    interest_fen: int = field(repr=False)  # 银行利息
    employer_account: str = field(repr=False)  # 单位账号
    employer: str = field(repr=False)  # 单位名称


@dataclass(frozen=True)
class FundStatement:
    """Account and entries of a period, newest entry first. `fund_kind` is 住房公积金 or 补充住房公积金."""

    fund_kind: str
    period: Period
    date_from: str
    date_to: str
    as_of: str  # ISO 8601 with offset
    account: FundAccount = field(repr=False)
    entries: tuple[FundEntry, ...] = field(repr=False)


@dataclass(frozen=True)
class RatingRequest:
    """POST /v1/ratings: 好差评. Grade 5 非常满意 ... 1 非常不满意; the rated staff never learn who rated."""

    visit_id: str
    item_code: str
    grade: int


@dataclass(frozen=True)
class RatingReceived:
    """The rating is kept."""

    rating_id: str


@dataclass(frozen=True)
class ProblemDetails:
    """RFC 9457. `type` is ``urn:budayang:problem:<name>``.

    `tries_left` only for a refused factor, `retry_after_s` (seconds) only where waiting helps.
    """

    type: str
    title: str
    status: int
    detail: str = ""
    tries_left: int | None = None
    retry_after_s: int | None = None


PROBLEM_PREFIX = "urn:budayang:problem:"
PROBLEMS = (
    "person-not-found",  # 404: the department holds nothing of this person
    "no-registered-phone",  # 409: no phone to send a code to
    "no-service-password",  # 409: this person never set one
    "factor-refused",  # 403 with tries_left
    "factor-blocked",  # 429: too many wrong tries, blocked for a while
    "code-expired",  # 403
    "token-expired",  # 401
    "terminal-refused",  # 403: the certificate or the header names another terminal, or none
    "invalid-request",  # 422
    "request-too-large",  # 413
    "not-found",  # 404: no such address
    "method-not-allowed",  # 405
    "too-many-requests",  # 429
    "internal-error",  # 500
    "unavailable",  # 503: a department's system is closed or failing
)
