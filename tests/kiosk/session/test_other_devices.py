"""A device that no page waits for changes what is known of it and nothing that a citizen sees."""

import pytest

from devices.status import Action, DeviceClass, DeviceState, DeviceStatus, Part
from kiosk.base.record import replace
from kiosk.session import events
from kiosk.session.machine import step
from kiosk.session.timeouts import Timeouts
from tests.kiosk.session.samples import SAMPLES

WAITED_FOR = (DeviceClass.ID_CARD_READER, DeviceClass.RECEIPT_PRINTER, DeviceClass.SHEET_PRINTER)
NEWS = (
    DeviceStatus(DeviceState.POWER_OFF, action=Action.MAINTENANCE, reason="ups.gone"),
    DeviceStatus(DeviceState.ONLINE, parts=(Part("doors.front", "open"), Part("proximity", "present"))),
    DeviceStatus(DeviceState.FRAUD_ATTEMPT, reason="cabinet.tampered"),
)


@pytest.mark.parametrize("sample", SAMPLES)
def test_news_of_another_device_is_kept_and_moves_no_page(sample: str) -> None:
    session = SAMPLES[sample]().session
    used = {DeviceClass.BARCODE_READER} if sample.startswith("number") else set()  # these pages wait for them
    used |= {DeviceClass.DOCUMENT_CAMERA} if sample.startswith("attach") else set()
    for device in set(DeviceClass) - set(WAITED_FOR) - used:
        for news in NEWS:
            after, asked = step(session, events.DeviceChanged(device, news), Timeouts())
            assert asked == ()
            assert after.availability.devices[device] == news
            assert replace(after, availability=session.availability) == session
