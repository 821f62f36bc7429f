"""The power supply as the terminal sees it."""

from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from devices.messages import Acknowledge, Command, Completion, Event
from devices.outcomes import Cancelled, Commands, Done, outcome_of, part
from devices.status import DeviceClass, DeviceStatus
from devices.ups.types import ENGAGED, LOW, POWERING, READ_CHARGE, RECOVERED, Charge, ReadCharge
from kiosk.base.errors import Problem


@dataclass(frozen=True)
class SupplyStatus:
    """XFS4IoT's four; ``None`` = not known now.

    Attributes:
        is_engaged: in the circuit.
        is_low: the battery is nearly empty.
        is_powering: the mains failed, the battery carries the terminal.
        is_recovered: the mains are back, the battery charges.
    """

    is_engaged: bool | None
    is_low: bool | None
    is_powering: bool | None
    is_recovered: bool | None


def read_status(status: DeviceStatus) -> SupplyStatus:
    """The supply's parts, typed."""
    known = {"on": True, "off": False}
    return SupplyStatus(*(known.get(part(status, name) or "") for name in (ENGAGED, LOW, POWERING, RECOVERED)))


class PowerSupply:
    """Commands to the supply. Methods do not block; outcomes come on the supervisor's thread, exactly one each."""

    def __init__(self, supervisor: Commands) -> None:
        self._supervisor = supervisor

    def status(self) -> SupplyStatus:
        """The last status told."""
        return read_status(self._supervisor.status(DeviceClass.UPS))

    def read_charge(
        self, action_id: str, on_outcome: Callable[[Charge | Cancelled | Problem], None], *, timeout_s: float = 3.0
    ) -> None:
        """How full the battery is and how long it lasts."""

        def take(message: Acknowledge | Event | Completion) -> None:
            if not isinstance(message, Completion):
                return
            outcome = outcome_of(message)
            if not isinstance(outcome, Done):
                on_outcome(outcome)
                return
            try:
                on_outcome(msgspec.msgpack.decode(message.payload, type=Charge))
            except msgspec.DecodeError:
                on_outcome(Problem("device.software_error"))

        payload = msgspec.msgpack.encode(ReadCharge())
        self._supervisor.submit(DeviceClass.UPS, Command(action_id, READ_CHARGE, timeout_s, payload), take)
