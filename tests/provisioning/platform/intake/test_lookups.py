"""What became of it: told to its holder alone, answers only after the second factor, and gaps in a store's numbers are seen."""

from typing import Any

import pytest
from sqlalchemy import select

from provisioning.platform.intake import tables
from tests.provisioning.platform.asgi import Caller
from tests.provisioning.platform.intake.submissions import STORE, batch, consultation, item, rating
from tests.provisioning.platform.running import PASSWORD, RETIRED, SPECIMEN

NOT_HERE = {"state": "notHere", "terminal_id": None, "receipt": None, "is_unverified": False}


def hand_in(caller: Caller, *items: dict[str, Any]) -> list[Any]:
    heard = caller.post("/v1/intake", batch(*items)).json["outcomes"]
    assert all(one["code"] == "accepted" for one in heard)
    return [one["receipt"] for one in heard]


def look_up(caller: Caller, slip: str, id_number: str = SPECIMEN[0]) -> Any:
    return caller.post("/v1/intake/lookups", {"slip_number": slip, "id_number": id_number}).json


def confirmed(caller: Caller, person: tuple[str, str] = SPECIMEN, visit: str = "visit-9") -> str:
    body = {"visit_id": visit, "method": "servicePassword", "secret": PASSWORD}
    return str(
        caller.post("/v1/identity/verifications", body | {"id_number": person[0], "name": person[1]}).json["token"]
    )


def own_cases(caller: Caller, token: str | None, visit: str = "visit-9") -> Any:
    return caller.post("/v1/intake/cases", {"visit_id": visit}, token)


def test_slip_and_card_tell_the_state_at_any_terminal_and_nothing_personal(platform: Caller) -> None:
    [receipt] = hand_in(platform, item(1))
    for terminal in ("T-7", "T-8"):
        told = look_up(Caller(platform.app, terminal), item(1)["slip_number"])
        assert told == {"state": "received", "terminal_id": "T-7", "receipt": receipt, "is_unverified": True}


def test_another_persons_slip_and_an_unknown_one_get_the_same_answer(platform: Caller) -> None:
    hand_in(platform, item(1))
    assert look_up(platform, item(1)["slip_number"], RETIRED[0]) == NOT_HERE
    assert look_up(platform, "XH01-0001-999999-1") == NOT_HERE


def test_the_next_visit_with_a_factor_confirms_and_shows_the_answer(platform: Caller) -> None:
    [receipt] = hand_in(platform, item(1))
    answered = platform.post("/demo/consultations/answers", {"receipt": receipt, "answer": "可以委托办理。"})
    assert answered.json == {"done": True}
    # by slip and card the answer itself is not told
    told = look_up(platform, item(1)["slip_number"])
    assert (told["state"], told["is_unverified"]) == ("answered", True)
    assert "委托" not in str(told)
    assert own_cases(platform, None).problem == "token-expired"
    assert own_cases(platform, "0" * 64).problem == "token-expired"
    token = confirmed(platform)
    heard = own_cases(platform, token).json
    assert heard["confirmed"] == 1
    [case] = heard["cases"]
    assert (case["receipt"], case["state"], case["answer"]) == (receipt, "answered", "可以委托办理。")
    assert case["title"] == "商贷转公贷"
    assert case["received_at"] == "2026-11-21T23:04:00+08:00"
    assert own_cases(platform, token).json["confirmed"] == 0
    assert look_up(platform, item(1)["slip_number"])["is_unverified"] is False


def test_a_confirmed_case_is_accepted_and_strangers_see_none_of_it(platform: Caller) -> None:
    token = confirmed(platform, visit="visit-1")
    hand_in(platform, item(1))
    assert look_up(platform, item(1)["slip_number"])["state"] == "accepted"
    assert len(own_cases(platform, token, "visit-1").json["cases"]) == 1
    stranger = confirmed(platform, RETIRED, "visit-2")
    assert own_cases(platform, stranger, "visit-2").json == {"cases": [], "confirmed": 0}


def test_an_anonymous_case_is_found_by_its_slip(platform: Caller) -> None:
    anonymous = consultation(applicant=None)
    hand_in(platform, item(1, anonymous))
    assert look_up(platform, item(1)["slip_number"], RETIRED[0])["state"] == "accepted"


@pytest.mark.parametrize("receipt", ["", "ZX2026112100000099", "ZX2025010100000001", "x", "ZX20261121０００００００1"])
def test_staff_cannot_answer_what_is_not_there(on_sqlite: Caller, receipt: str) -> None:
    hand_in(on_sqlite, item(1))
    assert on_sqlite.post("/demo/consultations/answers", {"receipt": receipt, "answer": "x"}).json == {"done": False}


def report(caller: Caller, last_seq: int, dead: tuple[int, ...] = (), queued: int = 0) -> Any:
    body = {"terminal_id": "T-7", "store_id": STORE, "last_seq": last_seq, "queued": queued, "dead": len(dead)}
    return caller.post("/v1/intake/stores", body | {"oldest_s": 1.5, "dead_seqs": list(dead)}).json


def test_numbers_that_neither_came_nor_are_dead_letters_are_counted(platform: Caller) -> None:
    hand_in(platform, item(1), item(2, rating(), "rating"), item(5))
    assert report(platform, 5) == {"missing": 2}
    assert report(platform, 5, dead=(3, 5)) == {"missing": 1}
    assert report(platform, 6, dead=(3, 4), queued=1) == {"missing": 1}
    with platform.app.state.platform.engine.connect() as connection:
        row = connection.execute(select(tables.store)).one()
        assert (row.last_seq, row.queued, row.dead, row.missing) == (6, 1, 2, 1)


@pytest.mark.allow_log("intake_alarm")  # a store that knows less than came from it is told
def test_a_store_that_was_rolled_back_is_an_alarm(platform: Caller) -> None:
    hand_in(platform, item(1), item(7))
    report(platform, 3)
    report(platform, 3)
    with platform.app.state.platform.engine.connect() as connection:
        rows = connection.execute(select(tables.alarm)).all()
        assert [(row.kind, row.seq) for row in rows] == [("rolled_back", 7)]
