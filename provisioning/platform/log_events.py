"""The platform's part of the log catalogue."""

from kiosk.base.logs import CLASS, ERROR, INFO, Event, Number, Word, register

PATHS = (
    "/health",
    "/v1/terminals/hello",
    "/v1/identity/codes",
    "/v1/identity/verifications",
    "/v1/provident-fund/statements",
    "/v1/ratings",
)

register(
    "platform",
    {
        "listening": Event(INFO, "the platform listens", port=Number(1, 65535)),
        "request_failed": Event(ERROR, "a request failed inside the platform", path=Word(*PATHS), error=CLASS),
    },
)
