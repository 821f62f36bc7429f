"""``main.py --profile demo``: everything on one machine. With a display, the terminal in a window and the control panel beside
it; without one, a visit played offscreen, kept as a storyboard."""

import argparse
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from kiosk.base.errors import BudayangError
from kiosk.base.sentences import sentence_of
from provisioning.demo.world import ROOT, DemoWorld

PRODUCTION_CONFIG = Path("/etc/budayang/terminal.yaml")
DEFAULT_DIRECTORY = ROOT / "build" / "demo"
STORYBOARD = ROOT / "build" / "storyboard"
RESTART_S = (0.5, 1.0, 2.0, 5.0, 10.0)
HEALTHY_S = 60.0
_STOP_S = 5.0

Journey = Callable[[list[str]], int]


def refuse_on_production(config: Path = PRODUCTION_CONFIG) -> None:
    """A production terminal never shows a demo to a citizen.

    Raises:
        BudayangError: ``demo.production``.
    """
    if config.exists() and "profile: production" in config.read_text(encoding="utf-8"):
        raise BudayangError("demo.production", file=str(config))


def main(argv: list[str], journey: Journey) -> int:
    """Runs the demo until it is ended; returns 0, or 2 where it is refused."""
    arguments, rest = _parser().parse_known_args(argv)
    try:
        refuse_on_production()
        if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
            return _storyboard(journey)
        with DemoWorld(arguments.directory, landscape=arguments.landscape) as world:
            return _run(world, rest, has_panel=not arguments.no_panel)
    except BudayangError as error:
        for language in ("zh_CN", "en"):
            sys.stderr.write(sentence_of(error.problem, language) + "\n")
        return 2
    except KeyboardInterrupt:
        return 0


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


def _run(world: DemoWorld, options: list[str], *, has_panel: bool) -> int:
    """Keeps the terminal running, as systemd does on the real machine; a killed one comes back to the card call."""

    def interrupt(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupt)
    panel = (
        _spawn(["panel", "--control", str(world.control), "--platform-port", str(world.platform_port)])
        if has_panel
        else None
    )
    terminal: subprocess.Popen[bytes] | None = None
    failures = 0
    try:
        while True:
            started = time.monotonic()
            terminal = _spawn(["--config", str(world.config), *options])
            status = terminal.wait()
            if status in (0, 2):
                return status
            failures = 0 if time.monotonic() - started > HEALTHY_S else failures + 1
            time.sleep(RESTART_S[min(failures, len(RESTART_S) - 1)])  # back-off, as RestartSec on the real machine
    finally:
        for process in (terminal, panel):
            if process is not None and process.poll() is None:
                process.terminate()
                try:
                    process.wait(_STOP_S)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()


def _spawn(arguments: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, str(ROOT / "main.py"), *arguments], cwd=ROOT)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="main.py --profile demo", description="演示 the demo", add_help=False)
    parser.add_argument("--profile", choices=["demo"])
    parser.add_argument("--directory", type=Path, default=DEFAULT_DIRECTORY)
    parser.add_argument("--landscape", action="store_true")
    parser.add_argument("--no-panel", action="store_true")
    return parser
