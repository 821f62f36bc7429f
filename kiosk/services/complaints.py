"""What is wrong in item files: every complaint names the file, the line and the remedy."""

from dataclasses import dataclass

from kiosk.base.errors import BudayangError, Problem


@dataclass(frozen=True)
class Complaint:
    """One complaint. `line` counts from 1; `problem` is the sentence with the remedy."""

    file: str
    line: int
    problem: Problem


class ItemComplaints(BudayangError):  # noqa: N818 -- it names what it carries
    """The catalogue could not be loaded; `complaints` are all that were found, by file and line."""

    def __init__(self, complaints: tuple[Complaint, ...]) -> None:
        super().__init__("services.items_bad", count=str(len(complaints)))
        self.complaints = complaints
