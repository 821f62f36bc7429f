"""The slip of a plain query: what was asked, whether its paper came out, and what to do now. It shows nothing of the answer."""

from kiosk.base.sentences import Language, sentence
from kiosk.documents.slip import PaperOutcome, SlipData

_NEXT = {
    PaperOutcome.PRINTED: "take",
    PaperOutcome.NOT_PRINTED: "print_again",
    PaperOutcome.UNKNOWN: "ask_person",
}


def answer_slip(
    *,
    language: Language,
    hall: str,
    site: str,
    item: str,
    name_masked: str,
    done_at: str,
    terminal_number: str,
    title: str,
    paper: PaperOutcome | None,
    pages: int,
    demo: bool,
    is_attested: bool,
    is_withheld: bool,
) -> SlipData:
    """The slip's data.

    Args:
        item: name of the service item.
        title: of the paper, as it stands on it: simplified Chinese.
        paper: what became of it, None: the item prints none.
        pages: of the paper, 0 where it was not laid out.
        is_attested: the paper bears a code that proves it.
        is_withheld: the department gave no code for its certificate, so there was no paper to print.
    """

    def words(key: str) -> str:
        return sentence(f"department.slip.{key}", language)

    def papers() -> tuple[str, str]:
        if paper is None:
            return words("no_paper"), ""
        named = sentence("documents.slip_paper", language, title=title, pages=str(pages)) if pages else title
        return named, sentence(f"documents.outcome_{paper.name.lower()}", language)

    steps: list[str] = []
    if is_withheld:
        steps.append(words("withheld"))
    elif paper is not None:
        steps.append(words(_NEXT[paper]))
    if paper is PaperOutcome.PRINTED and is_attested:
        steps.append(words("verify"))
    steps.append(sentence("documents.next_keep_slip", language))
    return SlipData(
        language=language,
        hall=hall,
        item=item,
        name_masked=name_masked,
        done_at=done_at,
        site=site,
        terminal_number=terminal_number,
        papers=(),
        next_steps=tuple(steps),
        demo=demo,
        content=(sentence("documents.slip_papers", language), (papers(),)),
    )
