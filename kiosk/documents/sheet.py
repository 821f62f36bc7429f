"""个人住房公积金查询单: every word of the sheet in reading order, and the check that a laid-out sheet says just that.

Field names and their order follow the query sheets that provident fund centres print. Amounts and the note are
formatted here once; the template adds nothing but lines and places.
"""

from dataclasses import dataclass, field
from datetime import datetime

from kiosk.central.contract import FundAccount, FundEntry, FundStatement
from kiosk.documents import formats
from kiosk.documents.page_words import PageWords
from kiosk.documents.wire import SheetRequest

TITLE = "个人住房公积金查询单"
NOTE = "*本查询仅做信息查询使用"
WATERMARK = "演示"
DEMO_WORDS = "演示单据 不作凭据"
QR_CAPTION = "终端打印证明"
QR_ALT = "终端打印证明二维码"
UNATTESTED = "本单未附终端打印证明"
ACCOUNT_TITLE = "账户信息"
ENTRIES_TITLE = "资金动态明细"
EMPTY_WORDS = "本时段没有资金变动"
COLUMNS = (
    "发生日期",
    "业务类型",
    "业务发生原因",
    "汇缴月份",
    "发生金额",
    "当前余额",
    "银行利息",
    "单位账号",
    "单位名称",
)
FIRST_PAGE_ROWS = 18
FOLLOWING_PAGE_ROWS = 30


@dataclass(frozen=True)
class SheetWords:
    """All words of a sheet, in the order in which they stand on the paper."""

    title: str
    demo_words: str
    hall: str
    watermark: str
    header: tuple[tuple[str, str], ...]
    account_title: str
    account: tuple[tuple[str, str], ...] = field(repr=False)
    attested: bool
    qr: str
    qr_alt: str
    qr_caption: str
    totals: tuple[tuple[str, str], ...] = field(repr=False)
    entries_title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = field(repr=False)
    empty: str
    note: str
    foot: str


def sheet_words(request: SheetRequest) -> SheetWords:
    """Formats a request.

    Raises:
        ValueError: a date or month of the statement is none.
    """
    statement = request.statement
    printed_at = datetime.fromisoformat(request.printed_at)
    return SheetWords(
        title=TITLE,
        demo_words=DEMO_WORDS if request.demo else "",
        hall=request.hall,
        watermark=WATERMARK if request.demo else "",
        header=(
            ("渠道", request.channel),
            ("网点", request.site),
            ("打印日期", formats.day(printed_at)),
            ("公积金类型", statement.fund_kind),
            ("查询时间段", formats.span(statement.date_from, statement.date_to)),
        ),
        account_title=ACCOUNT_TITLE,
        account=account_fields(statement.account),
        attested=request.signing_key is not None,
        qr="",
        qr_alt=QR_ALT,
        qr_caption=QR_CAPTION,
        totals=(
            ("账户余额（元）", formats.yuan(statement.account.balance_fen)),
            ("余额大写", formats.yuan_in_words(statement.account.balance_fen)),
            ("本时段笔数", str(len(statement.entries))),
            ("发生金额合计（元）", formats.yuan(sum(entry.amount_fen for entry in statement.entries))),
        ),
        entries_title=ENTRIES_TITLE,
        columns=COLUMNS,
        rows=tuple(entry_cells(entry) for entry in statement.entries),
        empty=EMPTY_WORDS,
        note=NOTE,
        foot=f"终端流水号 {request.terminal_number}" + ("" if request.signing_key else f" · {UNATTESTED}"),
    )


def account_fields(account: FundAccount) -> tuple[tuple[str, str], ...]:
    """The 14 fields of block 1 with their names, in the official order; also for screens."""
    return (
        ("姓名", account.name),
        ("证件号码", account.id_number),
        ("开户日期", formats.day(account.opened_on)),
        ("销户日期", formats.day(account.closed_on)),
        ("缴存网点", account.branch),
        ("住房公积金账号", account.account_number),
        ("账户状态", account.state),
        ("余额", formats.yuan(account.balance_fen)),
        ("累计缴存", formats.yuan(account.total_paid_in_fen)),
        ("累计支取", formats.yuan(account.total_withdrawn_fen)),
        ("末次汇缴月份", formats.month(account.last_paid_month)),
        ("当前月缴额", formats.yuan(account.monthly_fen)),
        ("当前单位账号", account.employer_account or formats.EMPTY),
        ("当前所在单位名称", account.employer or formats.EMPTY),
    )


def entry_cells(entry: FundEntry) -> tuple[str, ...]:
    """The nine columns of one row; also for screens."""
    return (
        formats.day(entry.date),
        entry.kind,
        entry.reason or formats.EMPTY,
        formats.month(entry.month),
        formats.yuan(entry.amount_fen),
        formats.yuan(entry.balance_fen),
        formats.yuan(entry.interest_fen),
        entry.employer_account or formats.EMPTY,
        entry.employer or formats.EMPTY,
    )


def page_words(words: SheetWords) -> PageWords:
    """The words as they stand on the pages."""
    head = words.watermark * (3 if words.watermark else 0) + words.title + words.demo_words + words.hall
    lead = words.account_title + "".join(name + value for name, value in words.account)
    lead += words.qr_caption if words.attested else ""
    lead += "".join(name + value for name, value in words.totals) + words.entries_title
    return PageWords(
        head=head + "".join(name + value for name, value in words.header),
        lead=(lead + ("" if words.rows else words.empty),),
        columns="".join(words.columns),
        rows=tuple("".join(row) for row in words.rows),
        foot=words.note + words.foot,
    )


def usual_breaks(words: SheetWords) -> list[int]:
    """The page of each piece if the pages break where they usually do; a guess that saves a second layout."""
    first, following = FIRST_PAGE_ROWS, FOLLOWING_PAGE_ROWS
    return [1, *(1 if row < first else 2 + (row - first) // following for row in range(len(words.rows)))]


def sum_of_entries(statement: FundStatement) -> int:
    """Sum of 发生金额 in fen."""
    return sum(entry.amount_fen for entry in statement.entries)
