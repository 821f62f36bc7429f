"""``main.py journey ITEM --out DIR``: one visit offscreen over the same processes as the demo; exit status 0 when it went well."""

import argparse
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from types import FrameType
from typing import Protocol

from kiosk.base.clock import SystemClock
from kiosk.base.config import load_config
from kiosk.base.errors import BudayangError
from kiosk.base.logs import install_hooks, private_umask, start_logging
from kiosk.base.sentences import sentence
from kiosk.services.catalogue import Catalogue, load_catalogue
from kiosk.session.state import Place, Session
from screens.journey import offline_submission
from screens.journey.player import Hands, JourneyError, Player
from screens.journey.visit import Visit, is_playable


class HandsOfWorld(Hands, Protocol):
    """Hands that must let go at the end. `do` is any action of an emulator and returns its state."""

    def answer_consultation(self, receipt: str, answer: str) -> bool: ...
    def do(self, emulator: str, action: str, **arguments: object) -> dict[str, object]: ...
    def close(self) -> None: ...


class World(Protocol):
    """What surrounds the terminal: `provisioning.demo.world.DemoWorld`."""

    config: Path

    def hands(self) -> HandsOfWorld: ...


_LEAVES = ("[0-9][0-9]-*.png", "sheet-*.png", "slip.png", "sheet.pdf", "key-list*", "journey.json", "index.html")
_ASKED_TO_STOP = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)

WorldFactory = Callable[..., AbstractContextManager[World]]


def main(argv: list[str], make_world: WorldFactory) -> int:
    """Plays the journey. Main thread only.

    Returns 0; 1 when the visit went wrong; 2 when it could not begin; 130 when it was interrupted. SIGTERM and SIGHUP
    interrupt it as Ctrl-C does: its temporary folder is taken away in any case.
    """
    arguments = _parser().parse_args(argv)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    private_umask()
    out: Path = arguments.out
    out.mkdir(mode=0o700, parents=True, exist_ok=True)
    for old in (found for pattern in _LEAVES for found in out.glob(pattern)):
        old.unlink()  # what a visit that goes wrong leaves must not look like one that went well
    catalogue = load_catalogue()
    items = [*(item.key for item in catalogue.items if is_playable(item)), offline_submission.NAME]
    if arguments.item not in items:
        return _refuse("journey.no_item", item=arguments.item, known=", ".join(items))
    before = {number: signal.signal(number, _interrupt) for number in _ASKED_TO_STOP}
    try:
        with (
            tempfile.TemporaryDirectory(prefix="budayang-journey-") as folder,
            make_world(
                Path(folder), landscape=arguments.landscape, catalogue=_looks_up(catalogue, arguments.item)
            ) as world,
        ):
            if arguments.item == offline_submission.NAME:
                config = load_config(world.config)
                offline_submission.play(config, world.hands, out, landscape=arguments.landscape)
                sys.stdout.write(f"{out / 'index.html'}\n")
                return 0
            if arguments.card not in (known := _cards(world)):
                return _refuse("journey.no_card", card=arguments.card, known=", ".join(known))
            return _play(arguments, world)
    except JourneyError as error:
        sys.stderr.write(f"办理没有走完 the visit did not go through: {error}\n")
        return 1
    except BudayangError as error:
        return _refuse(error.problem.key, **error.problem.placeholders)
    except KeyboardInterrupt:
        return 130
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _looks_up(catalogue: Catalogue, key: str) -> bool:
    """Whether the platform must have the catalogue of all items before the item can be begun."""
    item = catalogue.find(key)
    return item is not None and item.looks_up is not None


def _refuse(key: str, /, **placeholders: str) -> int:
    for language in ("zh_CN", "en"):
        sys.stderr.write(sentence(key, language, **placeholders) + "\n")
    return 2


def _cards(world: World) -> list[str]:
    hands = world.hands()
    try:
        cards = hands.do("id_card_reader", "state")["cards"]
    finally:
        hands.close()
    return list(cards) if isinstance(cards, dict) else []


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _play(arguments: argparse.Namespace, world: World) -> int:
    from screens.running import RunningTerminal

    out: Path = arguments.out
    config = load_config(world.config)
    stopped = threading.Event()
    places: list[Place] = []

    def remember(session: Session) -> None:
        places.append(session.visit.page.place)

    with start_logging("journey", config.state_dir / "log", stderr=False):
        install_hooks(config.state_dir / "log" / "journey.crash")
        hands = world.hands()
        try:
            with RunningTerminal(config, SystemClock(), on_change=remember) as running:
                # Qt's loop is turned by the player: an exception of a handler might be lost in one of Qt's slots
                for number in _ASKED_TO_STOP:
                    signal.signal(number, lambda *_: stopped.set())
                player = Player(running.host, running.terminal, is_stopped=stopped.is_set)
                Visit(
                    player,
                    running.terminal,
                    hands,
                    arguments.item,
                    out,
                    running.counts,
                    places,
                    arguments.card,
                    landscape=arguments.landscape,
                ).play()
                for path in (config.keys.key_list, config.keys.key_list_public):  # the sheet's judges; the world goes
                    (out / path.name).write_bytes(path.read_bytes())
        except JourneyError as error:
            if stopped.is_set():
                return 130
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
    parser.add_argument(
        "--card", default="resident", help="模拟证件 the emulated card, e.g. resident, hk_permit, defective"
    )
    parser.add_argument("--landscape", action="store_true", help="横屏 1920×1080")
    return parser
