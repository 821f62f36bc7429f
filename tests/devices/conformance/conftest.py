"""Order within a bench: first what needs the driver alone, then what needs its host, so that the host starts once.

Which of each comes first stays random.
"""

import pytest

from tests.devices.conformance.clauses import Conformance


def _rank(item: pytest.Item) -> int:
    fixtures = getattr(item, "fixturenames", ())
    if "alone" not in fixtures:
        return 3 if "stops_within" in item.name else 2
    return 1 if "killed_terminal" in item.name else 0  # that one leaves a host


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sorts the tests of each bench into the places that they have."""
    places: dict[type, list[int]] = {}
    for place, item in enumerate(items):
        made = getattr(item, "cls", None)
        if isinstance(made, type) and issubclass(made, Conformance):
            places.setdefault(made, []).append(place)
    for own in places.values():
        for place, item in zip(own, sorted((items[place] for place in own), key=_rank), strict=True):
            items[place] = item
