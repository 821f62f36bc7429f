"""The log events of the store process; see `kiosk.base.logs`."""

from typing import get_args

from kiosk.base.logs import CLASS, ERROR, INFO, MESSAGE_KEY, WARNING, Event, Log, Number, Word, register
from offline_cache.process.protocol import Request

_SECONDS = Number(0, 1e6)

register(
    "store_process",
    {
        "store_ready": Event(INFO, "the store answers"),
        "store_not_opened": Event(ERROR, "the store could not be opened", reason=MESSAGE_KEY),
        "store_closed": Event(INFO, "the store was closed"),
        "store_found_damage": Event(ERROR, "the store's file is damaged; the process ends and salvages when it starts"),
        "store_upkeep_failed": Event(
            WARNING, "housekeeping of the store failed; it is done the next time", reason=MESSAGE_KEY
        ),
        "store_upkeep_broke": Event(ERROR, "housekeeping of the store met a mistake of the program", error=CLASS),
        "store_client_dropped": Event(
            WARNING, "a client's connection was dropped", why=Word("garbage", "slow", "stranger", "tooMany", "noHello")
        ),
        "store_request_broke": Event(
            ERROR,
            "a request met a mistake of the program",
            request=Word(*(kind.__name__ for kind in get_args(Request))),
            error=CLASS,
        ),
        "store_started": Event(INFO, "the store process was started"),
        "store_lost": Event(WARNING, "the store process has ended by itself", restart_s=_SECONDS),
        "store_hung": Event(ERROR, "the store process does not answer and was killed", restart_s=_SECONDS),
        "store_supervisor_broke": Event(
            ERROR, "the store's supervisor met a mistake of the program and goes on", error=CLASS
        ),
        "store_away": Event(WARNING, "the store cannot be used", reason=MESSAGE_KEY),
        "store_back": Event(INFO, "the store can be used"),
    },
)

log = Log("store_process")
