"""Scenes: what befalls a hall, as a YAML file with a name, a sentence and steps; played over the lab's control socket.

A step does something (``{emulator: receipt_printer, do: paper_out_after, with: {lines: 5}}``) or waits until an emulator's state says
something (``wait_for: {emulator: receipt_printer, state: paper, value: out, within_s: 300}``; ``more: n`` instead of ``value`` waits until
a counter is ``n`` above what it was at the step before; a dot reaches into a state, ``counters.reads``). There is no other pause. The
steps under ``mend`` make the hall whole again.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import yaml

from devices.emulators.control import HALL, STATE
from kiosk.base.errors import BudayangError
from kiosk.base.sentences import LANGUAGES, Language
from kiosk.base.yaml_reading import Complaint, Complaints, ConfigError, Section, read_yaml

LONGEST_S = 3600
_TURN_S = 0.02
_WORD = r"[a-z][a-z0-9_]{0,40}"

State = Mapping[str, object]


@dataclass(frozen=True)
class Act:
    """A step that does something; `line` of the file."""

    emulator: str
    action: str
    arguments: Mapping[str, object]
    line: int

    def told(self) -> str:
        """For the person who plays the scene."""
        return " ".join([self.emulator, self.action, *(f"{key}={value}" for key, value in self.arguments.items())])


@dataclass(frozen=True)
class Wait:
    """A step that waits until the state `key` has the `value`, or is `more` above what it was."""

    emulator: str
    key: str
    value: object
    more: int
    within_s: float
    line: int

    def told(self) -> str:
        """For the person who plays the scene."""
        wanted = f"+{self.more}" if self.more else f"= {self.value}"
        return f"{self.emulator} … {self.key} {wanted} (<= {self.within_s:g} s)"


Step = Act | Wait


@dataclass(frozen=True)
class Scene:
    """One file."""

    file: str
    name: str
    sentence: Mapping[str, str]
    steps: tuple[Step, ...]
    mend: tuple[Step, ...]


class SceneError(BudayangError):
    """The scene stopped: at which line, and a sentence that says what to mend."""

    def __init__(self, complaint: Complaint) -> None:
        super().__init__(complaint.problem.key, **complaint.problem.placeholders)
        self.complaint = complaint

    def text(self, language: Language) -> str:
        """``file:line: sentence``."""
        return self.complaint.text(language)


def read_scene(path: Path) -> Scene:
    """Reads and checks a file. Raises `ConfigError` with every complaint."""
    top = read_yaml(path)
    name = top.text("name", pattern=r"[a-z0-9][a-z0-9-]{1,60}", example="paper-out-midway")
    sentence = top.texts("sentence", LANGUAGES, required=True)
    steps = {}
    for key in ("steps", "mend"):
        if key in top:
            top.complaints.lines.setdefault(key, 0)
        steps[key] = tuple(_steps(path, key, top.complaints))
    known = ("name", "sentence", "steps", "mend")
    for key in top.names:
        if key not in known:
            top.complain(key, "config.unknown_key", known=", ".join(known))
    if not steps["steps"] and not top.complaints.found:
        top.complain("steps", "config.missing")
    if top.complaints.found:
        raise ConfigError(top.complaints.found)
    return Scene(str(path), name, sentence, steps["steps"], steps["mend"])


def _steps(path: Path, key: str, complaints: Complaints) -> list[Step]:
    """PyYAML's nodes give the lines, its plain loader the values."""
    text = path.read_text(encoding="utf-8")
    try:
        values = yaml.safe_load(text).get(key) or []
    except (ValueError, yaml.YAMLError):
        complaints.add(0, "config.not_yaml")
        return []
    top = yaml.compose(text, Loader=yaml.SafeLoader)
    node = next((value for name, value in top.value if name.value == key), None) if top is not None else None
    if not isinstance(values, list) or (values and not isinstance(node, yaml.SequenceNode)):
        complaints.add(complaints.lines.get(key, 0), "scene.not_steps", key=key)
        return []
    found: list[Step] = []
    for value, one in zip(values, node.value if values and node is not None else [], strict=True):
        line = one.start_mark.line + 1
        if not isinstance(one, yaml.MappingNode) or ("do" in value) == ("wait_for" in value):
            complaints.add(line, "scene.step_kind")
            continue
        section = Section(one, f"{key}.{len(found) + 1}", complaints)
        found.append(_wait(section, value, line) if "wait_for" in value else _act(section, value, line))
        section.done()
    return found


def _act(section: Section, value: Mapping[str, object], line: int) -> Act:
    section.section("with", required=False)
    arguments = value.get("with")
    return Act(
        section.text("emulator", pattern=_WORD, example="receipt_printer"),
        section.text("do", pattern=_WORD, example="paper_out"),
        dict(arguments) if isinstance(arguments, dict) else {},
        line,
    )


def _wait(section: Section, value: Mapping[str, object], line: int) -> Wait:
    inner = section.section("wait_for")
    wanted = value["wait_for"]
    raw = wanted if isinstance(wanted, dict) else {}
    if inner.is_there and ("value" in inner) == ("more" in inner):
        inner.complain("value", "config.exactly_one", words="value, more")
    inner.text("value", pattern=r".*", example="out", default="")
    wait = Wait(
        inner.text("emulator", pattern=_WORD, example="receipt_printer"),
        inner.text("state", pattern=r"[a-z_A-Z0-9.]{1,80}", example="paper"),
        raw.get("value"),
        inner.whole("more", 1, 100_000, default=0) if "more" in inner else 0,
        inner.number("within_s", 0.1, LONGEST_S),
        line,
    )
    inner.done()
    return wait


class Hands(Protocol):
    """What carries out an action and returns the state after it, such as `devices.emulators.control.ControlClient`."""

    def do(self, emulator: str, action: str, **arguments: object) -> dict[str, object]:
        """Raises ValueError with a sentence when it is refused."""


class ScenePlayer:
    """Plays one scene, once. One thread.

    Args:
        tell: is told every step before it is carried out.
        monotonic, pause: the clock of the waits.
    """

    def __init__(
        self,
        scene: Scene,
        hands: Hands,
        tell: Callable[[str], None] = lambda _: None,
        monotonic: Callable[[], float] = time.monotonic,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self.scene = scene
        self._hands = hands
        self._tell = tell
        self._monotonic = monotonic
        self._pause = pause
        self._left: list[Step] = list(scene.steps)
        self._seen: dict[str, State] = {}

    def play(self) -> None:
        """All steps. Raises `ConfigError` before the first for what this hall does not have, `SceneError` at the one that stops it."""
        self.begin()
        self.finish()

    def begin(self) -> None:
        """The steps before the first that waits. Raises as `play`."""
        self.check()
        while self._left and isinstance(self._left[0], Act):
            self._carry_out(self._left.pop(0))

    def finish(self) -> None:
        """The rest. Raises `SceneError`."""
        while self._left:
            self._carry_out(self._left.pop(0))

    def mend(self) -> None:
        """Makes the hall whole again. Raises `SceneError`."""
        for step in self.scene.mend:
            self._carry_out(step)

    def check(self) -> None:
        """Whether this hall has everything that the scene wants. Raises `ConfigError` with every complaint."""
        complaints = Complaints(self.scene.file)
        hall = self._hands.do(HALL, STATE)["emulators"]
        assert isinstance(hall, dict)
        for step in (*self.scene.steps, *self.scene.mend):
            if step.emulator not in hall:
                known = ", ".join(hall)
                complaints.add(step.line, "scene.no_emulator", emulator=step.emulator, known=known)
            elif hall[step.emulator]["missing"] is not None:
                complaints.add(step.line, "scene.missing_here", emulator=step.emulator)
            else:
                self._check_words(step, complaints)
        if complaints.found:
            raise ConfigError(complaints.found)

    def _check_words(self, step: Step, complaints: Complaints) -> None:
        if step.emulator not in self._seen:
            self._seen[step.emulator] = self._hands.do(step.emulator, STATE)
        state = self._seen[step.emulator]
        actions = state.get("actions")
        if isinstance(step, Act) and isinstance(actions, list) and step.action not in actions:
            known = ", ".join(actions)
            complaints.add(step.line, "scene.no_action", emulator=step.emulator, action=step.action, known=known)
        if isinstance(step, Wait) and step.key.partition(".")[0] not in state:
            known = ", ".join(state)
            complaints.add(step.line, "scene.no_state", emulator=step.emulator, word=step.key, known=known)

    def _carry_out(self, step: Step) -> None:
        self._tell(step.told())
        try:
            if isinstance(step, Act):
                self._seen[step.emulator] = self._hands.do(step.emulator, step.action, **step.arguments)
            else:
                self._wait(step)
        except ValueError as error:
            self._stop(step, "scene.refused", emulator=step.emulator, reason=str(error))

    def _wait(self, step: Wait) -> None:
        until = self._monotonic() + step.within_s
        before = _number(_found(self._seen.get(step.emulator, {}), step.key))
        while True:
            state = self._hands.do(step.emulator, STATE)
            now = _found(state, step.key)
            if (_number(now) - before >= step.more) if step.more else now == step.value:
                self._seen[step.emulator] = state
                return
            if self._monotonic() >= until:
                self._stop(
                    step,
                    "scene.waited",
                    emulator=step.emulator,
                    word=step.key,
                    found=str(now),
                    seconds=f"{step.within_s:g}",
                )
            self._pause(_TURN_S)  # an emulator tells nothing by itself; `within_s` bounds it

    def _stop(self, step: Step, problem: str, /, **placeholders: str) -> None:
        complaints = Complaints(self.scene.file)
        complaints.add(step.line, problem, **placeholders)
        raise SceneError(complaints.found[0])


def _found(state: State, key: str) -> object:
    value: object = state
    for word in key.split("."):
        value = value.get(word) if isinstance(value, Mapping) else None
    return value


def _number(value: object) -> int:
    """A counter that nothing has counted yet is missing."""
    return value if isinstance(value, int) else 0
