"""Cameras that the kernel knows, asked for their abilities. Source: Linux V4L2 API, VIDIOC_QUERYCAP.

Nothing is streamed, so no camera's lamp goes on. A camera has several device files; the one that captures pictures counts.
"""

import fcntl
import os
import re
import struct
from collections.abc import Callable, Iterator
from pathlib import Path

from devices.inspection.port_holders import holder_of
from devices.probing.findings import Finding, Places, Reason, Scalar, Trouble, clean
from devices.probing.sysfs import attribute, stable_name, usb_identity
from devices.status import DeviceClass

_QUERYCAP = 0x80685600
_VIDEO_CAPTURE = 0x1
_DEVICE_CAPS = 0x80000000
_CAPABILITIES = struct.Struct("=16s32s32sIII12x")
_FACE = re.compile(r"face|front|infra|\bIR\b|人脸", re.IGNORECASE)


def query(node: Path) -> bytes | None:
    """The answer to QUERYCAP (104 bytes), ``None`` from what is no camera. Raises PermissionError."""
    try:
        number = os.open(node, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
    except PermissionError:
        raise
    except OSError:
        return None
    try:
        return fcntl.ioctl(number, _QUERYCAP, bytes(_CAPABILITIES.size))
    except OSError:
        return None
    finally:
        os.close(number)


def look(places: Places, ask: Callable[[Path], bytes | None] = query) -> Iterator[Finding | Trouble]:
    """One finding a capturing device file."""
    folder = Path(places.sys) / "class" / "video4linux"
    for entry in sorted(folder.iterdir()) if folder.is_dir() else ():
        node = Path(places.dev) / entry.name
        place = str(stable_name(node, Path(places.dev) / "v4l" / "by-path"))
        name = attribute(entry, "name") or entry.name
        try:
            answer = ask(node)
        except PermissionError:
            yield Finding("v4l2", name, place, notes=(Reason("probe.camera_no_access"),))
            continue
        if answer is None:
            continue
        _, card, _, _, all_caps, device_caps = _CAPABILITIES.unpack(answer)
        if not (device_caps if all_caps & _DEVICE_CAPS else all_caps) & _VIDEO_CAPTURE:
            continue
        usb = usb_identity(entry / "device")
        told = clean(card.rstrip(b"\0").decode("utf-8", "replace")) or name
        yield _finding(told if usb is None else f"{told} ({usb.vendor}:{usb.product})", place)


def _finding(name: str, place: str) -> Finding:
    device = DeviceClass.FACE_CAMERA if _FACE.search(name) else DeviceClass.DOCUMENT_CAMERA
    held_by = holder_of(place)
    settings: dict[str, Scalar] = {"device": place}
    is_stable = "/by-path/" in place
    return Finding(
        "v4l2",
        name,
        place,
        device,
        "v4l2",
        settings,
        {
            "driver": Reason("probe.camera", {"name": name}),
            "device": Reason("probe.camera_stable" if is_stable else "probe.port_unstable"),
        },
        (Reason("probe.camera_which"),),
        held_by=held_by,
    )
