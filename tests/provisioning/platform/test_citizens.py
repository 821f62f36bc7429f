"""The demo's citizens: deterministic, quick, right in every sum, and nobody real."""

import re
import time
from datetime import date, timedelta
from pathlib import Path

import pytest

from devices.emulators.cards import CARDS
from devices.id_card_reader.text import parse_text
from kiosk.base.errors import Problem
from provisioning.platform import demo_data
from provisioning.platform.citizens import (
    DEMO_PASSWORD,
    FICTIONAL_REGION,
    SPECIMENS,
    check_character,
    hash_password,
    make_citizens,
)
from provisioning.platform.fund_history import months_before
from provisioning.platform.identity import password_matches

TODAY = date(2026, 11, 21)


def test_the_same_seed_makes_the_same_citizens_and_another_makes_others() -> None:
    assert make_citizens(1, 30, (2026, 9)) == make_citizens(1, 30, (2026, 9))
    assert make_citizens(1, 30, (2026, 9)) != make_citizens(2, 30, (2026, 9))


def test_ten_thousand_citizens_are_made_in_three_seconds_and_found_at_once(tmp_path: Path) -> None:
    start = time.process_time()
    made = demo_data.cached_citizens(tmp_path, 20261121, 10_000, TODAY)
    assert time.process_time() - start < 3
    start = time.process_time()
    assert demo_data.cached_citizens(tmp_path, 20261121, 10_000, TODAY) == made
    assert time.process_time() - start < 0.05
    assert [path.name for path in tmp_path.iterdir()] == [made.name]
    assert made.stat().st_mode & 0o777 == 0o600


def test_every_id_number_is_right_unique_and_of_no_region() -> None:
    rows = make_citizens(5, 10_000, (2026, 9))
    invented = [id_number for _, id_number, _ in rows.persons][len(SPECIMENS) :]
    assert len(set(invented)) == 10_000
    for id_number in invented:
        assert id_number.startswith(FICTIONAL_REGION)
        assert check_character(id_number[:17]) == id_number[17]
        date.fromisoformat(f"{id_number[6:10]}-{id_number[10:12]}-{id_number[12:14]}")
    assert len({phone for _, phone in rows.phones}) == len(rows.phones)
    assert all(re.fullmatch(r"128\d{8}", phone) for _, phone in rows.phones)


def test_specimens_of_citizens_have_right_check_characters() -> None:
    numbers = [
        specimen.id_number
        for specimen in SPECIMENS
        if specimen.id_number[0] in "1234568" or "990000" in specimen.id_number
    ]
    assert len(numbers) == 7  # the others are the made-up numbers of the emulated cards of permanent residents
    assert all(check_character(number[:17]) == number[17] for number in numbers)


def test_every_emulated_card_that_can_be_read_is_a_person_of_the_platform() -> None:
    known = {(one.id_number, one.name) for one in SPECIMENS}
    for card in CARDS.values():
        person = parse_text(card.text)
        assert not isinstance(person, Problem)
        assert (person.id_number, person.name or person.english_name) in known


def test_every_account_adds_up() -> None:
    rows = make_citizens(9, 400, (2026, 9))
    by_account: dict[str, list[tuple[object, ...]]] = {}
    for entry in rows.entries:
        by_account.setdefault(entry[0], []).append(entry)
    assert len(rows.accounts) == len(by_account) == len(SPECIMENS) - 1 + 396
    for account in rows.accounts:
        number, _, _, opened_on, closed_on, _, state, balance, paid_in, withdrawn, last_month, monthly, employer = (
            account
        )
        entries = by_account[str(number)]
        running = 0
        for order, (_, position, _, kind, _, month, amount, after, interest, _) in enumerate(entries, start=1):
            assert position == order
            assert isinstance(amount, int)
            assert isinstance(interest, int)
            running += amount + interest
            assert after == running >= 0
            assert (kind == "汇缴") == bool(month)
            assert (kind == "提取") == (amount < 0)
        assert running == balance
        assert paid_in == sum(int(str(entry[6])) for entry in entries if entry[3] == "汇缴")
        assert withdrawn == -sum(int(str(entry[6])) for entry in entries if entry[3] == "提取")
        assert [str(entry[2]) for entry in entries] == sorted(str(entry[2]) for entry in entries)
        assert opened_on == entries[0][2]
        assert last_month == max(str(entry[5]) for entry in entries)
        assert employer == entries[-1][9]
        assert (closed_on is not None) == (state == "销户")
        assert closed_on is None or balance == 0
        assert (monthly == 0) == (state != "正常")


def test_each_kind_of_specimen_is_there() -> None:
    rows = make_citizens(9, 0, (2026, 9))
    with_phone = {person for person, _ in rows.phones}
    with_password = {person for person, _ in rows.passwords}
    everybody = {person for person, _, _ in rows.persons}
    assert len(everybody - with_phone) == len(everybody - with_password) == 1
    assert everybody - with_phone != everybody - with_password
    assert [account[6] for account in rows.accounts] == ["正常", "封存", "正常", "销户", *["正常"] * 4]
    assert len(SPECIMENS) - len(rows.accounts) == 1


@pytest.mark.parametrize("month_index", range(12))
def test_thirty_years_are_360_entries_whatever_the_month(month_index: int) -> None:
    rows = make_citizens(9, 0, (2027, month_index))
    assert sum(entry[0] == rows.accounts[0][0] for entry in rows.entries) == 360


def test_months_run_until_the_given_one() -> None:
    assert months_before((2026, 1), 3) == [(2025, 11), (2026, 0), (2026, 1)]
    assert demo_data.last_full_month(date(2026, 1, 1)) == (2025, 11)


def test_passwords_are_hashed_with_salt_and_compared() -> None:
    stored = hash_password(DEMO_PASSWORD, b"s" * 16)
    assert DEMO_PASSWORD not in stored
    assert password_matches(stored, DEMO_PASSWORD)
    assert not password_matches(stored, DEMO_PASSWORD + " ")
    assert stored != hash_password(DEMO_PASSWORD, b"t" * 16)
    assert not password_matches(stored.replace("scrypt", "md5"), DEMO_PASSWORD)


def test_a_copy_of_a_dead_process_is_swept_and_one_of_a_living_kept(tmp_path: Path) -> None:
    citizens = demo_data.cached_citizens(tmp_path, 1, 3, TODAY)
    dead, alive = tmp_path / "live-4194305-aa.sqlite", tmp_path / "live-1-bb.sqlite"  # above the largest process id
    for path in (dead, alive):
        path.touch()
    copy = demo_data.private_copy(tmp_path, citizens)
    assert not dead.exists()
    assert alive.exists()
    demo_data.remove_copy(copy)
    assert sorted(tmp_path.iterdir()) == sorted([citizens, alive])


def test_a_draft_of_a_dead_process_and_the_citizens_of_an_earlier_month_go(tmp_path: Path) -> None:
    earlier = demo_data.cached_citizens(tmp_path, 1, 3, TODAY.replace(day=1) - timedelta(days=1))
    other = demo_data.cached_citizens(tmp_path, 2, 3, TODAY.replace(day=1) - timedelta(days=1))
    dead, alive = tmp_path / "draft-4194305.sqlite", tmp_path / "draft-1.sqlite"
    for draft in (dead, alive):
        draft.write_bytes(b"")
    now = demo_data.cached_citizens(tmp_path, 1, 3, TODAY)
    copy = demo_data.private_copy(tmp_path, now)
    assert sorted(tmp_path.iterdir()) == sorted((now, other, alive, copy))
    assert earlier != now
