"""Plays the demo's scenes with the player that ``panel run`` uses, on a thread of its own, step by step."""

import threading
import time
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from devices.emulators.scenes import Scene, SceneError, ScenePlayer, read_scene
from kiosk.base.yaml_reading import Complaint, ConfigError
from screens.panel.lab_line import LabGoneError, LabLine, LabRefusedError

_STOP_S = 2.0


@dataclass(frozen=True)
class SceneEnded:
    """How a scene ended; at most one of the reasons is there.

    Attributes:
        complaints: what stopped it, or what this hall lacks for it.
        is_lab_gone: nobody answered any more.
        is_stopped: a person stopped it.
    """

    complaints: tuple[Complaint, ...] = ()
    is_lab_gone: bool = False
    is_stopped: bool = False


class _StoppedError(Exception):
    """A person has stopped the scene."""


class _LineHands:
    """The player's hands on a `LabLine`."""

    def __init__(self, line: LabLine) -> None:
        self._line = line

    def do(self, emulator: str, action: str, **arguments: object) -> dict[str, object]:
        try:
            return dict(self._line.ask(emulator, action, arguments))
        except LabRefusedError as error:
            raise ValueError(str(error)) from None


def scenes_in(folder: Path) -> tuple[Scene, ...]:
    """The scenes of a folder by name; files that are no whole scene are left out."""
    found = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            found.append(read_scene(path))
        except (ConfigError, OSError):
            continue
    return tuple(sorted(found, key=lambda scene: scene.name))


class SceneRunner(QObject):
    """One scene at a time.

    Signals (delivered to bound slots in the receiver's thread):
        stepped: the number of the step that begins, from 0.
        ended: a `SceneEnded`.
    """

    stepped = Signal(int)
    ended = Signal(object)

    def __init__(self, control: Path) -> None:
        super().__init__()
        self._control = control
        self._thread: threading.Thread | None = None
        self._line: LabLine | None = None
        self._stopping = threading.Event()

    def run(self, scene: Scene, *, mends: bool = False) -> None:
        """Begins a scene, or the steps that make the hall whole after it; an earlier one is stopped."""
        self.stop()
        self._stopping = threading.Event()
        self._line = LabLine(self._control)
        arguments = (scene, self._line, self._stopping, mends)
        self._thread = threading.Thread(target=self._play, args=arguments, name="panel-scene", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ends a scene that plays, within two seconds; what it did stays."""
        self._stopping.set()
        if self._line is not None:
            self._line.break_off()
        if self._thread is not None:
            self._thread.join(_STOP_S)
        self._thread = self._line = None

    def _play(self, scene: Scene, line: LabLine, stopping: threading.Event, mends: bool) -> None:
        def pause(seconds: float) -> None:
            if stopping.wait(seconds):
                raise _StoppedError

        number = 0

        def tell(_step: str) -> None:
            nonlocal number
            self.stepped.emit(number)
            number += 1

        player = ScenePlayer(scene, _LineHands(line), tell, time.monotonic, pause)
        try:
            if mends:
                player.check()
                player.mend()
            else:
                player.play()
            end = SceneEnded()
        except ConfigError as error:
            end = SceneEnded(tuple(error.complaints))
        except SceneError as error:
            end = SceneEnded((error.complaint,))
        except (_StoppedError, LabGoneError):
            end = SceneEnded(is_lab_gone=not stopping.is_set(), is_stopped=stopping.is_set())
        finally:
            line.close()
        self.ended.emit(end)
