"""The card: from the reader's 9F to the frame with the name, over what the line itself takes at 115200 baud."""

import statistics
import tempfile
import time
from pathlib import Path

from devices.emulators.cards import CARDS, PHOTO
from devices.emulators.id_card_reader import frame
from devices.id_card_reader.codec import Request, encode_request
from tests.bench.figures import Figure, load
from tests.bench.hall import AFTER_PAPERS_S, CARD, TimedHall
from tests.bench.start import spread

BAUD_RATE = 115200
BITS_A_BYTE = 10


def wire_bytes() -> int:
    """Bytes of select, its reply, read and its reply."""
    replies = len(frame(0x90, bytes(8))) + len(frame(0x90, bytes(4) + CARDS[CARD].text + PHOTO))
    return len(encode_request(Request.SELECT)) + len(encode_request(Request.READ)) + replies


def measure(rounds: int = 15) -> list[Figure]:
    """The figure of the card."""
    wire_ms = wire_bytes() * BITS_A_BYTE / BAUD_RATE * 1000
    with tempfile.TemporaryDirectory(prefix="budayang-bench-") as folder, TimedHall(Path(folder), paced=True) as hall:
        times = [_once(hall) for _ in range(rounds + 1)][1:]
    return [
        Figure(
            "card_ratio",
            round(statistics.median(times) / wire_ms, 3),
            f"{spread(times, 1)} ms from the 9F's last byte to the consent page's frame, {rounds} cards; the wire alone"
            f" {wire_ms:.1f} ms for {wire_bytes()} bytes; {load()}",
        )
    ]


def _once(hall: TimedHall) -> float:
    terminal, hands = hall.terminal, hall.hands
    hall.go_to("identify")
    terminal.do("forget_times")
    since = time.monotonic()
    hands.lay(CARD)
    shown_at = float(terminal.do("timed", since=since, place="consent")["at"])
    state = hands.do("id_card_reader", "state")
    found_at = state["last_9f_at"]
    assert isinstance(found_at, float)
    assert since < found_at < shown_at, "the 9F of another read"
    terminal.do("touch", name="end")
    terminal.do("touch", name="other")
    terminal.do("wait_for", place="card_call")
    hands.pull()
    terminal.do("advance", seconds=AFTER_PAPERS_S)
    terminal.do("wait_for", place="attract")
    return (shown_at - found_at) * 1000
