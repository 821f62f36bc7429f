"""The program that encodes one page and is gone: ``python -m kiosk.terminal.picture_child --fd N --width W --height H``.

The inherited descriptor holds the frame; standard output gets four bytes of length, big-endian, the page and its preview,
JPEG both. It dies with its parent, leaves no core, and what it held of a citizen goes with it.
"""

import argparse
import io
import os
import sys

from kiosk.base.confinement import end_with_parent, leave_no_traces

QUALITY, PREVIEW_QUALITY = 85, 75
PREVIEW_PIXELS = 1000


def encode(pixels: bytes, width: int, height: int) -> tuple[bytes, bytes]:
    """Page and preview of a frame in blue, green, red."""
    from PIL import Image

    page = Image.frombuffer("RGB", (width, height), pixels, "raw", "BGR", 0, 1)
    whole, small = io.BytesIO(), io.BytesIO()
    page.save(whole, "JPEG", quality=QUALITY)
    page.thumbnail((PREVIEW_PIXELS, PREVIEW_PIXELS))
    page.save(small, "JPEG", quality=PREVIEW_QUALITY)
    return whole.getvalue(), small.getvalue()


def main(argv: list[str]) -> int:
    """Status 0, or 1 when the frame cannot be encoded."""
    parser = argparse.ArgumentParser(prog="kiosk.terminal.picture_child")
    for name in ("parent", "fd", "width", "height"):
        parser.add_argument(f"--{name}", type=int, required=True)
    told = parser.parse_args(argv)
    if not end_with_parent(told.parent):
        return 1
    leave_no_traces()
    try:
        pixels = os.pread(told.fd, told.width * told.height * 3, 0)
        content, preview = encode(pixels, told.width, told.height)
    except Exception:  # noqa: BLE001  a diagnostic may hold what the page shows, so none leaves this process
        return 1
    sys.stdout.buffer.write(len(content).to_bytes(4, "big") + content + preview)
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
