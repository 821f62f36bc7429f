"""``main.py journey ITEM --out DIR``: one visit offscreen over the same processes as the demo; exit status 0 when it went well."""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from kiosk.base.clock import SystemClock
from kiosk.base.config import load_config
from kiosk.base.errors import BudayangError
from kiosk.base.logs import install_hooks, private_umask, start_logging
from kiosk.base.sentences import sentence_of
from screens.journey.player import Hands, JourneyError, Player
from screens.journey.visit import Visit


class HandsOfWorld(Hands, Protocol):
    """Hands that must let go at the end."""

    def close(self) -> None: ...


class World(Protocol):
    """What surrounds the terminal: `provisioning.demo.world.DemoWorld`."""

    config: Path

    def hands(self) -> HandsOfWorld: ...


WorldFactory = Callable[..., AbstractContextManager[World]]


def main(argv: list[str], make_world: WorldFactory) -> int:
    """Plays the journey. Returns 0; 1 when the visit went wrong; 2 for a wrong call."""
    arguments = _parser().parse_args(argv)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    private_umask()
    out: Path = arguments.out
    out.mkdir(mode=0o700, parents=True, exist_ok=True)
    for old in (*out.glob("[0-9][0-9]-*.png"), *out.glob("sheet-*.png")):
        old.unlink()
    try:
        with (
            tempfile.TemporaryDirectory(prefix="budayang-journey-") as folder,
            make_world(Path(folder), landscape=arguments.landscape) as world,
        ):
            return _play(arguments.item, arguments.card, out, world)
    except BudayangError as error:
        sys.stderr.write(sentence_of(error.problem, "zh_CN") + "\n")
        return 1


def _play(item: str, card: str, out: Path, world: World) -> int:
    from screens.running import RunningTerminal

    config = load_config(world.config)
    with start_logging("journey", config.state_dir / "log", stderr=False):
        install_hooks(config.state_dir / "log" / "journey.crash")
        hands = world.hands()
        try:
            with RunningTerminal(config, SystemClock()) as running:
                player = Player(running.host, running.terminal)
                Visit(player, running.terminal, hands, item, out, running.counts, card).play()
                for path in (config.keys.key_list, config.keys.key_list_public):  # the sheet's judges; the world goes
                    (out / path.name).write_bytes(path.read_bytes())
        except JourneyError as error:
            sys.stderr.write(f"办理没有走完 the visit did not go through: {error}\n")
            return 1
        finally:
            hands.close()
    sys.stdout.write(f"{out / 'index.html'}\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="main.py journey", description="演一遍办理 plays one citizen's visit")
    parser.add_argument("item", help="事项 the item, e.g. provident-fund")
    parser.add_argument("--out", type=Path, required=True, help="图片放在哪里 where the pictures go")
    parser.add_argument("--card", default="resident", help="模拟证件 the emulated card")
    parser.add_argument("--landscape", action="store_true", help="横屏 1920×1080")
    return parser
