"""``main.py panel``: the control panel beside a running demo."""

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import cast

from kiosk.base.sentences import LANGUAGES, Language, sentence
from screens.panel.codes import CodeList
from screens.panel.lab_line import LabGoneError, LabLine, LabRefusedError

ROOT = Path(__file__).resolve().parents[2]
DEFAULT_DIRECTORY = ROOT / "build" / "demo"
SCENES = ROOT / "provisioning" / "demo" / "scenes"
"""The demo's own; data that lies beside this package, not code of another room."""


def main(argv: list[str]) -> int:
    """Shows the panel until its window is closed; 2, with a sentence, where there is no demo or no display."""
    arguments = _parser().parse_args(argv)
    control = arguments.control or arguments.directory / "lab.sock"
    if not is_answering(control):
        return _refuse("panel.no_demo", socket=str(control))
    if not has_display():
        return _refuse("panel.no_display")
    if arguments.platform_port is not None:
        url: str | None = f"http://127.0.0.1:{arguments.platform_port}"
    else:
        url = platform_url(arguments.directory)
    return _run(control, url, cast("Language", arguments.language))


def is_answering(control: Path) -> bool:
    """Whether a lab is behind the socket."""
    line = LabLine(control, timeout_s=2.0)
    try:
        line.ask("hall", "state")
    except LabRefusedError:
        return True
    except LabGoneError:
        return False
    finally:
        line.close()
    return True


def has_display() -> bool:
    """Whether Qt will find a screen; without one it would end the process."""
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def platform_url(directory: Path) -> str | None:
    """The platform's own address, not through the network cable, as the running demo noted it; None when it did not."""
    try:
        port = int((directory / "platform.port").read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None
    return f"http://127.0.0.1:{port}"


def _run(control: Path, url: str | None, language: Language) -> int:
    from screens.app import prepare
    from screens.panel.model import PanelModel
    from screens.panel.scene_runner import SceneRunner, scenes_in
    from screens.panel.scenes_model import ScenesModel
    from screens.panel.window import PanelWindow
    from screens.panel.words import Words
    from screens.panel.worker import PanelWorker
    from screens.signals import StopSignals

    app = prepare()
    with tempfile.TemporaryDirectory(prefix="budayang-panel-") as folder:
        worker = PanelWorker(LabLine(control), CodeList(url) if url else None, Path(folder))
        model = PanelModel(worker, language)
        runner = SceneRunner(control)
        scenes = ScenesModel(runner, scenes_in(SCENES), Words(language))
        window = PanelWindow(model, scenes, on_closed=app.quit)
        signals = StopSignals(app.quit)
        worker.start()
        try:
            window.show()
            return app.exec()
        finally:
            signals.restore()
            window.close()
            runner.stop()
            worker.stop()


def _refuse(key: str, **placeholders: str) -> int:
    languages: tuple[Language, ...] = ("zh_CN", "en")
    for language in languages:
        sys.stderr.write(sentence(key, language, **placeholders) + "\n")
    return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="main.py panel", description="演示控制台 the demo's control panel")
    parser.add_argument("--control", type=Path, help="模拟设备的控制套接字 control socket of the emulated devices")
    parser.add_argument("--platform-port", type=int, help="演示平台的端口 port of the demo platform on 127.0.0.1")
    parser.add_argument("--directory", type=Path, default=DEFAULT_DIRECTORY, help="演示的文件夹 folder of the demo")
    parser.add_argument("--language", choices=LANGUAGES, default="zh_CN", help="界面语言 language of the panel")
    return parser
