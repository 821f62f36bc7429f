"""The one command line of Budayang. Every command calls a room; nothing is decided here."""

import sys
from collections.abc import Callable
from itertools import pairwise

Command = Callable[[list[str]], int]

USAGE = """\
用法 usage: python main.py [命令 command] [选项 options]

  (无 none)       终端 the terminal: --config FILE [--fullscreen] [--opengl] [--quiet]
                  演示 the demo, emulators and platform come along: --profile demo [--landscape] [--no-panel] [--fullscreen]
                  --directory DIR  演示的文件夹 the demo's folder (build/demo)
  journey ITEM    演一遍办理过程 plays one citizen's visit offscreen: --out DIR
  panel           演示控制台 control panel of the running demo: [run SCENE | scenes]
  items           list | check | table [DIR]  事项目录 the catalogue of service items
  devices         list | probe | watch | diagnose  设备现状、探测、诊断 status, search and diagnosis of devices
                  check | record | play  用文件描述的设备 devices that a file describes
  outbox          status | list | drain | vault | dead-letters  离线存储里的申请 what waits in the offline store
  reference       publish | update | verify | search  全省事项目录 the catalogue of all items, signed and searched
  platform        参考中心平台 the reference central platform
  provision init  装机：编号、密钥、配置 sets up a terminal: id, keys, configuration
  verify          离线验证查询单 checks a printed sheet offline

每条命令都有 --help。Each command has --help.
"""


def _terminal(argv: list[str]) -> int:
    from screens.terminal_app import main

    return main(argv)


def _demo(argv: list[str]) -> int:
    from provisioning.demo.cli import main

    return main(argv, _journey)


def _journey(argv: list[str]) -> int:
    from provisioning.demo.world import DemoWorld
    from screens.journey.command import main

    return main(argv, DemoWorld)


def _panel(argv: list[str]) -> int:
    if argv[:1] in (["run"], ["scenes"]):
        from provisioning.demo.scene_command import main as play

        return play(argv)
    from screens.panel.app import main

    return main(argv)


def _items(argv: list[str]) -> int:
    from kiosk.services.cli import main

    return main(argv)


def _devices(argv: list[str]) -> int:
    from devices.command import main

    return main(argv)


def _outbox(argv: list[str]) -> int:
    from offline_cache.command.command import main

    return main(argv)


def _platform(argv: list[str]) -> int:
    from provisioning.platform.cli import main

    return main(argv)


def _provision(argv: list[str]) -> int:
    from provisioning.terminal.cli import main

    return main(argv)


def _reference(argv: list[str]) -> int:
    from offline_cache.reference.command import main

    return main(argv)


def _verify(argv: list[str]) -> int:
    from kiosk.documents.verify_command import verify_main as main

    return main(argv)


COMMANDS: dict[str, Command] = {
    "journey": _journey,
    "panel": _panel,
    "items": _items,
    "devices": _devices,
    "outbox": _outbox,
    "platform": _platform,
    "provision": _provision,
    "reference": _reference,
    "verify": _verify,
}


def main(argv: list[str] | None = None) -> int:
    """Runs one command; returns its exit status (2 = wrong use or wrong configuration)."""
    arguments = sys.argv[1:] if argv is None else argv
    if arguments and arguments[0] in COMMANDS:
        return COMMANDS[arguments[0]](arguments[1:])
    if arguments and not arguments[0].startswith("-"):
        sys.stderr.write(f"没有“{arguments[0]}”这个命令。There is no such command.\n\n{USAGE}")
        return 2
    if "-h" in arguments or "--help" in arguments:
        sys.stdout.write(USAGE)
        return 0
    if "--profile=demo" in arguments or ("--profile", "demo") in pairwise(arguments):
        return _demo(arguments)
    return _terminal(arguments)


def program() -> int:
    """What an installed ``budayang`` runs, and this file: `main` in a process that forgets what it frees."""
    from kiosk.base import memory

    memory.ensure(sys.argv)  # before anything of a citizen can be in memory
    return main()


if __name__ == "__main__":
    raise SystemExit(program())
