"""Sealed records: what opens, and that nothing else does."""

from collections.abc import Mapping
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.base.clock import ManualClock
from kiosk.base.errors import BudayangError
from offline_cache.sealing.epochs import EPOCH_RECORDS, EPOCH_S, EpochKeys, key_id_of
from offline_cache.sealing.record_codec import Binding, Record, additional_data, decode, encode
from offline_cache.sealing.suites import SuiteId, suite_of
from tests.offline_cache.stores import OpenVault

BINDING = Binding("XH-01", UUID(int=7), "visit-1", "consultation", 1)


class Table:
    """Keys in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def wrapped_keys(self) -> dict[str, bytes]:
        return dict(self.kept)

    def add_key(self, key_id: str, wrapped: bytes) -> None:
        self.kept[key_id] = wrapped

    def replace_keys(self, wrapped: Mapping[str, bytes]) -> None:
        self.kept.update({key_id: fresh for key_id, fresh in wrapped.items() if key_id in self.kept})


@pytest.mark.parametrize("suite", SuiteId)
def test_a_record_opens_under_its_own_binding_only(suite: SuiteId) -> None:
    keys = EpochKeys(OpenVault(), Table(), ManualClock(), suite)
    sealed = keys.seal(b"a body", BINDING)
    assert keys.open(sealed, BINDING) == b"a body"
    assert b"a body" not in sealed
    for other in (
        BINDING._replace(terminal_id="XH-02"),
        BINDING._replace(idem=UUID(int=8)),
        BINDING._replace(order_key="visit-2"),
        BINDING._replace(kind="rating"),
        BINDING._replace(schema_version=2),
    ):
        with pytest.raises(BudayangError, match=r"store\.cannot_open"):
            keys.open(sealed, other)


@pytest.mark.parametrize("suite", SuiteId)
def test_no_changed_byte_goes_unseen(suite: SuiteId) -> None:
    keys = EpochKeys(OpenVault(), Table(), ManualClock(), suite)
    sealed = keys.seal(b"a body", BINDING)
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(BudayangError, match=r"store\.(cannot_open|key_gone)"):
            keys.open(bytes(changed), BINDING)


@given(st.binary(max_size=120))
def test_any_bytes_are_a_record_or_refused(data: bytes) -> None:
    try:
        record = decode(data)
    except BudayangError:
        return  # its key is looked at above
    assert encode(record) == data


def test_a_record_wants_a_key_id_and_a_nonce_that_fit() -> None:
    for key_id, nonce in (("", bytes(12)), ("k" * 65, bytes(12)), ("k1", bytes(11))):
        with pytest.raises(ValueError, match="key id"):
            encode(Record(1, key_id, nonce, bytes(16)))
    with pytest.raises(BudayangError, match=r"store\.cannot_open"):
        decode(b"\x01\x01\x02\xff\xfe" + bytes(28))
    with pytest.raises(BudayangError, match=r"store\.cannot_open"):
        suite_of(9)


def test_no_two_bindings_give_the_same_additional_data() -> None:
    moved = BINDING._replace(terminal_id="XH-0", order_key="1visit-1")
    assert additional_data(BINDING, "k1") != additional_data(moved, "k1")


def test_a_new_epoch_begins_after_a_day_or_ten_thousand_records() -> None:
    table, clock = Table(), ManualClock()
    keys = EpochKeys(OpenVault(), table, clock)
    first = key_id_of(keys.seal(b"", BINDING))
    clock.advance(EPOCH_S - 1)
    assert key_id_of(keys.seal(b"", BINDING)) == first
    clock.advance(1)
    second = key_id_of(keys.seal(b"", BINDING))
    assert second != first
    for _ in range(EPOCH_RECORDS - 2):
        keys.seal(b"", BINDING)
    assert key_id_of(keys.seal(b"", BINDING)) == second
    assert key_id_of(keys.seal(b"", BINDING)) != second
    assert len(table.kept) == 3


def test_a_record_is_opened_by_a_later_process_and_not_once_its_key_is_gone() -> None:
    table = Table()
    sealed = EpochKeys(OpenVault(), table, ManualClock()).seal(b"a body", BINDING)
    later = EpochKeys(OpenVault(), table, ManualClock())
    assert later.open(sealed, BINDING) == b"a body"
    assert later.current_key_id is None
    later.forget(key_id_of(sealed))
    with pytest.raises(BudayangError, match=r"store\.key_gone"):
        later.open(sealed, BINDING)


def test_every_key_is_wrapped_anew_except_a_damaged_one() -> None:
    table, vault = Table(), OpenVault()
    keys = EpochKeys(vault, table, ManualClock())
    sealed = [keys.seal(b"a body", BINDING)]
    keys.rotate()
    sealed.append(keys.seal(b"a body", BINDING))
    before = dict(table.kept)
    assert keys.rewrap_all() == 0
    vault.turn = 7
    assert keys.rewrap_all() == 2
    assert all(table.kept[key_id][0] == 7 and table.kept[key_id] != before[key_id] for key_id in before)
    later = EpochKeys(vault, table, ManualClock())
    assert [later.open(record, BINDING) for record in sealed] == [b"a body"] * 2


class Damaging(OpenVault):
    """Cannot open one of its keys."""

    def unwrap(self, wrapped: bytes) -> bytes:
        raise BudayangError("store.cannot_open" if wrapped == b"damaged" else "store.vault_closed")


def test_a_damaged_key_stays_as_it_is_and_a_closed_vault_changes_nothing() -> None:
    table = Table()
    table.kept["k1"] = b"damaged"
    keys = EpochKeys(Damaging(), table, ManualClock())
    assert keys.rewrap_all() == 0
    table.kept["k2"] = b"of another vault"
    with pytest.raises(BudayangError, match=r"store\.vault_closed"):
        keys.rewrap_all()
    assert table.kept == {"k1": b"damaged", "k2": b"of another vault"}


class Tidying(Table):
    """Housekeeping comes at the worst moment: between the keeping of a key and its first use."""

    def __init__(self) -> None:
        super().__init__()
        self.keys: EpochKeys | None = None

    def add_key(self, key_id: str, wrapped: bytes) -> None:
        super().add_key(key_id, wrapped)
        self.tidy()

    def tidy(self) -> None:
        """Nothing lies under any key yet."""
        assert self.keys is not None
        self.kept = {key_id: wrapped for key_id, wrapped in self.kept.items() if key_id in self.keys.in_use()}


def test_a_key_is_not_destroyed_between_its_making_and_the_keeping_of_what_it_sealed() -> None:
    table = Tidying()
    keys = table.keys = EpochKeys(OpenVault(), table, ManualClock())
    sealed = keys.seal(b"a body", BINDING)
    keys.rotate()  # ten thousand others came meanwhile
    table.tidy()
    assert EpochKeys(OpenVault(), table, ManualClock()).open(sealed, BINDING) == b"a body"
    keys.release([key_id_of(sealed)])
    table.tidy()
    assert table.kept == {}
