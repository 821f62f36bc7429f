"""The watch over PC/SC's readers, where a real service cannot be brought to fail."""

import pytest

from devices.smart_card import scard_calls
from devices.smart_card.pcsc_watch import ReaderWatch, Slot


def test_a_watch_that_fails_says_so_instead_of_its_last_word(monkeypatch: pytest.MonkeyPatch) -> None:
    present = [scard_calls.ReaderState("reader", scard_calls.STATE_PRESENT, b"\x3b")]

    def fails_later(*_: object) -> list[scard_calls.ReaderState]:
        if present:
            return [present.pop()]
        raise UnicodeDecodeError("utf-8", b"", 0, 1, "a reader's name")

    monkeypatch.setattr(scard_calls, "establish_context", lambda: 1)
    monkeypatch.setattr(scard_calls, "release_context", lambda _: None)
    monkeypatch.setattr(scard_calls, "list_readers", lambda _: ["reader"])
    monkeypatch.setattr(scard_calls, "wait_for_change", fails_later)
    watch = ReaderWatch()
    watch.start()
    try:
        with pytest.raises(UnicodeDecodeError):
            watch.wait_for(lambda slot: slot == Slot(), 5, lambda: False)
        with pytest.raises(UnicodeDecodeError):
            _ = watch.slot
    finally:
        watch.stop()
