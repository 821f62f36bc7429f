"""Both sides of the wire say the same."""

import dataclasses
import types
import typing

import pytest

from offline_cache.sync import answers, contract
from provisioning.platform.intake import refusals, wire
from provisioning.platform.intake.receiving import PENDING

MODELS = [
    name
    for name, one in vars(contract).items()
    if dataclasses.is_dataclass(one) and one.__module__ == contract.__name__
]


def _shape(model: object) -> dict[str, object]:
    """Names, types without bounds, defaults, and what stays out of a repr."""
    hints = typing.get_type_hints(model)
    return {
        one.name: (_plain(hints[one.name]), one.default, one.repr)
        for one in dataclasses.fields(model)  # type: ignore[arg-type]
    }


def _plain(hint: object) -> str:
    arguments = ", ".join(_plain(one) for one in typing.get_args(hint))
    if dataclasses.is_dataclass(hint) or not arguments:
        return getattr(hint, "__name__", str(hint))
    origin = typing.get_origin(hint)
    return f"{'union' if origin in (typing.Union, types.UnionType) else origin}[{arguments}]"


def test_there_are_models() -> None:
    assert len(MODELS) >= 12


@pytest.mark.parametrize("name", MODELS)
def test_the_platforms_model_has_the_fields_of_the_terminals(name: str) -> None:
    assert _shape(getattr(wire, name)) == _shape(getattr(contract, name))


def test_bounds_agree() -> None:
    for name in (
        "LONGEST_BATCH",
        "LARGEST_BATCH_BYTES",
        "CHUNK_BYTES",
        "LARGEST_ATTACHMENT_BYTES",
        "LONGEST_ENDINGS",
        "MOST_STEPS",
    ):
        assert getattr(wire, name) == getattr(contract, name)


def test_the_terminal_knows_every_code_of_a_refusal() -> None:
    assert {*refusals._PROBLEMS, PENDING, "held", "failed", "unknown"} <= answers.KNOWN_CODES
