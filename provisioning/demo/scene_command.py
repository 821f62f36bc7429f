"""``main.py panel run SCENE`` and ``main.py panel scenes``: plays a named scene in the running demo; needs no display."""

import argparse
import sys
from pathlib import Path
from typing import cast

from devices.emulators.control import ControlClient
from devices.emulators.scenes import Scene, SceneError, ScenePlayer, read_scene
from kiosk.base.sentences import LANGUAGES, Language, sentence
from kiosk.base.yaml_reading import ConfigError

SCENES = Path(__file__).with_name("scenes")
_DIRECTORY = Path(__file__).resolve().parents[2] / "build" / "demo"


def scene_path(name: str) -> Path:
    """The file of a scene that comes along, or `name` as a path."""
    shipped = SCENES / f"{name}.yaml"
    return shipped if shipped.is_file() else Path(name)


def main(argv: list[str]) -> int:
    """Returns 0; 1 when the scene stopped at a step; 2 for a wrong scene, one that this hall cannot play, or no demo."""
    arguments = _parser().parse_args(argv)
    language = cast("Language", arguments.language)
    if arguments.command == "scenes":
        return _list(language)
    path = scene_path(arguments.scene)
    if not path.is_file():
        known = ", ".join(sorted(each.stem for each in SCENES.glob("*.yaml")))
        sys.stderr.write(sentence("scene.unknown", language, name=str(path), known=known) + "\n")
        return 2
    control = arguments.control or arguments.directory / "lab.sock"
    try:
        scene = read_scene(path)
        hands = ControlClient(str(control), timeout_s=10.0)
    except ConfigError as error:
        return _complain(error, language)
    except OSError:
        sys.stderr.write(sentence("panel.no_demo", language, socket=str(control)) + "\n")
        return 2
    try:
        return _play(scene, hands, language, mends=arguments.mend)
    except (OSError, ValueError):
        sys.stderr.write(sentence("scene.hall_gone", language) + "\n")
        return 1
    finally:
        hands.close()


def _list(language: Language) -> int:
    for path in sorted(SCENES.glob("*.yaml")):
        scene = read_scene(path)
        sys.stdout.write(f"{scene.name:30} {scene.sentence[language]}\n")
    return 0


def _play(scene: Scene, hands: ControlClient, language: Language, *, mends: bool) -> int:
    sys.stdout.write(f"{scene.name}: {scene.sentence[language]}\n")
    steps = scene.mend if mends else scene.steps
    number = 0

    def tell(step: str) -> None:
        nonlocal number
        number += 1
        sys.stdout.write(f"{number}/{len(steps)} {step}\n")
        sys.stdout.flush()

    player = ScenePlayer(scene, hands, tell)
    try:
        if mends:
            player.check()
            player.mend()
        else:
            player.play()
    except ConfigError as error:
        return _complain(error, language)
    except SceneError as error:
        sys.stderr.write(error.text(language) + "\n")
        return 1
    sys.stdout.write(sentence("scene.done" if not mends else "scene.mended", language, name=scene.name) + "\n")
    return 0


def _complain(error: ConfigError, language: Language) -> int:
    for complaint in error.complaints:
        sys.stderr.write(complaint.text(language) + "\n")
    return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="main.py panel", description="演示的场景 scenes of the demo")
    parser.add_argument("--language", choices=LANGUAGES, default="zh_CN", help="语言 language")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("scenes", help="有哪些场景 list them").add_argument(
        "--language", choices=LANGUAGES, default=argparse.SUPPRESS
    )
    run = commands.add_parser("run", help="演一个场景 play one")
    run.add_argument("scene", help="场景的名称或 YAML 文件 name or file of a scene")
    run.add_argument("--mend", action="store_true", help="不演，而是恢复正常 make whole again instead")
    run.add_argument("--control", type=Path, help="模拟设备的控制套接字 control socket of the emulated devices")
    run.add_argument("--directory", type=Path, default=_DIRECTORY, help="演示的文件夹 folder of the demo")
    run.add_argument("--language", choices=LANGUAGES, default=argparse.SUPPRESS)
    return parser
