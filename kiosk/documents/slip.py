"""The slip a citizen takes along: what was done, when, at which terminal, and what comes next; 72 mm of thermal paper.

One `SlipData` serves two outputs: lines of text for a printer's own font (`slip_lines`) and a drawn picture
(`kiosk.documents.render`). Names are masked by whoever makes the data; a slip is left lying about.
"""

import unicodedata
from dataclasses import dataclass, field
from enum import Enum

from kiosk.base.sentences import Language, sentence


class PaperOutcome(Enum):
    """What became of a paper: printed, not printed, or nobody knows and a person must look."""

    PRINTED = "printed"
    NOT_PRINTED = "notPrinted"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class SlipPaper:
    """One paper of the visit: its title, its pages, what became of it."""

    title: str
    pages: int
    outcome: PaperOutcome


@dataclass(frozen=True)
class SlipData:
    """What a slip says; all words already in `language`.

    Attributes:
        language: of the labels.
        hall: the hall's name at the head.
        item: what was done, e.g. 住房公积金查询.
        name_masked: by `kiosk.identity.mask_name`.
        done_at: ``YYYY-MM-DD HH:mm:ss``.
        site: where the terminal stands.
        terminal_number: 终端流水号.
        papers: which papers came out.
        next_steps: sentences, what to do now.
        demo: marks the slip as of no worth.
        qr: text of a QR code, None for none.
        content: in place of the papers, a heading and what stands under it.
    """

    language: Language
    hall: str
    item: str
    name_masked: str = field(repr=False)
    done_at: str
    site: str
    terminal_number: str
    papers: tuple[SlipPaper, ...]
    next_steps: tuple[str, ...]
    demo: bool
    qr: str | None = field(default=None, repr=False)
    content: tuple[str, tuple[tuple[str, str], ...]] | None = None


class SlipStyle(Enum):
    """Title: double width and height. Body: the printer's normal font. Small: its narrow font or the same. QR: `text` is its content."""

    TITLE = "title"
    BODY = "body"
    SMALL = "small"
    RULE = "rule"
    QR = "qr"


class SlipAlign(Enum):
    """Where a line stands."""

    LEFT = "left"
    CENTER = "center"


@dataclass(frozen=True)
class SlipLine:
    """One line for a text printer, already broken to its width; a rule's text is empty."""

    text: str = field(repr=False)
    style: SlipStyle
    align: SlipAlign = SlipAlign.LEFT


@dataclass(frozen=True)
class SlipLayout:
    """The words of a slip in their order, the common source of both outputs."""

    hall: str
    title: str
    mark: str
    fields: tuple[tuple[str, str], ...] = field(repr=False)
    number: tuple[str, str]
    papers_heading: str
    papers: tuple[tuple[str, str], ...]
    next_heading: str
    next_steps: tuple[str, ...]
    foot: str


def statement_slip(
    *,
    language: Language,
    hall: str,
    site: str,
    name_masked: str,
    done_at: str,
    terminal_number: str,
    paper: PaperOutcome | None,
    pages: int,
    demo: bool,
    is_attested: bool = True,
) -> SlipData:
    """The slip of a provident fund query.

    `paper` None: the citizen printed no sheet; `pages` and `is_attested` are those of the sheet.
    """
    papers: tuple[SlipPaper, ...] = ()
    steps: list[str] = []
    if paper is not None:
        papers = (SlipPaper(sentence("documents.sheet_title", language), pages, paper),)
    if paper is PaperOutcome.PRINTED:
        steps.append(sentence("documents.next_take_sheet", language))
        if is_attested:
            steps.append(sentence("documents.next_verify_sheet", language))
    elif paper is PaperOutcome.NOT_PRINTED:
        steps.append(sentence("documents.next_print_again", language))
    elif paper is PaperOutcome.UNKNOWN:
        steps.append(sentence("documents.next_ask_person", language))
    steps.append(sentence("documents.next_keep_slip", language))
    return SlipData(
        language=language,
        hall=hall,
        item=sentence("documents.item_fund_query", language),
        name_masked=name_masked,
        done_at=done_at,
        site=site,
        terminal_number=terminal_number,
        papers=papers,
        next_steps=tuple(steps),
        demo=demo,
    )


def lay_out_slip(data: SlipData) -> SlipLayout:
    """Puts labels to the data."""

    def words(key: str, **placeholders: str) -> str:
        return sentence(key, data.language, **placeholders)

    if data.content is not None:
        heading, papers = data.content
    else:
        heading = words("documents.slip_papers")
        papers = tuple(
            (
                words("documents.slip_paper", title=paper.title, pages=str(paper.pages)),
                words(f"documents.outcome_{paper.outcome.name.lower()}"),
            )
            for paper in data.papers
        ) or ((words("documents.slip_no_paper"), ""),)
    return SlipLayout(
        hall=data.hall,
        title=words("documents.slip_title"),
        mark=words("documents.demo_mark") if data.demo else "",
        fields=(
            (words("documents.slip_item"), data.item),
            (words("documents.slip_name"), data.name_masked),
            (words("documents.slip_done_at"), data.done_at),
            (words("documents.slip_site"), data.site),
        ),
        number=(words("documents.slip_terminal_number"), data.terminal_number),
        papers_heading=heading,
        papers=papers,
        next_heading=words("documents.slip_next"),
        next_steps=data.next_steps,
        foot=words("documents.slip_foot"),
    )


def slip_lines(data: SlipData, columns: int = 48) -> tuple[SlipLine, ...]:
    """The slip as lines of at most `columns` half-width places (a title: half of that), for text printing."""
    layout = lay_out_slip(data)
    lines: list[SlipLine] = []

    def add(text: str, style: SlipStyle, align: SlipAlign = SlipAlign.LEFT, indent: str = "") -> None:
        width = columns // 2 if style is SlipStyle.TITLE else columns
        lines.extend(SlipLine(part, style, align) for part in wrap(text, width, indent))

    rule = SlipLine("", SlipStyle.RULE)
    if layout.mark:
        add(layout.mark, SlipStyle.BODY, SlipAlign.CENTER)
    add(layout.hall, SlipStyle.BODY, SlipAlign.CENTER)
    add(layout.title, SlipStyle.TITLE, SlipAlign.CENTER)
    lines.append(rule)
    for label, value in (*layout.fields, layout.number):
        if display_width(label) + 2 + display_width(value) <= columns:
            add(f"{label}  {value}", SlipStyle.BODY)
        else:
            add(label, SlipStyle.BODY)
            add(f"  {value}", SlipStyle.BODY, indent="  ")
    lines.append(rule)
    add(layout.papers_heading, SlipStyle.BODY)
    for title, outcome in layout.papers:
        add(f"  {title}  {outcome}".rstrip(), SlipStyle.BODY, indent="  ")
    lines.append(rule)
    add(layout.next_heading, SlipStyle.BODY)
    for number, step in enumerate(layout.next_steps, 1):
        add(f"{number}. {step}", SlipStyle.BODY, indent="   ")
    if data.qr is not None:
        lines.append(SlipLine(data.qr, SlipStyle.QR, SlipAlign.CENTER))
    lines.append(rule)
    add(layout.foot, SlipStyle.SMALL, SlipAlign.CENTER)
    if layout.mark:
        add(layout.mark, SlipStyle.BODY, SlipAlign.CENTER)
    return tuple(lines)


def display_width(text: str) -> int:
    """Half-width places that `text` takes on a Chinese text printer: wide and ambiguous characters take two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)


def wrap(text: str, columns: int, indent: str = "") -> list[str]:
    """Breaks `text` into lines of at most `columns` places: between words, or anywhere beside a wide character."""
    lines: list[str] = []
    line = ""
    for word in _words(text):
        if display_width(line + word.rstrip()) <= columns or not line.strip():
            line += word
        else:
            lines.append(line.rstrip())
            line = indent + word
        while display_width(line.rstrip()) > columns:
            head = line
            while display_width(head) > columns:
                head = head[:-1]
            lines.append(head)
            line = indent + line[len(head) :]
    lines.append(line.rstrip())
    return lines


_NO_LINE_START = "，。；：、！？）》」』”"


def _words(text: str) -> list[str]:
    """Pieces that must stay together: a Latin word with its spaces, a wide character with the punctuation after it."""
    words: list[str] = []
    for character in text:
        is_wide = display_width(character) == 2
        if words and (
            character in _NO_LINE_START
            or (
                not is_wide
                and display_width(words[-1][-1]) == 1
                and not (words[-1][-1] == " " and character != " " and words[-1].strip())
            )
        ):
            words[-1] += character
        else:
            words.append(character)
    return words
