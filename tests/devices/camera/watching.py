"""Scenes for tests of cameras: an emulated camera, its host, and the frames as the terminal sees them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count, pairwise

from devices.camera.camera import Camera, Frame, Outcome
from devices.emulators.mjpeg_camera import MjpegCameraEmulator
from devices.emulators.picture_code import read_code
from devices.status import DeviceClass, DeviceState, DeviceStatus
from devices.supervisor import Supervisor, Times
from tests.devices.scenes import PATIENCE_S, Heard

FACE = DeviceClass.FACE_CAMERA


@dataclass
class Watch:
    """One command: the codes of its frames and its outcome."""

    action_id: str
    codes: Heard = field(default_factory=Heard)
    frames: list[tuple[int, int, int]] = field(default_factory=list)
    outcomes: Heard = field(default_factory=Heard)

    def take(self, frame: Frame) -> None:
        with frame.pixels() as pixels, memoryview(pixels) as view:
            code = read_code(view, frame.width)
        self.frames.append((frame.number, frame.width, frame.height))
        frame.close()
        self.codes.add(code)

    def wait_frames(self, number: int) -> None:
        """Waits until so many frames have come."""
        self.codes.wait_for(lambda _: len(self.codes.items) >= number)

    def more(self, number: int) -> None:
        """Waits for so many more frames than now."""
        self.wait_frames(len(self.codes.items) + number)

    def outcome(self) -> Outcome:
        found: Outcome = self.outcomes.wait_for(lambda _: True)
        return found

    def stale(self) -> int:
        """Frames that came twice or out of order (codes are numbers modulo 256)."""
        return sum(not 0 < (after - before) % 256 < 128 for before, after in pairwise(self.codes.items))


@dataclass
class CameraScene:
    """A camera, its host and the supervisor."""

    supervisor: Supervisor
    camera: Camera
    statuses: Heard
    _numbers: Iterator[int] = field(default_factory=count)

    def watch(self, timeout_s: float = 0.0, max_fps: float = 60.0) -> Watch:
        made = Watch(f"watch-{next(self._numbers)}")
        self.camera.watch(made.action_id, timeout_s, made.take, made.outcomes.add, max_fps)
        return made

    def take(self, timeout_s: float = PATIENCE_S, settle_s: float = 0.0) -> Watch:
        made = Watch(f"take-{next(self._numbers)}")
        self.camera.take_picture(made.action_id, timeout_s, made.take, made.outcomes.add, settle_s)
        return made

    def light(self, level: int) -> Outcome:
        made = Watch(f"light-{next(self._numbers)}")
        self.camera.set_light(made.action_id, level, PATIENCE_S, made.outcomes.add)
        return made.outcome()

    def end(self, watch: Watch) -> Outcome:
        """Cancels a watch and waits for its outcome."""
        self.camera.cancel(watch.action_id)
        return watch.outcome()

    def status(self, state: DeviceState) -> DeviceStatus:
        found: DeviceStatus = self.statuses.wait_for(lambda status: status.state is state)
        return found


@contextmanager
def camera_scene(settings: dict[str, object], times: Times | None = None) -> Iterator[CameraScene]:
    """A face camera's host with these settings, its first status told."""
    statuses = Heard()
    supervisor = Supervisor({FACE: settings}, lambda _, status: statuses.add(status), times=times)
    supervisor.start()
    try:
        statuses.wait_for(lambda status: status.state is not DeviceState.STARTING)
        yield CameraScene(supervisor, Camera(supervisor, FACE), statuses)
    finally:
        supervisor.stop()


@contextmanager
def emulated_camera(
    *, fps: float = 50.0, has_stamps: bool = False, **settings: object
) -> Iterator[tuple[MjpegCameraEmulator, CameraScene]]:
    """A small, quick camera over HTTP."""
    emulator = MjpegCameraEmulator("face_camera", width=320, height=180, fps=fps, has_stamps=has_stamps)
    emulator.start()
    usual = {"stall_s": 0.4, "read_s": 0.3, "lost_s": 3.0, "light_path": "/light?level={level}"}
    try:
        with camera_scene({"driver": "mjpeg", "url": emulator.url, **usual, **settings}) as scene:
            yield emulator, scene
    finally:
        emulator.stop()
