"""The table of conformance: every driver has a bench, every clause a test, and what is left out has its reason."""

from devices.drivers import BUILT_IN
from tests.devices.conformance import test_conformance
from tests.devices.conformance.bench import Clause
from tests.devices.conformance.benches import BENCHES
from tests.devices.conformance.clauses import Conformance


def test_every_driver_has_a_bench_and_every_bench_a_driver() -> None:
    assert {(bench.device, bench.driver) for bench in BENCHES} == set(BUILT_IN)
    assert len({bench.name for bench in BENCHES}) == len(BENCHES)


def test_every_clause_is_a_test_and_every_test_a_clause() -> None:
    tests = {name.removeprefix("test_") for name in vars(Conformance) if name.startswith("test_")}
    assert tests == {clause.value for clause in Clause}


def test_what_is_left_out_has_a_reason_and_nothing_else_is() -> None:
    left_out = {(bench.name, clause.name): reason for bench in BENCHES for clause, reason in bench.exempt.items()}
    assert all(len(reason.split()) >= 5 for reason in left_out.values()), left_out
    classes = [made for made in vars(test_conformance).values() if isinstance(made, type) and hasattr(made, "bench")]
    assert len(classes) == len(BENCHES)
    for made in classes:
        bench = made.bench
        missing = {clause for clause in Clause if getattr(made, f"test_{clause.value}") is None}
        assert missing == set(bench.exempt), bench.name
