"""Replies with a wrong checksum: one is asked for again and nobody notices; when none is right the reader is stopped in words."""

from tests.faults.visits import FaultyHall


def test_one_wrong_checksum_is_not_noticed(hall: FaultyHall) -> None:
    hall.go_to("identify")
    hall.hands.do("id_card_reader", "wrong_checksum", count=1)
    hall.hands.lay("resident")
    hall.terminal.do("wait_for", place="consent")
    hall.end()


def test_a_line_that_spoils_everything_stops_the_reader_in_words_until_it_is_mended(hall: FaultyHall) -> None:
    hall.go_to("identify")
    hall.hands.do("id_card_reader", "wrong_checksum", count=1000)
    hall.hands.lay("resident")
    hall.terminal.do("wait_page", problem="reader.gone", stopped=True)
    hall.look("reader-checksums")
    hall.must_say("reader.gone")
    hall.terminal.do("wait_device", device="id_card_reader", state="powerOff")
    hall.hands.do("id_card_reader", "normal")
    hall.terminal.do("wait_for", place="consent")  # by itself, since the card still lies there
    hall.end()
