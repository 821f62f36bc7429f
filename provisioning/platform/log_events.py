"""The platform's part of the log catalogue."""

from kiosk.base.logs import CLASS, ERROR, INFO, Event, Number, Word, register

PATHS = (
    "/health",
    "/v1/terminals/hello",
    "/v1/identity/codes",
    "/v1/identity/verifications",
    "/v1/provident-fund/statements",
    "/v1/departments/queries",
    "/v1/departments/verifications",
    "/v1/ratings",
    "/v1/intake",
    "/v1/intake/statuses",
    "/v1/intake/attachment-states",
    "/v1/intake/attachments",
    "/v1/intake/lookups",
    "/v1/intake/stores",
    "/v1/intake/endings",
    "/v1/intake/cases",
    "/v1/reference/manifest",
    "/v1/reference/file",
)
ALARMS = ("sequence_conflict", "other_payload", "rolled_back", "ended_twice")

register(
    "platform",
    {
        "listening": Event(INFO, "the platform listens", port=Number(1, 65535)),
        "request_failed": Event(ERROR, "a request failed inside the platform", path=Word(*PATHS), error=CLASS),
        "intake_failed": Event(ERROR, "an item could not be taken in for a fault of the platform", error=CLASS),
        "intake_alarm": Event(ERROR, "a terminal's store does not agree with what came from it", alarm=Word(*ALARMS)),
    },
)
