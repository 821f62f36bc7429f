"""Cameras in a host of their own: frames over HTTP and from a film, as the terminal sees them."""

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from PIL import Image

from devices.camera.camera import Camera, CameraCancelled, CameraFailed, Done, Frame
from devices.camera.frame_box import FrameBox
from devices.camera.types import WatchFrames
from devices.descriptors import Descriptor
from devices.drivers import find
from devices.emulators.mjpeg_camera import MjpegCameraEmulator
from devices.emulators.picture_code import field_of, read_code
from devices.messages import Command
from devices.status import CompletionCode, DeviceClass, DeviceState
from devices.supervisor import Supervisor
from kiosk.base.errors import BudayangError, Problem
from tests.devices.camera.watching import FACE, CameraScene, camera_scene, emulated_camera
from tests.devices.scenes import PATIENCE_S, Heard, completion_of

Scene = tuple[MjpegCameraEmulator, CameraScene]


@pytest.fixture
def scene() -> Iterator[Scene]:
    with emulated_camera() as made:
        yield made


def test_frames_come_in_order_and_none_twice(scene: Scene) -> None:
    emulator, made = scene
    watch = made.watch()
    watch.wait_frames(30)
    outcome = made.end(watch)
    assert isinstance(outcome, CameraCancelled)
    assert outcome.result.frames == len(watch.codes.items)
    assert (outcome.result.repeated, outcome.result.damaged, outcome.result.reopened) == (0, 0, 0)
    assert watch.stale() == 0
    assert {(width, height) for _, width, height in watch.frames} == {(320, 180)}
    numbers = [number for number, _, _ in watch.frames]
    assert numbers == sorted(set(numbers))
    assert emulator.streams >= 1


def test_the_camera_is_watched_only_while_a_command_runs(scene: Scene) -> None:
    emulator, made = scene
    assert emulator.wait_for_streams(0, PATIENCE_S)
    watch = made.watch()
    watch.wait_frames(3)
    assert emulator.state()["streams"] == 1
    made.end(watch)
    assert emulator.wait_for_streams(0, PATIENCE_S)


def test_one_picture_is_newer_than_its_wish(scene: Scene) -> None:
    emulator, made = scene
    wished_at = time.monotonic()
    taken = made.take(settle_s=0.2)
    outcome = taken.outcome()
    assert isinstance(outcome, Done)
    assert len(taken.codes.items) == 1
    assert emulator.made_at(taken.codes.items[0], time.monotonic()) > wished_at + 0.1


def test_a_slower_rate_leaves_frames_out(scene: Scene) -> None:
    _, made = scene
    watch = made.watch(max_fps=10)
    watch.wait_frames(6)
    outcome = made.end(watch)
    assert isinstance(outcome, CameraCancelled)
    assert outcome.result.left_out >= outcome.result.frames
    assert watch.stale() == 0


def test_a_watch_ends_at_its_time(scene: Scene) -> None:
    _, made = scene
    watch = made.watch(timeout_s=0.5)
    outcome = watch.outcome()
    assert isinstance(outcome, CameraFailed)
    assert outcome.problem == Problem("device.no_time_left")
    assert outcome.result is not None
    assert outcome.result.frames == len(watch.codes.items)


def test_a_terminal_that_does_not_read_gets_the_newest_frame_afterwards(scene: Scene) -> None:
    emulator, made = scene
    late = Heard()
    first = Heard()

    def dawdle(frame: Frame) -> None:
        with frame.pixels() as pixels, memoryview(pixels) as view:
            code = read_code(view, frame.width)
        frame.close()
        if not first.items:
            first.add(code)
            target = emulator.number_at(code, time.monotonic()) + 25
            while emulator.state()["frames"] < target:  # type: ignore[operator]  # the supervisor's thread is held on purpose
                time.sleep(0.01)
        else:
            late.add(emulator.number_at(code, time.monotonic()))

    made.camera.watch("dawdle", 0, dawdle, late.add)
    second = late.wait_for(lambda item: isinstance(item, int))
    third = late.wait_for(lambda item: isinstance(item, int) and item > second)
    made.camera.cancel("dawdle")
    late.wait_for(lambda item: isinstance(item, CameraCancelled))
    # what was on its way when the terminal stopped reading, then at once the newest
    assert third - second > 10 or second - emulator_number(first, emulator) > 10


def emulator_number(first: Heard, emulator: MjpegCameraEmulator) -> int:
    return emulator.number_at(first.items[0], time.monotonic())


def _frames_open() -> int:
    """Pictures that this process holds; other descriptors come and go with other threads."""
    count = 0
    for descriptor in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(OSError):
            count += str(descriptor.readlink()).startswith("/memfd:frame")
    return count


def test_no_descriptor_is_left_whoever_forgets_to_close(scene: Scene) -> None:
    _, made = scene
    watch = made.watch()
    watch.wait_frames(2)
    made.end(watch)
    before = _frames_open()
    heard = Heard()
    payload = msgspec.msgpack.encode(WatchFrames())
    command = Command("raw", "watchFrames", 0.6, payload)
    made.supervisor.submit(FACE, command, lambda message: heard.add(type(message).__name__))
    heard.wait_for(lambda name: name == "Completion")
    assert heard.items.count("EventWithFiles") > 5
    assert _frames_open() <= before


def test_a_frame_cannot_be_changed_by_who_gets_it(scene: Scene) -> None:
    _, made = scene
    kept = Heard()
    made.camera.take_picture("t", PATIENCE_S, kept.add, kept.add)
    frame: Frame = kept.wait_for(lambda item: isinstance(item, Frame))
    with pytest.raises(OSError, match="not permitted"):
        os.pwrite(frame.memory.fileno(), b"x", 0)
    with pytest.raises(OSError, match="not permitted"):
        os.ftruncate(frame.memory.fileno(), 1)
    assert "Frame" in repr(frame)
    assert str(Path(f"/proc/self/fd/{frame.memory.fileno()}").readlink()).startswith("/memfd:frame")
    frame.close()
    frame.close()
    kept.wait_for(lambda item: isinstance(item, Done))


def test_the_light_goes_on_off_and_out_with_the_host(scene: Scene) -> None:
    emulator, made = scene
    assert isinstance(made.light(80), Done)
    assert emulator.light == 80
    assert made.light(101) == made.light(-1)
    emulator.do("light_breaks", {})
    refused = made.light(50)
    assert isinstance(refused, CameraFailed)
    assert refused.problem == Problem("camera.light_refused")
    emulator.do("light_works", {})
    made.supervisor.stop()
    assert emulator.light == 0


def test_a_camera_without_a_light_says_so() -> None:
    with emulated_camera(light_path="") as (_, made):
        refused = made.light(50)
        assert isinstance(refused, CameraFailed)
        assert refused.problem == Problem("camera.no_light")


@pytest.mark.parametrize(
    ("name", "payload", "code"),
    [
        ("readNothing", b"", CompletionCode.UNSUPPORTED_COMMAND),
        ("watchFrames", b"\xff", CompletionCode.INVALID_DATA),
        ("watchFrames", msgspec.msgpack.encode(WatchFrames(0)), CompletionCode.INVALID_DATA),
        ("takePicture", b"\x01", CompletionCode.INVALID_DATA),
    ],
)
def test_unknown_commands_and_garbage_are_refused(
    scene: Scene, name: str, payload: bytes, code: CompletionCode
) -> None:
    _, made = scene
    heard = Heard()
    made.supervisor.submit(FACE, Command("x", name, 5.0, payload), heard.add)
    assert completion_of(heard).code is code


def film(folder: Path) -> list[Path]:
    """Ten pictures with the numbers 1 to 10."""
    made = []
    for number in range(1, 11):
        picture = Image.new("RGB", (320, 180), (90, 90, 90))
        for bit in range(8):
            left, top, right, bottom = field_of(bit, 320)
            picture.paste((255,) * 3 if number >> bit & 1 else (0, 0, 0), (left, top, right + 1, bottom + 1))
        made.append(folder / f"f_{number:03d}.jpg")
        picture.save(made[-1], quality=90)
    return made


def test_numbered_pictures_stand_in_for_a_camera(tmp_path: Path) -> None:
    film(tmp_path)
    with camera_scene({"driver": "file", "path": str(tmp_path / "f_%03d.jpg"), "fps": 100.0}) as made:
        watch = made.watch(max_fps=200)
        watch.wait_frames(15)
        assert isinstance(made.end(watch), CameraCancelled)
        assert set(watch.codes.items) <= set(range(1, 11))
        assert len(set(watch.codes.items)) > 3


def test_a_film_stands_in_for_a_camera(tmp_path: Path) -> None:
    import cv2

    writer = cv2.VideoWriter(str(tmp_path / "film.avi"), cv2.VideoWriter.fourcc(*"MJPG"), 25, (320, 180))
    for path in film(tmp_path):
        picture = cv2.imread(str(path))
        assert picture is not None
        writer.write(picture)
    writer.release()
    with camera_scene({"driver": "file", "path": str(tmp_path / "film.avi"), "fps": 100.0}) as made:
        watch = made.watch(max_fps=200)
        watch.wait_frames(15)
        outcome = made.end(watch)
        assert isinstance(outcome, CameraCancelled)
        assert outcome.result.reopened == 0
        assert set(watch.codes.items) <= set(range(1, 11))


@pytest.mark.allow_log("device_lost.*camera.power_off")
@pytest.mark.parametrize(
    "settings",
    [
        {"driver": "v4l2", "device": "/dev/video-none"},
        {"driver": "v4l2", "device": "/dev/null"},
        {"driver": "file", "path": "/nowhere/film.avi"},
        {"driver": "mjpeg", "url": "http://127.0.0.1:1/stream"},
    ],
)
def test_a_camera_that_is_not_there_is_off(settings: dict[str, object]) -> None:
    with camera_scene(settings) as made:
        assert made.camera.status().state is DeviceState.POWER_OFF


@pytest.mark.parametrize(
    ("driver", "settings"),
    [
        ("mjpeg", {}),
        ("mjpeg", {"url": "https://127.0.0.1/"}),
        ("mjpeg", {"url": "http:///x"}),
        ("mjpeg", {"url": "http://127.0.0.1/", "stall_s": 0.0}),
        ("mjpeg", {"url": "http://127.0.0.1/", "read_s": 30.0}),
        ("mjpeg", {"url": "http://127.0.0.1/", "light_path": "x"}),
        ("mjpeg", {"url": "http://127.0.0.1:99999/"}),
        ("v4l2", {"device": "video0"}),
        ("v4l2", {"device": "/dev/video0", "fps": 0.0}),
        ("v4l2", {"device": "/dev/video0", "more": 0}),
        ("file", {"path": "film.avi"}),
        ("file", {"path": "/film.avi", "fps": 0.0}),
        ("file", {"path": 5}),
    ],
)
def test_wrong_settings_are_refused(driver: str, settings: dict[str, object]) -> None:
    with pytest.raises(BudayangError, match=r"camera\.bad_settings"):
        find(DeviceClass.DOCUMENT_CAMERA, driver)(settings)


def test_only_cameras_are_cameras() -> None:
    with pytest.raises(ValueError, match="no camera"):
        Camera(Supervisor({}, lambda _device, _status: None), DeviceClass.SHEET_PRINTER)


def frame(number: int) -> Frame:
    return Frame(number, 1, 1, 0.0, Descriptor(os.memfd_create("frame")))


def test_a_box_holds_the_newest_frame_and_closes_the_others() -> None:
    box = FrameBox()
    frames = [frame(number) for number in range(4)]
    assert box.take() is None
    box.put(frames[0])
    box.put(frames[1])
    assert frames[0].memory.fileno() == -1
    taken = box.take(PATIENCE_S)
    assert taken is frames[1]
    assert box.take() is None
    box.put(frames[2])
    box.close()
    box.put(frames[3])
    assert [made.memory.fileno() for made in frames[2:]] == [-1, -1]
    taken.close()
