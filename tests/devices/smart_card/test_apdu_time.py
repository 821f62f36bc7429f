"""The measure of our own time per APDU measures; its limit is judged by the bench, in a quiet moment."""

import pytest

from tests.devices.smart_card.apdu_time import measure

pytestmark = pytest.mark.xdist_group("pcscd")


def test_our_own_time_per_apdu_is_found() -> None:
    found = measure(runs=3)
    assert all(0 < time.driver_ms < time.host_ms for time in found)
    assert {time.exchanges for time in found} == {found[0].exchanges}
    assert found[0].exchanges > 10
    assert min(time.host_ms for time in found) < 20
