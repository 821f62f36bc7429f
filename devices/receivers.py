"""How messages reach those who wait for them: a receiver's mistake is logged and harms no device."""

from collections.abc import Callable

from devices.log_events import log
from devices.messages import Acknowledge, Completion, Event
from devices.status import DeviceClass

Receiver = Callable[[Acknowledge | Event | Completion], None]


def report(device: DeviceClass, error: Exception) -> None:
    """Logs what a receiver raised: its class only."""
    log.event("callback_failed", device=device, error=error)


def tell(device: DeviceClass, receiver: Receiver, message: Acknowledge | Event | Completion) -> None:
    """Calls a receiver; its exception is logged, so that a bug there does not take all devices with it."""
    try:
        receiver(message)
    except Exception as error:  # noqa: BLE001 - see above
        report(device, error)
