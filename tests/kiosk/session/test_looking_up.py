"""An item that leads to a search of one kind: what is asked for, what is kept, and the way back."""

from kiosk.base.errors import Problem
from kiosk.session import effects, events
from kiosk.session.lookup import Article, Dated, FoundKind, Lookup, PartName
from kiosk.session.state import GuidePage, Place, SearchPage
from tests.kiosk.session.world import LINES, PLACES_OF_ITEM, Drive, answer_to

ARTICLE = Article(LINES[1], ((PartName.CODE, ("320613",)),), Dated("2026-11-21", is_old=False))


def test_only_its_own_kind_is_looked_for() -> None:
    drive = Drive().to_looking_up()
    assert drive.page == SearchPage()
    assert drive.session.visit.lookup == Lookup(scope=FoundKind.PLACE)
    (asked,) = drive.here(events.EnterText, "gs", False).asked(effects.LookUp)
    assert (asked.text, asked.scope) == ("gs", FoundKind.PLACE)


def test_everything_is_looked_for_from_the_home_page() -> None:
    (asked,) = Drive().to_search().here(events.EnterText, "gs", False).asked(effects.LookUp)
    assert asked.scope is None


def test_an_emptied_field_and_a_search_that_failed_keep_to_the_kind() -> None:
    drive = Drive().to_looking_up().here(events.EnterText, "gs", False).here(events.EnterText, "", False)
    assert drive.session.visit.lookup == Lookup("", scope=FoundKind.PLACE)
    drive.here(events.EnterText, "gs", False)
    drive.answer(events.LookUpFailed, effects.LookUp, Problem("reference.none"))
    assert drive.session.visit.lookup == Lookup("gs", problem=Problem("reference.none"), scope=FoundKind.PLACE)
    (again,) = drive.do(events.ReferenceRenewed()).asked(effects.LookUp)
    assert (again.text, again.scope) == ("gs", FoundKind.PLACE)


def test_back_leads_from_what_is_read_to_the_list_and_from_there_to_the_item() -> None:
    drive = Drive().to_looking_up().here(events.EnterText, "gs", False)
    drive.answer(events.LookedUp, effects.LookUp, answer_to("gs")).here(events.OpenFound, LINES[1])
    drive.answer(events.FoundRead, effects.ReadFound, ARTICLE)
    assert drive.here(events.GoBack).place is Place.SEARCH
    assert drive.session.visit.lookup == Lookup("gs", answer_to("gs"), scope=FoundKind.PLACE)
    drive.here(events.GoBack)
    assert drive.page == GuidePage(PLACES_OF_ITEM.item_code)
    visit = drive.session.visit
    assert visit.lookup is None
    assert visit.flow is None
    assert drive.here(events.GoBack).place is Place.HOME
