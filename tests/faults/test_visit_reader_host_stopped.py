"""The reader's host stands still (SIGSTOP) in mid-read: it is killed when it misses its heartbeats, and the read is repeated."""

import os
import signal

from tests.faults.visits import FaultyHall


def test_the_host_is_replaced_and_the_card_is_read(hall: FaultyHall) -> None:
    hall.go_to("identify")
    hall.hands.do("id_card_reader", "dribble", milliseconds=1)
    hall.hands.lay("resident")
    hall.terminal.do("wait_page", reading=True)
    stopped = hall.terminal.do("pids")["id_card_reader"]
    os.kill(stopped, signal.SIGSTOP)
    hall.hands.do("id_card_reader", "normal")
    hall.terminal.do("wait_for", place="consent")
    assert hall.terminal.do("pids")["id_card_reader"] != stopped
    hall.must_have_gone([stopped])
    hall.end()
