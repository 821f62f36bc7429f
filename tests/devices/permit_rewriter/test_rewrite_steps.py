"""Every pair of what the ledger says and what is seen: what comes next, and that no answer can spoil a card."""

from itertools import product

import pytest

from devices.permit_rewriter.ledger import (
    BLANK,
    Begun,
    Closed,
    Ended,
    HeldBack,
    History,
    JobEnd,
    Opened,
    Step,
    StepOutcome,
    history_of,
    opened,
)
from devices.permit_rewriter.rewrite_steps import (
    NOTHING_SEEN,
    TABLE,
    Again,
    BackSeen,
    ChipSeen,
    EjectUntouched,
    Evidence,
    Finished,
    Go,
    Hold,
    Point,
    evidence_of,
    is_untouched,
    judge,
    point_of,
)
from devices.permit_rewriter.types import Back, CardSeen, Raster
from devices.status import Media
from kiosk.base.sentences import known_sentences

SALT = "00112233445566778899aabbccddeeff"
OLD, NEW = Raster(8, 1, b"\x01"), Raster(8, 1, b"\x02")
CARD = CardSeen(Media.LATCHED, b"\x01\x02\x03\x04", b"before", Back.PRINTED, OLD.digest())
JOB = opened("job-1", SALT, CARD, b"after", NEW.digest())
FRESH_CARD = CardSeen(Media.LATCHED, b"\x01\x02\x03\x04", b"before", Back.BLANK)
BLANK_JOB = opened("job-1", SALT, FRESH_CARD, b"after", NEW.digest())

TO_POINT = {
    Point.FRESH: (),
    Point.ERASE: (Step.ERASE,),
    Point.CHIP_WRITE: (Step.ERASE, Step.CHIP_WRITE),
    Point.PRINT: (Step.ERASE, Step.CHIP_WRITE, Step.PRINT),
    Point.VERIFY: (Step.ERASE, Step.CHIP_WRITE, Step.PRINT, Step.VERIFY),
    Point.VERIFIED: (Step.ERASE, Step.CHIP_WRITE, Step.PRINT, Step.VERIFY),
    Point.EJECT: (Step.ERASE, Step.CHIP_WRITE, Step.PRINT, Step.VERIFY, Step.EJECT),
}


def history(point: Point, times: int = 1, job: Opened = JOB, *, is_verified: bool | None = None) -> History:
    """A job that came to a point, its last step begun so many times."""
    steps = TO_POINT[point]
    records: list[Begun | Ended] = []
    for step in steps:
        for _ in range(times if step is steps[-1] else 1):
            records.append(Begun(step, job.card_token))
            is_done = point is not Point.VERIFY or step is not Step.VERIFY
            if is_verified is False and step is Step.VERIFY:
                is_done = False
            if step is not steps[-1] or point is Point.VERIFIED:
                records.append(Ended(step, StepOutcome.DONE if is_done else StepOutcome.FAILED))
    found = history_of((job, *records))
    assert found is not None
    return found


def seen(chip: ChipSeen, back: BackSeen, media: Media = Media.LATCHED, *, is_other: bool = False) -> Evidence:
    return Evidence(media, is_other, chip, back)


E_ = Go(Step.ERASE)
W_ = Go(Step.CHIP_WRITE)
P_ = Go(Step.PRINT)
V_ = Go(Step.VERIFY)
X_ = Go(Step.EJECT)


def held(word: str) -> Hold:
    return Hold(f"rewriter.{word}")


def back_out(word: str) -> EjectUntouched:
    return EjectUntouched(f"rewriter.{word}")


C, S, N = held("conflict"), held("chip_silent"), held("back_not_seen")
U, R = back_out("card_changed"), back_out("card_unreadable")
F = held("not_verified")
WANTED = {
    # (the first time, when the step was begun twice already); rows: chip before, after, other, silent
    Point.FRESH: (
        (E_, E_, U, U, R),
        (U, U, U, U, R),
        (U, U, U, U, R),
        (R, R, R, R, R),
    ),
    Point.ERASE: (
        ((E_, back_out("not_erased")), W_, C, (E_, held("not_erased")), N),
        (C, C, C, C, N),
        (C, C, C, C, N),
        (S, S, S, S, S),
    ),
    Point.CHIP_WRITE: (
        (C, (W_, held("not_written")), C, C, N),
        (C, P_, C, C, N),
        (C, (W_, held("half_written")), C, C, N),
        (S, S, S, S, S),
    ),
    Point.PRINT: (
        (C, C, C, C, N),
        (C, (P_, held("not_printed")), V_, held("print_spoilt"), N),
        (C, C, C, C, N),
        (S, S, S, S, S),
    ),
    Point.VERIFY: (
        (F, F, F, F, N),
        (F, F, (V_, F), F, N),
        (F, F, F, F, N),
        (S, S, S, S, S),
    ),
    Point.VERIFIED: (
        (C, C, C, C, N),
        (C, C, X_, C, N),
        (C, C, C, C, N),
        (S, S, S, S, S),
    ),
    Point.EJECT: (
        (C, C, C, C, N),  # verified, and now as before: not what was to be ejected
        (C, C, (X_, held("not_ejected")), C, N),
        (C, C, C, C, N),
        (S, S, S, S, S),
    ),
}
PAIRS = list(product(Point, ChipSeen, BackSeen))
CHIPS, BACKS = list(ChipSeen), list(BackSeen)


@pytest.mark.parametrize(("point", "chip", "back"), PAIRS, ids=lambda value: str(value.value))
def test_every_pair_is_answered_as_named(point: Point, chip: ChipSeen, back: BackSeen) -> None:
    wanted = WANTED[point][CHIPS.index(chip)][BACKS.index(back)]
    first, after = wanted if isinstance(wanted, tuple) else (wanted, wanted)
    is_verified = point in (Point.VERIFIED, Point.EJECT)
    assert judge(history(point), seen(chip, back), may_work=True, redoes=1) == first
    twice = history(point, 2) if point is not Point.FRESH else history(point)
    assert twice.is_verified is is_verified
    assert judge(twice, seen(chip, back), may_work=True, redoes=1) == after
    if isinstance(wanted, tuple):
        assert judge(history(point), seen(chip, back), may_work=True, redoes=0) == after


@pytest.mark.parametrize("job", [JOB, BLANK_JOB], ids=["printed", "blank"])
@pytest.mark.parametrize(("may_work", "redoes", "times"), list(product((True, False), (0, 1), (1, 2))))
@pytest.mark.parametrize("is_verified", [True, False])
def test_no_answer_can_spoil_a_card(job: Opened, may_work: bool, redoes: int, times: int, is_verified: bool) -> None:
    """What holds for all pairs, said without the table."""
    pasts = {point: history(point, times, job, is_verified=is_verified) for point in Point}
    for (point, chip, back), media, is_other in product(PAIRS, Media, (False, True)):
        past = pasts[point]
        evidence = seen(chip, back, media, is_other=is_other)
        decision = judge(past, evidence, may_work=may_work, redoes=redoes)
        is_whole = (chip, back) == (ChipSeen.AFTER, BackSeen.NEW)
        if isinstance(decision, Go):
            assert media in (Media.PRESENT, Media.LATCHED)
            assert not is_other
            assert past.begun[decision.step] <= redoes or past.begun[decision.step] == 0
            if decision.step in (Step.ERASE, Step.CHIP_WRITE, Step.PRINT):
                assert may_work
                assert not is_whole
            if decision.step is Step.ERASE:
                assert chip is ChipSeen.BEFORE
            if decision.step is Step.CHIP_WRITE:
                assert back is BackSeen.BLANK
            if decision.step is Step.PRINT:
                assert (chip, back) == (ChipSeen.AFTER, BackSeen.BLANK)
            if decision.step is Step.EJECT:
                assert (is_whole and past.is_verified) or (is_untouched(past, evidence) and not past.is_verified)
        elif isinstance(decision, EjectUntouched):
            assert not is_other
            assert point is Point.FRESH or is_untouched(past, evidence)
        elif isinstance(decision, Finished):
            assert point in (Point.FRESH, Point.EJECT)
            assert media in (Media.NOT_PRESENT, Media.ENTERING)


def test_the_table_names_every_pair_and_every_reason_has_a_sentence() -> None:
    assert set(TABLE) == set(PAIRS)
    reasons = {rule.reason for rule in TABLE.values() if isinstance(rule, Hold | EjectUntouched | Again)}
    assert reasons <= set(known_sentences())


@pytest.mark.parametrize(
    ("media", "reason"),
    [
        (Media.JAMMED, "rewriter.jammed"),
        (Media.UNKNOWN, "rewriter.not_seen"),
        (Media.RETRACTED, "rewriter.conflict"),
        (Media.NOT_PRESENT, "rewriter.card_not_found"),
        (Media.ENTERING, "rewriter.card_not_found"),
    ],
)
def test_a_card_that_is_not_inside_in_mid_work_asks_for_staff(media: Media, reason: str) -> None:
    evidence = seen(ChipSeen.UNKNOWN, BackSeen.UNKNOWN, media)
    assert judge(history(Point.PRINT), evidence, may_work=True, redoes=1) == Hold(reason)
    assert reason in known_sentences()


def test_nothing_seen_holds_the_card() -> None:
    assert judge(history(Point.FRESH), NOTHING_SEEN, may_work=True, redoes=1) == held("not_seen")


def test_a_card_that_left_is_finished() -> None:
    gone = seen(ChipSeen.UNKNOWN, BackSeen.UNKNOWN, Media.NOT_PRESENT)
    assert judge(history(Point.EJECT), gone, may_work=False, redoes=1) == Finished(True, is_in_slot=False)
    assert judge(history(Point.FRESH), gone, may_work=False, redoes=1) == Finished(False, is_in_slot=False)
    in_slot = seen(ChipSeen.UNKNOWN, BackSeen.UNKNOWN, Media.ENTERING)
    assert judge(history(Point.EJECT), in_slot, may_work=False, redoes=1) == Finished(True, is_in_slot=True)


def test_another_card_is_held_for_staff() -> None:
    evidence = seen(ChipSeen.BEFORE, BackSeen.OLD, is_other=True)
    assert judge(history(Point.FRESH), evidence, may_work=True, redoes=1) == held("other_card")


def test_without_the_data_work_is_given_up_and_a_check_goes_on() -> None:
    for point, chip, back, wanted in (
        (Point.FRESH, ChipSeen.BEFORE, BackSeen.OLD, back_out("interrupted")),
        (Point.ERASE, ChipSeen.BEFORE, BackSeen.BLANK, held("interrupted")),
        (Point.ERASE, ChipSeen.BEFORE, BackSeen.OLD, back_out("interrupted")),
        (Point.CHIP_WRITE, ChipSeen.AFTER, BackSeen.BLANK, held("interrupted")),
        (Point.PRINT, ChipSeen.AFTER, BackSeen.NEW, V_),
    ):
        assert judge(history(point), seen(chip, back), may_work=False, redoes=1) == wanted
    came_blank = history(Point.ERASE, job=BLANK_JOB)
    assert came_blank.came_blank
    decision = judge(came_blank, seen(ChipSeen.BEFORE, BackSeen.BLANK), may_work=False, redoes=1)
    assert decision == back_out("interrupted")


def test_an_untouched_card_that_did_not_come_out_is_put_out_once_more() -> None:
    records = (JOB, Begun(Step.EJECT, JOB.card_token))
    past = history_of(records)
    assert past is not None
    untouched = seen(ChipSeen.BEFORE, BackSeen.OLD)
    assert judge(past, untouched, may_work=False, redoes=1) == X_
    assert judge(past, untouched, may_work=False, redoes=0) == held("not_ejected")
    assert judge(past, seen(ChipSeen.AFTER, BackSeen.NEW), may_work=False, redoes=1) == C


def test_held_and_closed_jobs_stay_so() -> None:
    evidence = seen(ChipSeen.BEFORE, BackSeen.BLANK)
    past = history_of((JOB, Begun(Step.ERASE, JOB.card_token), HeldBack("rewriter.jammed")))
    assert past is not None
    assert judge(past, evidence, may_work=True, redoes=1) == held("jammed")
    past = history_of((JOB, Closed(JobEnd.RETAINED)))
    assert past is not None
    assert judge(past, evidence, may_work=True, redoes=1) == Finished(False, is_in_slot=False)


def test_a_check_that_passed_is_the_point_verified() -> None:
    assert point_of(history(Point.VERIFIED)) is Point.VERIFIED
    assert point_of(history(Point.VERIFY)) is Point.VERIFY


@pytest.mark.parametrize(
    ("card", "wanted"),
    [
        (CARD, seen(ChipSeen.BEFORE, BackSeen.OLD)),
        (CardSeen(Media.LATCHED, CARD.chip_id, b"after", Back.BLANK), seen(ChipSeen.AFTER, BackSeen.BLANK)),
        (
            CardSeen(Media.LATCHED, CARD.chip_id, b"torn", Back.PRINTED, NEW.digest()),
            seen(ChipSeen.OTHER, BackSeen.NEW),
        ),
        (
            CardSeen(Media.LATCHED, CARD.chip_id, b"after", Back.PRINTED, bytes(32)),
            seen(ChipSeen.AFTER, BackSeen.OTHER),
        ),
        (CardSeen(Media.LATCHED, CARD.chip_id, None, Back.UNREADABLE), seen(ChipSeen.UNKNOWN, BackSeen.OTHER)),
        (CardSeen(Media.LATCHED), seen(ChipSeen.UNKNOWN, BackSeen.UNKNOWN)),
        (
            CardSeen(Media.LATCHED, b"\x09\x09\x09\x09", b"before", Back.PRINTED, OLD.digest()),
            seen(ChipSeen.BEFORE, BackSeen.OLD, is_other=True),
        ),
    ],
)
def test_what_is_seen_is_compared_with_the_job(card: CardSeen, wanted: Evidence) -> None:
    assert evidence_of(JOB, card) == wanted
    assert BLANK not in (JOB.back_before, JOB.back_after)
