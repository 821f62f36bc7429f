"""The service beneath the smart-card tests and the hall: it comes up whatever else this machine does."""

import os
import socket
from pathlib import Path

import pytest

from devices.emulators import pcsc_service
from tests.devices.smart_card.pcscd import TURN_S, Pcscd, running_pcscd

pytestmark = pytest.mark.xdist_group("pcscd")


def _usual_ports_taken() -> list[socket.socket]:
    taken = []
    for port in (35963, 35964, 25963):
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except OSError:  # somebody has it already, which serves as well
            listener.close()
            continue
        listener.listen()
        taken.append(listener)
    return taken


def test_ports_that_others_hold_are_gone_around(short_tmp: Path) -> None:
    lock = pcsc_service.take_turn(TURN_S)  # before the ports: whoever has the turn now may want them
    assert lock is not None
    taken = _usual_ports_taken()
    service = Pcscd(short_tmp)
    try:
        service.start()
        assert service.port not in (35963, 25963)
    finally:
        service.end()
        for listener in taken:
            listener.close()
        os.close(lock)


def test_a_second_owner_waits_for_its_turn_and_is_told_when_it_does_not_come() -> None:
    with running_pcscd():
        assert pcsc_service.take_turn(0.0) is None
        assert len(pcsc_service.running()) == 1
    assert pcsc_service.running() == []
