"""The terminal as a process: configuration, window, then - after the first frame - devices and platform."""

import argparse
import sys
from pathlib import Path

from kiosk.base.clock import SystemClock
from kiosk.base.config import Config, ConfigError, load_config
from kiosk.base.confinement import refuse_dumps
from kiosk.base.logs import install_hooks, private_umask, start_logging
from kiosk.base.sentences import sentence

DEFAULT_CONFIG = Path("/etc/budayang/terminal.yaml")


def main(argv: list[str] | None = None) -> int:
    """Runs the terminal until it is asked to stop; 2 when the configuration is not right, with every complaint, or
    when the state folder cannot be used."""
    arguments = _parser().parse_args(argv)
    try:
        config = load_config(arguments.config)
    except ConfigError as error:
        return error.tell(sys.stderr)
    private_umask()
    refuse_dumps()
    try:
        log = start_logging("terminal", config.state_dir / "log", stderr=not arguments.quiet)
    except OSError:
        for language in ("zh_CN", "en"):
            sys.stderr.write(sentence("terminal.state_dir_unusable", language, folder=str(config.state_dir)) + "\n")
        return 2
    with log:
        install_hooks(config.state_dir / "log" / "terminal.crash")
        return _run(config, full_screen=arguments.fullscreen, opengl=arguments.opengl)


def _run(config: Config, *, full_screen: bool, opengl: bool) -> int:
    from screens.running import RunningTerminal

    with RunningTerminal(config, SystemClock(), full_screen=full_screen, opengl=opengl) as running:
        return running.app.exec()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="main.py", description="终端 the terminal")
    parser.add_argument("--config", type=Path, default=DEFAULT_CONFIG, help="配置文件 the configuration file")
    parser.add_argument("--fullscreen", action="store_true", help="真机：全屏，不能关闭 the real thing")
    parser.add_argument("--opengl", action="store_true", help="有显卡的机型 for hardware with a GPU")
    parser.add_argument("--quiet", action="store_true", help="日志只写文件 log to the file only")
    return parser
