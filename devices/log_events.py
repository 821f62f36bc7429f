"""The log events of the device layer; see `kiosk.base.logs`. Losses and recoveries are told once each."""

from devices.id_card_reader.codec import Request
from devices.status import Action, CompletionCode, DeviceClass, DeviceState
from kiosk.base.logs import CLASS, DEBUG, ERROR, INFO, MESSAGE_KEY, WARNING, Event, Id, Log, Number, Word, register

_DEVICE = Word(DeviceClass)
_STATE = Word(DeviceState)
_COMMAND = Id(
    r"(read|watch|print|take|set|open|control|play|verify|erase|chip)[A-Z][A-Za-z]{1,20}|move|reset|read|match|dataEntry"  # XFS4IoT's commands, no text of a person
)
_BYTE = Number(0, 255)
_PID = Number(0, 2**22)

register(
    "devices",
    {
        "device_lost": Event(WARNING, "a device was lost", device=_DEVICE, state=_STATE, reason=MESSAGE_KEY),
        "device_recovered": Event(INFO, "a device is there again", device=_DEVICE, state=_STATE),
        "device_status": Event(
            INFO, "a device's status changed", device=_DEVICE, state=_STATE, reason=MESSAGE_KEY, action=Word(Action)
        ),
        "module_changed": Event(ERROR, "another module answers than the pinned one: commands refused", device=_DEVICE),
        "reader_reply": Event(
            INFO,
            "the reader's module refused or failed",
            request=Word(*(request.name for request in Request)),
            sw1=_BYTE,
            sw2=_BYTE,
            sw3=_BYTE,
        ),
        "reader_line": Event(
            INFO,
            "a frame on the reader's line was damaged; asked again",
            request=Word(*(request.name for request in Request)),
            attempt=Number(1, 9),
        ),
        "input_dropped": Event(
            INFO, "input came that nobody waited for; dropped unread", device=_DEVICE, count=Number(1, 1_000_000)
        ),
        "host_started": Event(INFO, "a device host was started", device=_DEVICE, host_pid=_PID),
        "host_ended": Event(
            WARNING,
            "a device host ended unasked; it is started again",
            device=_DEVICE,
            host_pid=_PID,
            status=Number(-64, 255),
            cause=Word("ended", "deadline", "silent", "unacknowledged", "occupied", "malformed", "late_start"),
        ),
        "host_failing": Event(
            ERROR, "a device host ends again and again", device=_DEVICE, restarts=Number(0, 1_000_000)
        ),
        "host_error": Event(
            ERROR,
            "a driver raised an exception; its host ends",
            device=_DEVICE,
            error=Id(r"_?[A-Z][A-Za-z]{1,40}(Error|Exception|Exit|Interrupt|Warning)|error|Empty|Full|TimeoutExpired"),
            where=Id(r"_{0,2}[a-z][a-z0-9_]{1,40}\.py:\d{1,5}"),
        ),
        "callback_failed": Event(ERROR, "a receiver of device messages raised", device=_DEVICE, error=CLASS),
        "command_ended": Event(
            DEBUG,
            "a device command ended",
            device=_DEVICE,
            command=_COMMAND,
            code=Word(CompletionCode),
            reason=MESSAGE_KEY,
            duration_ms=Number(0, 1e8),
        ),
    },
)

log = Log("devices")
