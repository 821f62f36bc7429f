"""Asks the departments as a terminal does, and what the items' own files say of their answers."""

from functools import cache

from kiosk.services.catalogue import Catalogue, load_catalogue
from kiosk.services.item import Item
from kiosk.services.query import Query
from tests.provisioning.platform.asgi import Caller, Heard
from tests.provisioning.platform.running import NO_PASSWORD, NO_PHONE, NOT_IN_FUND, PASSWORD, RETIRED, SPECIMEN

Person = tuple[str, str]
PERSONS = (SPECIMEN, RETIRED, NO_PHONE, NO_PASSWORD, NOT_IN_FUND)
UNKNOWN_ITEM = "12320600MB999001253322099001001"


@cache
def catalogue() -> Catalogue:
    """The terminal's items."""
    return load_catalogue()


@cache
def queried() -> tuple[tuple[Item, Query], ...]:
    """The items that a department answers, with what their files say of the answer."""
    return tuple((item, item.query) for item in catalogue().items if item.query is not None)


def item_code(key: str) -> str:
    """The code of the item with this key."""
    item = catalogue().find(key)
    assert item is not None
    return item.item_code


def choices_of(query: Query) -> tuple[str, ...]:
    """With what the item is asked."""
    return tuple(choice.value for choice in query.choices) or ("",)


def token_of(caller: Caller, person: Person = SPECIMEN, visit: str = "v-1") -> str:
    """A token of the confirmed person: by password, by code where there is none."""
    body = {"visit_id": visit, "id_number": person[0], "name": person[1]}
    if person == NO_PASSWORD:
        assert caller.post("/v1/identity/codes", body).status == 200
        code = caller.get("/demo/codes").json["codes"][-1]["code"]
        body |= {"method": "oneTimeCode", "secret": str(code)}
    else:
        body |= {"method": "servicePassword", "secret": PASSWORD}
    heard = caller.post("/v1/identity/verifications", body)
    assert heard.status == 200
    return str(heard.json["token"])


def ask(caller: Caller, token: str | None, item: str, choice: str = "", visit: str = "v-1") -> Heard:
    """One query; `item` is a key or a code."""
    found = catalogue().find(item)
    body = {"visit_id": visit, "item_code": found.item_code if found else item, "choice": choice}
    return caller.post("/v1/departments/queries", body, token)
