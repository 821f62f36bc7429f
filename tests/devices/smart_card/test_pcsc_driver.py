"""The driver without a host: closed twice, opened again, without a service, with commands that are none."""

import threading

import pytest

from devices.messages import Command
from devices.smart_card.pcsc_driver import make
from devices.smart_card.reader import SmartCardReader
from devices.smart_card.types import FORGET, READ_DOCUMENT, READ_SOCIAL_CARD, VERIFY_PIN
from devices.status import Action, CompletionCode, DeviceState, Media
from tests.devices.id_card_reader.test_serial_driver import Execution
from tests.devices.scenes import PATIENCE_S, Heard
from tests.devices.smart_card.pcscd import READER
from tests.devices.smart_card.scenes import QUICK, CardScene, Standing

pytestmark = pytest.mark.xdist_group("pcscd")
SETTINGS: dict[str, object] = {"reader": f"{READER} 00 00", "times": QUICK}


def test_closed_twice_it_opens_again_and_leaves_no_thread(standing: Standing) -> None:
    assert standing[2].is_dir()
    threads = set(threading.enumerate())
    driver = make(SETTINGS)
    for _ in range(2):
        status = driver.open()
        assert (status.state, status.media) == (DeviceState.ONLINE, Media.NOT_PRESENT)
        driver.close()
        driver.close()
    assert set(threading.enumerate()) == threads


@pytest.mark.allow_log("device_lost.*smart_card.service_gone")  # of a host that stands beside
@pytest.mark.allow_processes("the service it starts again is the fixture's")
def test_it_is_gone_at_the_third_look_without_a_service(standing: Standing) -> None:
    service = standing[0]
    service.kill()
    try:
        driver = make(SETTINGS)
        states = [driver.open().state, driver.status().state, driver.status().state]
        assert states == [DeviceState.STARTING, DeviceState.STARTING, DeviceState.POWER_OFF]
        status = driver.status()
        assert (status.reason, status.action) == ("smart_card.service_gone", Action.SUSPEND)
        driver.close()
    finally:
        service.start()


@pytest.mark.parametrize(
    ("name", "payload", "code"),
    [
        (READ_DOCUMENT, b"\xc1", CompletionCode.INVALID_DATA),
        (READ_SOCIAL_CARD, b"", CompletionCode.INVALID_DATA),
        (VERIFY_PIN, b"\x80", CompletionCode.INVALID_DATA),
        ("dispense", b"", CompletionCode.UNSUPPORTED_COMMAND),
        (FORGET, b"", CompletionCode.SUCCESS),
    ],
)
def test_a_command_that_makes_no_sense_is_refused_at_once(name: str, payload: bytes, code: CompletionCode) -> None:
    driver = make(SETTINGS)
    assert driver.execute(Command("a1", name, 1.0, payload), Execution()).code is code
    driver.close()


def test_forgetting_is_answered(scene: CardScene) -> None:
    heard = Heard()
    SmartCardReader(scene.supervisor).forget("forget-1", PATIENCE_S, heard.add)
    assert type(heard.wait_for(lambda _: True)).__name__ == "Forgotten"
