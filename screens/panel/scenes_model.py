"""The demo's scenes: what each tells, and how far the one goes that was started last."""

from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot

from devices.emulators.scenes import Act, Scene, Step
from screens.panel.boards import Switch, board_of, layout_of
from screens.panel.scene_runner import SceneEnded, SceneRunner
from screens.panel.words import Words


class ScenesModel(QObject):
    """The view-model of the scenes.

    Signals:
        shown: a value is another.
    """

    shown = Signal()

    def __init__(self, runner: SceneRunner, scenes: tuple[Scene, ...], words: Words) -> None:
        super().__init__()
        self._runner = runner
        self._scenes = {scene.name: scene for scene in scenes}
        self._words = words
        self._played: Scene | None = None
        self._mends = False
        self._step = -1
        self._is_running = False
        self._result = ("quiet", "")
        runner.stepped.connect(self._on_stepped)
        runner.ended.connect(self._on_ended)

    # --- what QML calls -----------------------------------------------------------------------------------------------
    @Slot(str)
    def run(self, name: str) -> None:
        """Plays a scene."""
        self._begin(name, mends=False)

    @Slot(str)
    def mend(self, name: str) -> None:
        """Makes whole what a scene has broken."""
        self._begin(name, mends=True)

    @Slot()
    def stop(self) -> None:
        """Stops the scene that plays."""
        self._runner.stop()

    # --- what QML sees ------------------------------------------------------------------------------------------------
    @Property(list, constant=True)
    def scenes(self) -> list[dict[str, str]]:
        """``name`` and ``sentence`` of each."""
        return [{"name": one.name, "sentence": self._words.of(one.sentence)} for one in self._scenes.values()]

    @Property(str, notify=shown)
    def played(self) -> str:
        """The scene that was started last, "" before the first."""
        return "" if self._played is None else self._played.name

    @Property(bool, notify=shown)
    def isRunning(self) -> bool:
        """Whether it goes on."""
        return self._is_running

    @Property(list, notify=shown)
    def steps(self) -> list[dict[str, Any]]:
        """``label`` and ``progress`` (done, now or later) of its steps."""
        told = []
        for number, step in enumerate(self._under_way()):
            progress = "done" if number < self._step else "now" if number == self._step else "later"
            told.append({"label": self._told(step), "progress": progress})
        return told

    @Property(str, notify=shown)
    def result(self) -> str:
        """How it ended, "" while it goes on."""
        return self._result[1]

    @Property(str, notify=shown)
    def resultLevel(self) -> str:
        """A value of `Level`."""
        return self._result[0]

    # --- news ---------------------------------------------------------------------------------------------------------
    @Slot(int)
    def _on_stepped(self, number: int) -> None:
        self._step = number
        self.shown.emit()

    @Slot(object)
    def _on_ended(self, ended: SceneEnded) -> None:
        self._is_running = False
        if ended.complaints:
            self._result = ("later", "\n".join(self._words.sentence_of(one.problem) for one in ended.complaints))
        elif ended.is_lab_gone:
            self._result = ("stopped", self._words.say("panel.result.lab_gone"))
        elif ended.is_stopped:
            self._result = ("quiet", self._words.say("panel.scene.stopped"))
        else:
            self._step = len(self._under_way())
            self._result = ("ready", self._words.say("panel.scene.mended" if self._mends else "panel.scene.done"))
        self.shown.emit()

    def _under_way(self) -> tuple[Step, ...]:
        if self._played is None:
            return ()
        return self._played.mend if self._mends else self._played.steps

    # --- words --------------------------------------------------------------------------------------------------------
    def _begin(self, name: str, *, mends: bool) -> None:
        scene = self._scenes.get(name)
        if scene is None or self._is_running:
            return
        self._played, self._mends, self._step, self._is_running = scene, mends, -1, True
        self._result = ("quiet", "")
        self._runner.run(scene, mends=mends)
        self.shown.emit()

    def _told(self, step: Step) -> str:
        device = self._words.device(step.emulator)
        if isinstance(step, Act):
            return self._words.say("panel.scene.act", device=device, act=self._told_act(step))
        what = {"device": device, "key": step.key, "seconds": f"{step.within_s:g}"}
        if step.more:
            return self._words.say("panel.scene.wait_more", **what, more=str(step.more))
        return self._words.say("panel.scene.wait", **what, value=str(step.value))

    def _told_act(self, step: Act) -> str:
        """As on the board's button; arguments beside it, where no button has them."""
        switches = layout_of(board_of(step.emulator), {"actions": [step.action]}).switches.values()
        for switch in switches:
            if dict(switch.arguments) == dict(step.arguments):
                return self._words.switch(switch)
        values = [str(value) for value in step.arguments.values()]
        words = self._words.first(Switch(step.emulator, step.action, words=".".join(values)).keys, "") if values else ""
        act = self._words.switch(Switch(step.emulator, step.action))
        return words or (f"{act}（{' '.join(values)}）" if values else act)
