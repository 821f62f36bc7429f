"""A supply on a real upsd, its host and the supervisor."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from devices.status import DeviceClass, DeviceState
from devices.supervisor import Supervisor
from devices.ups.supply import PowerSupply
from tests.devices.scenes import Heard
from tests.devices.ups.nut_server import NAME, NutServer


@dataclass
class SupplyScene:
    """`statuses` holds all that was told; `forget` empties it."""

    server: NutServer
    supervisor: Supervisor
    statuses: Heard
    supply: PowerSupply

    def forget(self) -> None:
        self.statuses.items.clear()


@contextmanager
def supply_scene(server: NutServer) -> Iterator[SupplyScene]:
    """With the first status told."""
    statuses = Heard()
    config = {"driver": "nut", "ups": NAME, "tcp_port": server.port, "poll_s": 0.2}
    supervisor = Supervisor({DeviceClass.UPS: config}, lambda _, status: statuses.add(status))
    supervisor.start()
    try:
        statuses.wait_for(lambda status: status.state is not DeviceState.STARTING)
        yield SupplyScene(server, supervisor, statuses, PowerSupply(supervisor))
    finally:
        supervisor.stop()
