"""The outcomes of described devices, which are those of every device."""

from devices.outcomes import (
    Cancelled,
    Commands,
    Done,
    Outcome,
    OutcomeReceiver,
    named_parts,
    outcome_of,
    part,
    submit,
)

__all__ = [
    "Cancelled",
    "Commands",
    "Done",
    "Outcome",
    "OutcomeReceiver",
    "named_parts",
    "outcome_of",
    "part",
    "submit",
]
