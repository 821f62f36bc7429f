"""Benches of both cameras: MJPEG over HTTP, numbered pictures, and V4L2 without a camera."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from PIL import Image

from devices.camera.types import SET_LIGHT, TAKE, WATCH, SetLight, TakePicture, WatchFrames
from devices.emulators.mjpeg_camera import MjpegCameraEmulator
from devices.status import DeviceClass
from tests.devices.conformance.bench import Asked, Bench, Clause, Rig, given
from tests.devices.conformance.cable import cable_to
from tests.devices.scenes import PATIENCE_S

NO_CAMERA = "no video device can be made without a kernel module; a real camera runs it in the virtual machine's lab"
TAKEN = msgspec.msgpack.encode(TakePicture(settle_s=0.0))
WATCHED = msgspec.msgpack.encode(WatchFrames(max_fps=30.0))
LIT = msgspec.msgpack.encode(SetLight(50))
PICTURES = 4


@contextmanager
def _mjpeg(_: Path) -> Iterator[Rig]:
    emulator = MjpegCameraEmulator(width=320, height=180, fps=30.0)
    emulator.start()
    begun = 0

    def long() -> Asked:
        nonlocal begun
        begun = emulator.streams
        return WATCH, WATCHED

    def has_begun() -> None:
        assert emulator.wait_for_opened(begun + 1, PATIENCE_S), "nobody watches"

    try:
        with cable_to(("127.0.0.1", emulator.tcp_port)) as cable:
            yield Rig(
                {
                    "url": f"http://127.0.0.1:{cable.port}/stream",
                    "light_path": "/light?level={level}",
                    "open_s": 0.5,
                    "read_s": 0.3,
                    "stall_s": 0.4,
                    "lost_s": 0.9,
                },
                long,
                has_begun,
                given(TAKE, TAKEN),
                {TAKE: TAKEN, WATCH: WATCHED, SET_LIGHT: LIT},
                lambda: cable.do("whole"),
                unplug=lambda: cable.do("cut"),
                lose=lambda: cable.do("cut"),
                silence=lambda: cable.do("silent"),
                garble=lambda: cable.do("garbage"),
                slow=lambda: cable.do("slow"),
            )
    finally:
        emulator.stop()


@contextmanager
def _file(folder: Path) -> Iterator[Rig]:
    film, elsewhere = folder / "film", folder / "elsewhere"
    film.mkdir()
    whole = []
    for number in range(PICTURES):
        path = film / f"f_{number:03d}.jpg"
        Image.new("RGB", (160, 90), (number * 60, 90, 110)).save(path)
        whole.append((path, path.read_bytes()))
    noise = random.Random(20261122)

    def mend() -> None:
        if elsewhere.exists():
            elsewhere.rename(film)
        for path, content in whole:
            path.write_bytes(content)

    def garble() -> None:
        for path, content in whole:
            path.write_bytes(noise.randbytes(len(content)))

    def unplug() -> None:
        film.rename(elsewhere)

    yield Rig(
        {"path": str(film / "f_%03d.jpg"), "fps": 20.0, "stall_s": 0.3, "lost_s": 0.8},
        lambda: (WATCH, WATCHED),
        lambda: None,  # reading a file shows nothing outside the host
        given(TAKE, TAKEN),
        {TAKE: TAKEN, WATCH: WATCHED},
        mend,
        unplug=unplug,
        garble=garble,
    )


@contextmanager
def _v4l2(_: Path) -> Iterator[Rig]:
    yield Rig(
        {"device": "/dev/video-none", "light_control": 1, "stall_s": 0.3, "lost_s": 0.6},
        lambda: (WATCH, WATCHED),
        lambda: None,
        given(TAKE, TAKEN),
        {TAKE: TAKEN, WATCH: WATCHED, SET_LIGHT: LIT},
        lambda: None,
        is_there=False,
    )


_FILE_EXEMPT = {
    Clause.TWICE: "a file is read by as many as like",
    Clause.SILENCE: "a file is never silent; a file system that hangs is a host that hangs",
    Clause.SLOW: "the pace is a setting of the driver itself",
}
_V4L2_EXEMPT = dict.fromkeys(
    (
        Clause.TWICE,
        Clause.CLOSE_TWICE,
        Clause.THREE_MISSES,
        Clause.BUSY,
        Clause.CANCEL,
        Clause.UNPLUG,
        Clause.SILENCE,
        Clause.GARBAGE,
        Clause.SLOW,
        Clause.LOGGED_ONCE,
        Clause.HOST_KILLED,
        Clause.GRACEFUL_STOP,
    ),
    NO_CAMERA,
)

BENCHES = tuple(
    bench
    for device in (DeviceClass.DOCUMENT_CAMERA, DeviceClass.FACE_CAMERA)
    for bench in (
        Bench(
            device,
            "mjpeg",
            _mjpeg,
            ({"url": None}, {"url": "ftp://camera/"}, {"stall_s": 0.0}, {"light_path": "light"}),
            exempt={Clause.TWICE: "an HTTP camera serves several viewers"},
        ),
        Bench(device, "file", _file, ({"path": None}, {"path": "film.avi"}, {"fps": 0}), exempt=_FILE_EXEMPT),
        Bench(device, "v4l2", _v4l2, ({"device": None}, {"device": "video0"}, {"width": 0}), exempt=_V4L2_EXEMPT),
    )
)
