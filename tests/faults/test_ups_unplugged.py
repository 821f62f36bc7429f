"""The cable between the power supply and the terminal is pulled: upsd is there, the supply is not."""

from pathlib import Path

import pytest

from devices.status import Action, DeviceState
from devices.ups.supply import SupplyStatus
from tests.devices.ups.nut_server import nut_server
from tests.devices.ups.scenes import supply_scene


@pytest.mark.xdist_group("upsd")
@pytest.mark.allow_log("device_lost")  # once
def test_the_supply_is_lost_and_found_again(short_tmp: Path) -> None:
    with nut_server(short_tmp) as server, supply_scene(server) as scene:
        server.pull()
        status = scene.statuses.wait_for(lambda status: status.state is DeviceState.POWER_OFF)
        assert (status.action, status.reason) == (Action.MAINTENANCE, "ups.gone")
        assert scene.supply.status() == SupplyStatus(None, None, None, None)
        scene.forget()
        server.plug()
        scene.statuses.wait_for(lambda status: status.state is DeviceState.ONLINE)
