"""What the checking of a certificate's code asks and answers; whoever was handed the paper may ask, no terminal does."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class CodeQuestion:
    """POST /v1/departments/verifications: the code as it is printed, in either case, with or without its hyphens."""

    code: str = field(repr=False)


@dataclass(frozen=True)
class CodeKnown:
    """The department made it: for this item, at this moment (ISO 8601 with offset). Nothing of the person."""

    item_code: str
    issued_at: str
