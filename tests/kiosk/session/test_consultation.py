"""A consultation from the guide to the slip: room first, the draft kept whatever way one goes, handed in once as it is."""

import pytest

from devices.status import DeviceClass
from kiosk.base.errors import Problem
from kiosk.base.record import replace
from kiosk.session import effects, events
from kiosk.session.state import (
    AttachPage,
    AttachStage,
    Place,
    PlatformState,
    Session,
    SubmitPage,
    SubmitStage,
    WritePage,
    WriteStage,
)
from kiosk.session.submission import Category, Draft, Entry
from tests.kiosk.session.world import (
    CONSULTATION,
    FLOW,
    GONE,
    HANDED_IN,
    ONLINE,
    PICTURE,
    SLIP_NUMBER,
    TEXT,
    TODAY,
    Drive,
    person,
    ready,
)


def test_nobody_begins_before_the_store_has_promised_room() -> None:
    drive = Drive().to_reserving()
    assert drive.place is Place.GUIDE
    assert len(drive.asked(effects.ReserveOffline)) == 1
    assert not drive.here(events.Begin, CONSULTATION, "f9").asked(effects.ReserveOffline)
    refused = drive.answer(events.StoreFailed, effects.ReserveOffline, Problem("offline.full"))
    assert refused.place is Place.GUIDE
    assert refused.page.problem == Problem("offline.full")
    assert refused.session.visit.flow is None


def test_the_forms_key_is_the_one_of_its_opening_whatever_way_one_goes() -> None:
    drive = Drive().to_reserving().answer(events.RoomReserved, effects.ReserveOffline)
    assert drive.here(events.GoBack).place is Place.GUIDE
    drive.here(events.Begin, CONSULTATION, "f2").answer(events.RoomReserved, effects.ReserveOffline)
    assert drive.session.visit.draft == Draft("f1", CONSULTATION.item_code)


def test_another_item_has_a_form_of_its_own() -> None:
    other = replace(CONSULTATION, item_code="other")
    drive = Drive().to_reserving().here(events.GoBack).here(events.ChooseItem, "other").here(events.Begin, other, "f2")
    assert drive.session.visit.draft == Draft("f2", "other")


def test_online_the_second_factor_is_asked_and_what_is_handed_in_is_verified() -> None:
    drive = Drive().to_reserving().answer(events.RoomReserved, effects.ReserveOffline).here(events.Continue)
    drive.answer(events.CardRead, effects.ReadCard, person(), TODAY).here(events.Continue)
    assert drive.place is Place.FACTOR
    drive.here(events.ChooseMethod, CONSULTATION.factor_methods[0]).here(events.EnterSecret, "135790")
    drive.answer(events.FactorPassed, effects.VerifyFactor)
    assert drive.page == WritePage(WriteStage.CATEGORY)
    drive.do(events.PlatformChanged(PlatformState.UNREACHABLE, False))
    drive.here(events.ChooseCategory, Category.HELP).here(events.EnterText, TEXT, True).here(events.Continue)
    (submit,) = drive.here(events.Continue).asked(effects.SubmitItem)
    assert (submit.is_verified, submit.is_online) == (True, False)


def test_offline_the_factor_is_left_out_both_ways() -> None:
    drive = Drive().to_write()
    assert drive.here(events.GoBack).place is Place.CONSENT
    assert drive.here(events.Continue).place is Place.WRITE
    (submit,) = Drive().to_submit().asked(effects.SubmitItem)
    assert (submit.is_verified, submit.is_online) == (False, False)


def test_a_query_never_does_without_its_factor() -> None:
    drive = Drive().to_consent().with_platform(PlatformState.UNREACHABLE).here(events.Continue)
    assert drive.place is Place.FACTOR


def test_another_card_must_pass_the_factor_anew() -> None:
    drive = Drive().to_reserving().answer(events.RoomReserved, effects.ReserveOffline).here(events.Continue)
    drive.answer(events.CardRead, effects.ReadCard, person(), TODAY).here(events.Continue)
    drive.here(events.ChooseMethod, CONSULTATION.factor_methods[0]).here(events.EnterSecret, "135790")
    drive.answer(events.FactorPassed, effects.VerifyFactor).here(events.GoBack).here(events.GoBack)
    assert drive.session.visit.flow == replace(CONSULTATION, position=1)
    assert not drive.session.visit.factor_passed
    drive.answer(events.CardRead, effects.ReadCard, person(), TODAY).here(events.Continue)
    assert drive.place is Place.FACTOR


def test_what_was_entered_stays_through_back_and_change() -> None:
    drive = Drive().to_review()
    draft = drive.session.visit.draft
    assert draft == Draft("f1", CONSULTATION.item_code, Category.COMPLAINT, TEXT, PICTURE)
    drive.here(events.GoBack)
    assert drive.page == AttachPage(AttachStage.SHOW)
    drive.here(events.GoBack).here(events.GoBack).here(events.Continue)
    assert drive.page == WritePage(WriteStage.CATEGORY)
    assert drive.session.visit.draft == draft


@pytest.mark.parametrize(("entry", "place"), [(Entry.CATEGORY, Place.WRITE), (Entry.TEXT, Place.WRITE)])
def test_a_change_comes_back_to_the_review(entry: Entry, place: Place) -> None:
    drive = Drive().to_review().here(events.ChangeEntry, entry)
    assert drive.place is place
    assert drive.here(events.GoBack).place is Place.REVIEW


def test_a_picture_taken_anew_takes_the_place_of_the_old_one() -> None:
    drive = Drive().to_review().here(events.ChangeEntry, Entry.ATTACHMENT).here(events.TakePicture)
    draft = drive.session.visit.draft
    assert draft is not None
    assert draft.attachment is None
    drive.answer(events.AttachmentTaken, effects.TakeAttachment, PICTURE).here(events.Continue)
    assert drive.place is Place.REVIEW


def test_after_a_fault_the_very_same_is_handed_in_again() -> None:
    drive = Drive().to_submit()
    (first,) = drive.asked(effects.SubmitItem)
    drive.answer(events.StoreFailed, effects.SubmitItem, Problem("store.away"))
    assert drive.page == SubmitPage(SubmitStage.FAILED, Problem("store.away"))
    assert drive.here(events.GoBack).page.stage is SubmitStage.FAILED  # nothing may be changed any more
    (second,) = drive.here(events.Continue).asked(effects.SubmitItem)
    assert second.draft == first.draft
    drive.answer(events.ItemStored, effects.SubmitItem, HANDED_IN)
    assert drive.session.visit.handed_in == HANDED_IN


def test_the_slip_says_what_was_handed_in_and_back_leads_there() -> None:
    drive = Drive().to_handed_in().here(events.Print, ("j1",))
    (paper,) = drive.asked(effects.PrintDocument)
    assert paper.handed_in == HANDED_IN
    drive.ended("j1").here(events.GoBack)
    assert drive.page == SubmitPage(SubmitStage.DONE)
    assert drive.here(events.Print, ("j1",)).place is Place.SUBMIT  # no id is taken twice
    assert drive.here(events.Print, ("j2",)).place is Place.PRINT


def test_without_a_slip_one_may_go_on() -> None:
    drive = Drive(Session(availability=ready())).to_handed_in()
    drive.with_platform(PlatformState.ONLINE)
    assert drive.here(events.Continue).place is Place.RATE


def test_a_number_with_a_wrong_check_is_told_before_the_card() -> None:
    drive = Drive().to_number().here(events.EnterNumber, SLIP_NUMBER[:-1] + "0")
    assert drive.page.problem == Problem("session.number_wrong")
    (asked,) = Drive().to_progress().asked(effects.AskSlipState)
    assert asked.number == SLIP_NUMBER


def test_a_query_needs_no_room() -> None:
    assert Drive().to_guide().here(events.Begin, FLOW).place is Place.NOTICE


def test_an_item_without_attachments_has_none_to_change() -> None:
    plain = replace(CONSULTATION, steps=tuple(step for step in CONSULTATION.steps if step is not Place.ATTACH))
    drive = Drive().to_unconfirmed(plain).here(events.Continue).here(events.ChooseCategory, Category.HELP)
    drive.here(events.EnterText, TEXT, True)
    assert drive.place is Place.REVIEW
    serial = drive.session.visit.page_serial
    assert drive.here(events.ChangeEntry, Entry.ATTACHMENT).session.visit.page_serial == serial


def test_one_may_choose_to_do_without_a_factor_that_may_wait() -> None:
    drive = Drive().to_reserving().answer(events.RoomReserved, effects.ReserveOffline).here(events.Continue)
    drive.answer(events.CardRead, effects.ReadCard, person(), TODAY).here(events.Continue)
    assert drive.place is Place.FACTOR
    drive.here(events.Continue)
    assert drive.page == WritePage(WriteStage.CATEGORY)
    assert Drive().to_factor().here(events.Continue).place is Place.FACTOR  # a query cannot


def test_a_rating_waits_in_the_store_with_the_rest() -> None:
    drive = Drive().to_handed_in().here(events.Continue)
    assert drive.place is Place.RATE
    (rating,) = drive.here(events.Rate, 5).asked(effects.SubmitRating)
    assert rating.waits
    online = Drive().to_handed_in().with_platform(PlatformState.ONLINE).here(events.Continue).here(events.Rate, 5)
    assert not online.asked(effects.SubmitRating)[0].waits
    full = Drive().to_handed_in().do(events.StoreChanged(Problem("offline.full"))).here(events.Continue)
    assert full.place is Place.CURTAIN


def test_a_camera_that_is_lost_in_mid_look_is_tried_again_and_never_in_the_way() -> None:
    drive = Drive().to_attach()
    assert drive.page == AttachPage(AttachStage.ASK, live=True)
    drive.answer(events.PaperLost, effects.ShowPaper)
    assert (drive.page.live, drive.page.problem) == (False, Problem("session.camera_away"))
    drive.fire("refresh")
    assert drive.page == AttachPage(AttachStage.ASK, live=True)
    (again,) = drive.asked(effects.ShowPaper)
    assert again.effect_id == drive.session.visit.awaited["ShowPaper"]
    drive.do(events.DeviceChanged(DeviceClass.DOCUMENT_CAMERA, GONE))
    assert not drive.page.live
    assert drive.asked(effects.HidePaper)
    drive.do(events.DeviceChanged(DeviceClass.DOCUMENT_CAMERA, ONLINE))
    assert drive.page.live
    drive.answer(events.PaperLost, effects.ShowPaper).here(events.Continue)
    assert drive.place is Place.REVIEW
    assert "refresh" not in drive.session.visit.timers


def test_before_a_shot_the_look_is_given_up_and_after_a_failed_one_it_comes_back() -> None:
    drive = Drive().to_attach().here(events.TakePicture)
    kinds = [type(one) for one in drive.last]
    assert kinds.index(effects.HidePaper) < kinds.index(effects.TakeAttachment)
    drive.answer(events.StoreFailed, effects.TakeAttachment, Problem("session.picture_failed"))
    assert drive.page == AttachPage(AttachStage.ASK, problem=Problem("session.picture_failed"), live=True)
    assert drive.here(events.Continue).asked(effects.HidePaper)


def test_a_camera_that_went_with_the_shot_is_not_looked_through_again() -> None:
    drive = Drive().to_attach().here(events.TakePicture).do(events.DeviceChanged(DeviceClass.DOCUMENT_CAMERA, GONE))
    drive.answer(events.StoreFailed, effects.TakeAttachment, Problem("session.picture_failed"))
    assert drive.page == AttachPage(AttachStage.ASK, problem=Problem("session.picture_failed"), live=False)
    assert not drive.asked(effects.ShowPaper)


def test_a_look_that_is_lost_while_a_page_is_shown_changes_nothing() -> None:
    drive = Drive().to_attach()
    shown = AttachPage(AttachStage.SHOW)
    drive.session = replace(drive.session, visit=replace(drive.session.visit, page=shown))
    drive.answer(events.PaperLost, effects.ShowPaper)
    assert (drive.page, drive.last) == (shown, ())
