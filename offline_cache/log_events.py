"""The log events of the store; see `kiosk.base.logs`."""

from kiosk.base.logs import ERROR, INFO, MESSAGE_KEY, WARNING, Event, Id, Log, Number, Word, register

# the pragmas of offline_cache.store.connection; a test compares
SETTINGS = (
    "locking_mode", "journal_mode", "synchronous", "wal_autocheckpoint", "journal_size_limit", "secure_delete", "temp_store",
    "mmap_size", "cell_size_check", "trusted_schema", "foreign_keys", "cache_size",
)  # fmt: skip
_COUNT = Number(0, 1_000_000_000)

register(
    "offline_cache",
    {
        "store_opened": Event(INFO, "the store was opened", items=_COUNT, dead=_COUNT),
        "store_damaged": Event(
            ERROR, "the store was damaged and moved aside, never deleted", aside=Id(r"damaged-\d{1,6}")
        ),
        "store_salvaged": Event(WARNING, "rows of the damaged store were taken over", items=_COUNT, lost=_COUNT),
        "store_setting": Event(ERROR, "the database refused a setting that keeps the promise", setting=Word(*SETTINGS)),
        "vault_opened": Event(INFO, "the key vault was opened", strength=Word("tpm", "credentials", "file")),
        "vault_rotated": Event(
            INFO, "the key over the data keys was changed", strength=Word("tpm", "credentials", "file"), keys=_COUNT
        ),
        "attachments_collected": Event(INFO, "files of nobody were removed", files=_COUNT, rows=_COUNT),
        "reference_came": Event(INFO, "a new version of the reference is in use", version=_COUNT),
        "reference_waits": Event(
            INFO, "the reference could not be renewed now; the version in use stays", reason=MESSAGE_KEY
        ),
        "reference_refused": Event(
            ERROR,
            "a new reference was refused and the version in use stays; a technician must look",
            reason=MESSAGE_KEY,
        ),
        "reference_renewed_again": Event(INFO, "renewing the reference works again"),
    },
)

log = Log("offline_cache")
