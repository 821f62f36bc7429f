"""Looking for an item, a policy or a place by a few letters, and reading what was found."""

from kiosk.base.record import replace
from kiosk.session import effects
from kiosk.session.events import EnterText, FoundRead, LookedUp, LookUpFailed, OpenFound
from kiosk.session.lookup import LONGEST_QUERY, Lookup, is_worth_looking
from kiosk.session.places.steps import go_back
from kiosk.session.state import GuidePage, HomePage, SearchPage
from kiosk.session.turn import Turn


def open_search(turn: Turn, _event: object) -> None:
    turn.note(lookup=Lookup())
    turn.show(SearchPage())


def enter_text(turn: Turn, event: EnterText) -> None:
    """Every change is looked for; what was asked before is no longer awaited."""
    lookup, text = _lookup(turn), event.text[:LONGEST_QUERY]
    if text == lookup.text or lookup.article is not None:
        return
    turn.give_up(effects.LookUp, effects.ReadFound)
    if is_worth_looking(text):
        turn.note(lookup=replace(lookup, text=text))
        turn.ask(effects.LookUp, text=text, scope=lookup.scope)
    else:
        turn.note(lookup=Lookup(text, scope=lookup.scope))


def looked_up(turn: Turn, event: LookedUp) -> None:
    turn.note(lookup=replace(_lookup(turn), answer=event.answer, problem=None))


def look_up_failed(turn: Turn, event: LookUpFailed) -> None:
    lookup = _lookup(turn)
    turn.note(lookup=Lookup(lookup.text, problem=event.problem, scope=lookup.scope))


def reference_renewed(turn: Turn, _event: object) -> None:
    """What could not be looked for now can be; what is shown stays."""
    lookup = _lookup(turn)
    if lookup.problem is not None and is_worth_looking(lookup.text):
        turn.note(lookup=Lookup(lookup.text, scope=lookup.scope))
        turn.ask(effects.LookUp, text=lookup.text, scope=lookup.scope)


def open_found(turn: Turn, event: OpenFound) -> None:
    """An item of this terminal opens its own page; anything else is read here."""
    lookup = _lookup(turn)
    if lookup.answer is None or not lookup.is_settled or lookup.article is not None:
        return
    if event.line not in lookup.answer.lines:
        return
    if event.line.is_here:
        turn.give_up(effects.ReadFound)
        turn.show(GuidePage(event.line.code))
    else:
        turn.ask(effects.ReadFound, line=event.line)


def found_read(turn: Turn, event: FoundRead) -> None:
    turn.note(lookup=replace(_lookup(turn), article=event.article))


def leave(turn: Turn, event: object) -> None:
    """From what is read to the list, from there home, or to the item that led here; what is still looked for is not waited for."""
    turn.give_up(effects.LookUp, effects.ReadFound)
    lookup = _lookup(turn)
    if lookup.article is not None:
        turn.note(lookup=replace(lookup, article=None))
    else:
        turn.note(lookup=None)
        if lookup.scope is None:
            turn.show(HomePage())
        else:
            go_back(turn, event)


def _lookup(turn: Turn) -> Lookup:
    lookup = turn.visit.lookup
    assert lookup is not None  # made when the page was opened
    return lookup
