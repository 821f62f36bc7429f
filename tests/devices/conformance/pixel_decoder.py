"""A decoder of ID-card photos for the benches: one black pixel for every photo. The real ones are vendors' and closed."""

from devices.id_card_reader.types import PhotoRead


class _Pixel:
    def decode(self, blob: bytes) -> PhotoRead | None:
        return PhotoRead(1, 1, bytes(3)) if blob else None


def make() -> _Pixel:
    """The plug-in."""
    return _Pixel()
