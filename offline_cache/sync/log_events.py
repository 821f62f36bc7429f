"""What the drain tells; see `kiosk.base.logs`."""

from kiosk.base.logs import CLASS, ERROR, INFO, WARNING, Event, Log, Word, register
from offline_cache.sync.answers import KNOWN_CODES

_CODE = Word(*KNOWN_CODES)

register(
    "offline_cache",
    {
        "platform_lost": Event(WARNING, "the platform cannot be reached; what waits is kept"),
        "platform_found": Event(INFO, "the platform answers again; what waits is sent"),
        "sync_held": Event(
            ERROR, "the platform refuses this terminal; nothing is sent until its standing is mended", code=_CODE
        ),
        "sync_kind_held": Event(WARNING, "items of one kind wait for a permission or a new release", code=_CODE),
        "item_buried": Event(ERROR, "an item became a dead letter", code=_CODE),
        "sync_disk": Event(ERROR, "the store could not keep what the platform answered; it will be asked again"),
        "sync_failed": Event(ERROR, "the drain met a fault of the program and goes on", error=CLASS),
    },
)

log = Log("offline_cache")
