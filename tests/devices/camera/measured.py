"""The figures of the cameras: how old a frame is when the terminal sees its pixels, and how many it sees twice or out of order.

A frame is made when the emulated camera holds its JPEG bytes; it is seen when its number was read from the mapped pixels.
"""

import itertools
import statistics
import time

from devices.camera.camera import Camera, Frame
from devices.emulators.mjpeg_camera import MjpegCameraEmulator
from devices.emulators.picture_code import read_code
from devices.status import DeviceClass, DeviceState
from devices.supervisor import Supervisor
from tests.bench.figures import Figure, load
from tests.devices.scenes import Heard

FACE = DeviceClass.FACE_CAMERA
FRAMES = 500
_LEFT_OUT = 5  # the camera's own start


def measure(frames: int = FRAMES) -> list[Figure]:
    """`frame_latency_ms` (p95) and `stale_frames`, 1080p at 25 fps."""
    emulator = MjpegCameraEmulator("face_camera")
    for code in range(256):
        emulator.picture(code)  # drawn beforehand: a sensor's work is not ours
    emulator.start()
    statuses, ended, seen = Heard(), Heard(), Heard()

    def look(frame: Frame) -> None:
        with frame.pixels() as pixels, memoryview(pixels) as view:
            code = read_code(view, frame.width)
        now = time.monotonic()
        frame.close()
        seen.add((emulator.number_at(code, now), now - emulator.made_at(code, now)))

    supervisor = Supervisor({FACE: {"driver": "mjpeg", "url": emulator.url}}, lambda _, status: statuses.add(status))
    supervisor.start()
    try:
        statuses.wait_for(lambda status: status.state is DeviceState.ONLINE)
        camera = Camera(supervisor, FACE)
        camera.watch("bench", 0, look, ended.add)
        seen.wait_for(lambda _: len(seen.items) >= frames + _LEFT_OUT, 3 * frames / 25 + 10)
        camera.cancel("bench")
        outcome = ended.wait_for(lambda _: True)
    finally:
        supervisor.stop()
        emulator.stop()
    numbers = [number for number, _ in seen.items]
    ages = sorted(age * 1000 for _, age in seen.items[_LEFT_OUT:])
    p95 = ages[int(len(ages) * 0.95)]
    stale = sum(after <= before for before, after in itertools.pairwise(numbers))
    missed = numbers[-1] - numbers[0] + 1 - len(numbers)
    detail = (
        f"median {statistics.median(ages):.1f}, p95 {p95:.1f}, longest {ages[-1]:.1f} ms of {len(ages)} frames, {missed} left out,"
        f" 1080p at 25 fps; {outcome.result}; {load()}"
    )
    return [Figure("frame_latency_ms", round(p95, 1), detail), Figure("stale_frames", stale, detail)]


if __name__ == "__main__":
    print(measure())
