"""What the drain tells; see `kiosk.base.logs`."""

from kiosk.base.logs import CLASS, ERROR, INFO, MESSAGE_KEY, WARNING, Event, Log, Word, register
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
        "sync_store": Event(
            ERROR, "the store did not do what the drain asked of it; it is tried again", reason=MESSAGE_KEY
        ),
        "sync_store_works": Event(INFO, "the store does what the drain asks of it again"),
        "ending_refused": Event(
            ERROR, "the platform does not take how a case ended here; a person must look at it there", code=_CODE
        ),
        "sync_failed": Event(ERROR, "the drain met a fault of the program and goes on", error=CLASS),
    },
)

log = Log("offline_cache")
