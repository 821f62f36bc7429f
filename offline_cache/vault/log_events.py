"""What the vault tells; see `kiosk.base.logs`."""

from kiosk.base.logs import ERROR, MESSAGE_KEY, Event, Log, Word, register

register(
    "vault",
    {
        "vault_way_failed": Event(
            ERROR,
            "a way to keep the key is there and does not work",
            strength=Word("tpm", "credentials", "file"),
            reason=MESSAGE_KEY,
        ),
    },
)

log = Log("vault")
