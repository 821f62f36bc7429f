"""What the journal tells; see `kiosk.base.logs`."""

from kiosk.base.logs import WARNING, Event, Log, Word, register

register(
    "journal",
    {
        "letter_given_up": Event(
            WARNING,
            "a person gave up a dead letter; the platform is told",
            reason=Word("handled_elsewhere", "withdrawn", "duplicate", "cannot_be_mended", "test"),
        ),
    },
)

log = Log("journal")
