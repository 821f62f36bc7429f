"""upsd itself ends and is started again."""

from pathlib import Path

import pytest

from devices.status import DeviceState
from tests.devices.ups.nut_server import nut_server
from tests.devices.ups.scenes import supply_scene


@pytest.mark.xdist_group("upsd")
@pytest.mark.allow_log("device_lost")  # once
def test_the_supply_is_lost_and_found_again(short_tmp: Path) -> None:
    with nut_server(short_tmp) as server, supply_scene(server) as scene:
        server.stop()
        scene.statuses.wait_for(lambda status: status.state is DeviceState.POWER_OFF)
        scene.forget()
        server.start()
        scene.statuses.wait_for(lambda status: status.state is DeviceState.ONLINE)
