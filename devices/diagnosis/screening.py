"""The last sieve: what could be of a person is taken out of every member, although nothing personal should have got that far.

Log lines are let through only in the shape that `kiosk.base.logs` writes (its catalogue and allow-list have redacted them once
already); anything else in a log file is another program's and is left out. A number that is a valid identity number (GB 11643,
check character by ISO 7064 MOD 11-2) is taken out wherever it stands.
"""

import json
import re
from collections.abc import Iterable

LEFT_OUT = "<left out>"
_OWN = ("time", "level", "room", "event", "pid", "text")
_LONGEST_LINE = 4000
_PLAIN = re.compile(r"[ -~]*")
_ID_NUMBER = re.compile(rb"(?<!\d)\d{6}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CRASH = re.compile(
    r'  File "[ -~]{1,300}", line \d{1,7} in [\w<>.]{1,100}|(Current thread|Thread) 0x[0-9a-f]{1,16} \(most recent call first\):'
    r"|Fatal Python error: [A-Za-z ]{1,60}|  <[a-zA-Z ]{1,60}>|"
)


def screened(data: bytes) -> bytes:
    """`data` without identity numbers."""
    return _ID_NUMBER.sub(lambda found: LEFT_OUT.encode() if _is_valid(found[0]) else found[0], data)


def _is_valid(number: bytes) -> bool:
    total = sum((digit - 0x30) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    return b"10X98765432"[total % 11 : total % 11 + 1] == number[17:].upper()


def log_lines(lines: Iterable[str]) -> list[str]:
    """The lines that our own log wrote, and how many were left out."""
    kept = []
    dropped = 0
    for line in lines:
        if _is_ours(line):
            kept.append(line)
        else:
            dropped += 1
    return [*kept, *([f"{LEFT_OUT}: {dropped} line(s) that are not of the log's own shape"] if dropped else [])]


def crash_lines(lines: Iterable[str]) -> list[str]:
    """Of a faulthandler file: places in programs, nothing else."""
    return [line for line in lines if _CRASH.fullmatch(line)]


def _is_ours(line: str) -> bool:
    if len(line) > _LONGEST_LINE:
        return False
    try:
        told = json.loads(line)
    except ValueError:
        return False
    if not isinstance(told, dict) or not all(name in told for name in _OWN):
        return False
    return all(_is_plain(value) for value in told.values())


def _is_plain(value: object) -> bool:
    if isinstance(value, str):
        return _PLAIN.fullmatch(value) is not None
    return value is None or isinstance(value, bool | int | float)
