"""Commands and results of the class `fingerprint_reader` (XFS4IoT Biometric terms)."""

import msgspec


class FingerRead(msgspec.Struct, frozen=True):
    """Success of `read`. The template is opaque, in the sensor maker's form, biometric: never logged, dropped after use."""

    template: bytes

    def __repr__(self) -> str:
        return f"FingerRead({len(self.template)} bytes)"


class MatchFinger(msgspec.Struct, frozen=True):
    """`match`: one press, compared with `template`, which a `read` of the same kind of sensor gave."""

    template: bytes

    def __repr__(self) -> str:
        return f"MatchFinger({len(self.template)} bytes)"


class FingerMatched(msgspec.Struct, frozen=True):
    """Success of `match`: what the sensor says. `score` has the sensor's own scale."""

    is_match: bool
    score: int


class PresentSubject(msgspec.Struct, frozen=True):
    """`presentSubject`: lay the finger now; `press` counts from 1 to `presses`."""

    press: int
    presses: int


READ = "read"  # two presses of one finger, made into one template
MATCH = "match"
RESET = "reset"  # blank the sensor's buffers
EVENT_PRESENT_SUBJECT = "presentSubject"
EVENT_SUBJECT_DETECTED = "subjectDetected"
EVENT_REMOVE_SUBJECT = "removeSubject"
EVENT_IMAGE_REFUSED = "imageRefused"  # payload: msgpack of the message key; the command goes on
LEAST_TEMPLATE, MOST_TEMPLATE = 32, 4096
"""Bytes; sensors of this kind use 512 to 1536."""
