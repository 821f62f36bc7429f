"""``main.py --profile demo``: everything on one machine. With a display, the terminal in a window and the control panel beside
it; without one, a visit played offscreen, kept as a storyboard."""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from shlex import quote

from kiosk.base.errors import BudayangError
from kiosk.base.sentences import sentence, sentence_of
from provisioning.demo.keeper import interrupted_by_signals, keep
from provisioning.demo.production import refuse_on_production
from provisioning.demo.world import ROOT, DemoWorld

DEFAULT_DIRECTORY = ROOT / "build" / "demo"
STORYBOARD = ROOT / "build" / "storyboard"
PROGRAM = (sys.executable, str(ROOT / "main.py"))

Journey = Callable[[list[str]], int]


def main(argv: list[str], journey: Journey) -> int:
    """Runs the demo until it is ended.

    Options that are not the demo's own go to the terminal. Returns 0; 2 where it is refused or does not start; without a
    display the status of `journey`.
    """
    arguments, rest = _parser().parse_known_args(argv)
    try:
        refuse_on_production()
        if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
            return _storyboard(journey)
        with interrupted_by_signals(), _world(arguments) as world:
            # what they leave in the temporary folder when they are killed goes with the lab
            program = ["/usr/bin/env", f"TMPDIR={world.temporary()}", *PROGRAM]
            terminal = [*program, "--config", str(world.config), "--quiet", *rest]
            panel = [*program, "panel", "--control", str(world.control), "--platform-port", str(world.platform_port)]
            for missing in world.missing():
                print(missing["zh_CN"], missing["en"], sep="\n")
            _tell_what_to_do(world, with_panel=not arguments.no_panel)
            return keep(terminal, None if arguments.no_panel else panel)
    except BudayangError as error:
        for language in ("zh_CN", "en"):
            sys.stderr.write(sentence_of(error.problem, language) + "\n")
        return 2
    except KeyboardInterrupt:
        return 0


def _world(arguments: argparse.Namespace) -> DemoWorld:
    return DemoWorld(arguments.directory, landscape=arguments.landscape, smart_cards=True, catalogue=True)


def _tell_what_to_do(world: DemoWorld, *, with_panel: bool) -> None:
    folder = str(world.directory)
    for language in ("zh_CN", "en"):
        if with_panel:
            print(sentence("demo.panel_is_open", language))
        else:
            print(sentence("demo.panel_to_open", language, command=f"python main.py panel --directory {quote(folder)}"))
        print(sentence("demo.how_to_visit", language))
        print(sentence("demo.how_to_end", language, folder=f"{folder}/state/log"), flush=True)


def _storyboard(journey: Journey) -> int:
    sys.stdout.write(
        "这台机器没有显示器：在后台演一遍住房公积金查询，每一屏和每张纸都存成图片。\n"
        "No display here: a visit is played offscreen and every screen and paper is kept as a picture.\n"
    )
    sys.stdout.flush()
    status = journey(["provident-fund", "--out", str(STORYBOARD)])
    if status == 0:
        sys.stdout.write("请用浏览器打开上面的网页。Open the page above in a browser.\n")
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="main.py --profile demo", description="演示 the demo", add_help=False, allow_abbrev=False
    )
    parser.add_argument("--profile", choices=["demo"])
    parser.add_argument("--directory", type=Path, default=DEFAULT_DIRECTORY)
    parser.add_argument("--landscape", action="store_true")
    parser.add_argument("--no-panel", action="store_true")
    return parser
