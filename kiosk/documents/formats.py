"""How amounts, dates, months and times are written, on paper and on screens alike.

Amounts are integers in fen and are written in yuan with two decimals. 大写 follows 正确填写票据和结算凭证的基本规定 (annex of
支付结算办法, People's Bank of China, 1997).
"""

import re
from datetime import date, datetime

MINUS = "-"
"""The hyphen-minus: half as wide as a figure in the terminal's font and part of every printer's code page."""

EMPTY = "—"
"""What stands where there is nothing to write."""

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")


def yuan(fen: int) -> str:
    """``-123456`` → ``-1,234.56``; no currency sign."""
    whole, rest = divmod(abs(fen), 100)
    return f"{MINUS if fen < 0 else ''}{whole:,}.{rest:02d}"


def yuan_in_words(fen: int) -> str:
    """``32504`` → ``叁佰贰拾伍元零肆分``; below zero begins with 负.

    Raises:
        ValueError: ten thousand billion yuan or more.
    """
    whole, rest = divmod(abs(fen), 100)
    jiao, cents = divmod(rest, 10)
    if whole >= 10**16:
        raise ValueError("amount too large for words")
    text = f"{_whole_in_words(whole)}元" if whole else ""
    if jiao:
        text += f"{_DIGITS[jiao]}角"
    elif cents and whole:
        text += "零"
    if cents:
        text += f"{_DIGITS[cents]}分"
    if not rest:
        text = f"{text or '零元'}整"
    return f"负{text}" if fen < 0 else text


def _whole_in_words(whole: int) -> str:
    groups: list[int] = []
    while whole:
        whole, low = divmod(whole, 10_000)
        groups.append(low)
    text = ""
    is_gap = False
    for power in range(len(groups) - 1, -1, -1):
        group = groups[power]
        if not group:
            is_gap = bool(text)
            continue
        if text and (is_gap or group < 1000):
            text += "零"
        text += _group_in_words(group) + _GROUPS[power]
        is_gap = group % 10 == 0
    # 壹万亿零壹亿 is spoken with one 亿 only.
    return text.replace("万亿", "万", 1) if "万亿" in text and text.count("亿") > 1 else text


def _group_in_words(group: int) -> str:
    text = ""
    is_gap = False
    for place in range(3, -1, -1):
        digit = group // 10**place % 10
        if not digit:
            is_gap = bool(text)
            continue
        text += ("零" if is_gap else "") + _DIGITS[digit] + _PLACES[place]
        is_gap = False
    return text


def day(value: date | str | None) -> str:
    """A day as ``YYYY-MM-DD``, zero padded; None or "" gives the empty mark. Text must be ISO 8601.

    Raises:
        ValueError: the text is no day.
    """
    if not value:
        return EMPTY
    if isinstance(value, datetime):
        return value.date().isoformat()
    return (date.fromisoformat(value) if isinstance(value, str) else value).isoformat()


def moment(value: datetime) -> str:
    """``YYYY-MM-DD HH:mm:ss`` in the zone of `value`."""
    return value.strftime("%Y-%m-%d %H:%M:%S")


def month(value: str | None) -> str:
    """A month as ``YYYYMM``; None or "" gives the empty mark.

    Raises:
        ValueError: six digits with a month 01-12 wanted.
    """
    if not value:
        return EMPTY
    if not re.fullmatch(r"[0-9]{4}(0[1-9]|1[0-2])", value):
        raise ValueError("a month is YYYYMM")
    return value


def span(first: date | str, last: date | str) -> str:
    """``a 至 b``, as official forms write a period."""
    return f"{day(first)} 至 {day(last)}"
