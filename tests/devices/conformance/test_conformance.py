"""Every driver of ours, clause by clause: a class for each bench, named after it.

A class has a test for each clause that can apply to its driver; the others are not made, and `test_table.py` says why.
"""

import pytest

from tests.devices.conformance.bench import Bench, Clause
from tests.devices.conformance.benches import BENCHES
from tests.devices.conformance.clauses import Conformance


def _class_for(bench: Bench) -> type[Conformance]:
    words = "".join(word.capitalize() for word in bench.name.replace(".", "_").split("_"))
    left_out = {f"test_{clause.value}": None for clause in Clause if clause in bench.exempt}
    made = type(f"Test{words}", (Conformance,), {"bench": bench, **left_out})
    for mark in (
        pytest.mark.xdist_group(bench.xdist_group),
        # the faults are the point; how often they are logged has a clause of its own
        pytest.mark.allow_log("device_lost|host_ended|host_failing|host_error"),
        pytest.mark.allow_processes("the bench's host lives for its class"),
        pytest.mark.allow_threads("so do its counterpart and its supervisor"),
    ):
        made = mark(made)
    return made


globals().update({made.__name__: made for made in map(_class_for, BENCHES)})
