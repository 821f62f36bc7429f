"""What drivers do with a code that came: deliver it once, to the read that waits, or drop it and count it."""

import hashlib
import secrets

import msgspec

from devices.barcode_reader.types import EVENT_INVALID_DATA, BarcodeRead, ReadBarcode
from devices.driver import Execution
from devices.notes import note

_MOST_TOLD = 1_000_000


class ScanFilter:
    """Policy: a code that comes while no read waits is dropped, never kept for the next citizen. A scanner that goes on
    looking sends the same code again and again: within `window_s` of its last sight it is the same reading. Only a
    keyed digest of the last code is kept, and that only within the window.

    Attributes:
        dropped: codes that nobody waited for, not yet told to the log.
    """

    def __init__(self, window_s: float) -> None:
        self._window_s = window_s
        self._key = secrets.token_bytes(16)
        self._last: bytes | None = None
        self._seen_at = 0.0
        self.dropped = 0

    def judge(self, code: BarcodeRead, wish: ReadBarcode | None, execution: Execution | None, at: float) -> bool:
        """Whether this code ends the read `wish`; ``None`` means that no read waits."""
        digest = hashlib.blake2b(code.text.encode(), digest_size=16, key=self._key).digest()
        is_repeated = digest == self._last and at - self._seen_at <= self._window_s
        if is_repeated:
            self._seen_at = at
            return False
        if wish is None or execution is None:
            self.dropped += 1
            return False
        if wish.symbologies and code.symbology not in wish.symbologies:
            self.complain(execution, "barcode.other_kind")
            return False
        self._last, self._seen_at = digest, at
        return True

    def complain(self, execution: Execution | None, key: str) -> None:
        """Tells the waiting read that a code was refused; nobody when none waits."""
        if execution is None:
            self.dropped += 1
        else:
            execution.emit(EVENT_INVALID_DATA, msgspec.msgpack.encode(key))

    def tell(self) -> None:
        """Logs how many were dropped since the last time."""
        if self.dropped:
            note("input_dropped", device="barcode_reader", count=min(self.dropped, _MOST_TOLD))
            self.dropped = 0

    def expire(self, at: float) -> None:
        """Forgets the last code when its window is over."""
        if at - self._seen_at > self._window_s:
            self.forget()

    def forget(self) -> None:
        """Forgets the last code."""
        self._last = None
