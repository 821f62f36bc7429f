"""The slip of a plain query: item, what came out, what now."""

import pytest

from kiosk.base.sentences import LANGUAGES, Language, sentence
from kiosk.documents import PaperOutcome, SlipData, SlipStyle, answer_slip, slip_lines
from kiosk.documents.slip import display_width, lay_out_slip

TITLE = "样本参保证明"


def slip(
    paper: PaperOutcome | None,
    language: Language = "zh_CN",
    *,
    pages: int = 2,
    is_attested: bool = True,
    is_withheld: bool = False,
) -> SlipData:
    return answer_slip(
        language=language,
        hall="演示市24小时政务服务大厅",
        site="城东街道便民服务中心",
        item="社会保险查询",
        name_masked="张*三",
        done_at="2026-03-05 09:08:07",
        terminal_number="T-GZ0012-1I6LUC-000128-K",
        title=TITLE,
        paper=paper,
        pages=pages,
        demo=True,
        is_attested=is_attested,
        is_withheld=is_withheld,
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("paper", [None, *PaperOutcome])
@pytest.mark.parametrize("is_withheld", [False, True])
@pytest.mark.parametrize("columns", [32, 48])
def test_no_line_is_wider_than_the_paper(
    language: Language, paper: PaperOutcome | None, is_withheld: bool, columns: int
) -> None:
    for line in slip_lines(slip(paper, language, is_withheld=is_withheld), columns):
        limit = columns // 2 if line.style is SlipStyle.TITLE else columns
        assert display_width(line.text) <= limit


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("paper", PaperOutcome)
def test_the_paper_is_named_with_its_outcome_and_pages(language: Language, paper: PaperOutcome) -> None:
    outcome = sentence(f"documents.outcome_{paper.name.lower()}", language)
    ((named, said),) = lay_out_slip(slip(paper, language)).papers
    assert (TITLE in named, "2" in named, said) == (True, True, outcome)
    assert lay_out_slip(slip(paper, language, pages=0)).papers == ((TITLE, outcome),)


def test_each_outcome_has_its_own_advice_and_the_number_is_always_kept() -> None:
    advice = [slip(paper).next_steps for paper in (None, *PaperOutcome)]
    assert len({steps[0] for steps in advice}) == len(advice)
    assert {steps[-1] for steps in advice} == {sentence("documents.next_keep_slip", "zh_CN")}


def test_the_check_of_the_paper_is_told_only_where_there_is_something_to_check() -> None:
    check = sentence("department.slip.verify", "zh_CN")
    assert check in slip(PaperOutcome.PRINTED).next_steps
    assert check not in slip(PaperOutcome.PRINTED, is_attested=False).next_steps
    assert check not in slip(PaperOutcome.UNKNOWN).next_steps


def test_a_withheld_certificate_is_not_to_be_tried_again() -> None:
    steps = slip(PaperOutcome.NOT_PRINTED, pages=0, is_withheld=True).next_steps
    assert sentence("department.slip.withheld", "zh_CN") in steps
    assert sentence("department.slip.print_again", "zh_CN") not in steps


def test_without_a_paper_the_slip_says_so() -> None:
    ((said, nothing),) = lay_out_slip(slip(None)).papers
    assert (said, nothing) == (sentence("department.slip.no_paper", "zh_CN"), "")
