"""Which numbered sheets a print has used up and which it has spoiled; pure bookkeeping.

Licence paper (证照专用纸) carries printed serial numbers, and each sheet has to be accounted for. Sheets leave a tray in the order of
their numbers, so a print cuts the loaded run in three: *used* (came out whole), *spoiled* (jammed, half printed, or nobody knows), and
what *remains*. Nothing is in two of them and nothing in none. What may have left the tray is never counted as remaining.
"""

import msgspec

_MOST_DIGITS = 18


class SerialRun(msgspec.Struct, frozen=True):
    """Numbered sheets in the order in which they are fed.

    Attributes:
        first: number of the first sheet, >= 0; `prefix` stands before it, `digits` is its width.
        count: sheets, >= 0.
    """

    first: int
    count: int
    prefix: str = ""
    digits: int = 8

    @property
    def is_sound(self) -> bool:
        """Whether these can be numbers on paper."""
        is_number = self.first >= 0 and self.count >= 0 and 1 <= self.digits <= _MOST_DIGITS
        return is_number and self.first + self.count <= 10**self.digits

    def serials(self) -> list[str]:
        """The numbers as they stand on the sheets."""
        return [f"{self.prefix}{self.first + at:0{self.digits}d}" for at in range(self.count)]

    def cut(self, count: int) -> "tuple[SerialRun, SerialRun]":
        """The first `count` sheets, at most all, and the others."""
        taken = max(0, min(count, self.count))
        head = msgspec.structs.replace(self, count=taken)
        return head, msgspec.structs.replace(self, first=self.first + taken, count=self.count - taken)

    def overlaps(self, other: "SerialRun") -> bool:
        """Whether a sheet is in both."""
        is_same_paper = (self.prefix, self.digits) == (other.prefix, other.digits)
        is_there = self.count > 0 and other.count > 0
        return (
            is_same_paper
            and is_there
            and self.first < other.first + other.count
            and other.first < self.first + self.count
        )


class SerialAccount(msgspec.Struct, frozen=True):
    """What became of the run that was loaded: ``used + spoiled + remaining``, in that order, is the run.

    Attributes:
        is_certain: False when a person must compare the top sheet's number with `remaining` before the next print.
    """

    used: SerialRun
    spoiled: SerialRun
    remaining: SerialRun
    is_certain: bool


def sheets_of(pages: int, *, is_duplex: bool) -> int:
    """Sheets that so many pages take."""
    return (pages + 1) // 2 if is_duplex else pages


def untouched(loaded: SerialRun) -> SerialAccount:
    """Nothing has left the tray."""
    nothing, rest = loaded.cut(0)
    return SerialAccount(nothing, nothing, rest, is_certain=True)


def all_used(loaded: SerialRun, sheets: int) -> SerialAccount:
    """The printer says that the whole job came out."""
    used, rest = loaded.cut(sheets)
    return SerialAccount(used, rest.cut(0)[0], rest, is_certain=True)


def broken_off(loaded: SerialRun, sheets: int, *, finished: int | None, in_path: int) -> SerialAccount:
    """The job of `sheets` sheets ended in the middle.

    Args:
        finished: sheets that came out whole by the printer's own count; None: unknown, and then none of the job's sheets is trusted.
        in_path: sheets that this printer may hold between tray and exit; they are spoiled, too.
    """
    whole = 0 if finished is None else min(max(finished, 0), sheets)
    lost = sheets - whole if finished is None else min(max(in_path, 0), sheets - whole)
    used, rest = loaded.cut(whole)
    spoiled, remaining = rest.cut(lost)
    return SerialAccount(used, spoiled, remaining, is_certain=False)


class SpentSerials:
    """What this process has seen leave the tray; no run that holds any of it is printed on again."""

    def __init__(self) -> None:
        self._runs: list[SerialRun] = []

    def add(self, account: SerialAccount) -> None:
        """Remembers used and spoiled sheets; runs that touch are joined, so the list stays as short as the changes of paper."""
        for run in (account.used, account.spoiled):
            if not run.count:
                continue
            last = self._runs[-1] if self._runs else None
            if last is not None and last.cut(last.count)[1] == msgspec.structs.replace(run, count=0):
                self._runs[-1] = msgspec.structs.replace(last, count=last.count + run.count)
            else:
                self._runs.append(run)

    def holds_any_of(self, loaded: SerialRun) -> bool:
        """Whether a sheet of `loaded` has left the tray before."""
        return any(run.overlaps(loaded) for run in self._runs)
