"""The reader's host is killed (SIGKILL) in mid-read: the citizen is told, a new host reads the card that still lies there."""

import os
import signal

from tests.faults.visits import FaultyHall


def test_the_read_is_repeated_by_a_new_host(hall: FaultyHall) -> None:
    hall.go_to("identify")
    hall.hands.do("id_card_reader", "dribble", milliseconds=1)
    hall.hands.lay("resident")
    hall.terminal.do("wait_page", reading=True)
    killed = hall.terminal.do("pids")["id_card_reader"]
    os.kill(killed, signal.SIGKILL)
    hall.terminal.do("wait_page", problem="reader.interrupted")
    hall.look("reader-host-killed")
    hall.hands.do("id_card_reader", "normal")
    hall.terminal.do("wait_for", place="consent")
    assert hall.terminal.do("pids")["id_card_reader"] != killed
    hall.must_have_gone([killed])
    hall.end()
