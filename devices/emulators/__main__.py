"""``python -m devices.emulators --control PATH [--world FILE] [--without NAME]... [--folder DIR] [--upstream HOST:PORT] ...``.

Starts the emulators of a hall (`devices.emulators.hall`; by default every device). When all are ready the wires
(``{"id_card_reader": {"kind": ..., "port": ...}, ...}``) are written to ``--state`` and, as one line, to ``--ready-fd``. What this
machine cannot run is told on stderr and left out. Ends on SIGTERM or SIGINT within seconds, and with its parent: in order, so
that no socket, folder or service of it stays.
"""

import argparse
import contextlib
import fcntl
import json
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

from devices.emulators.hall import FULL, Site, make_hall, read_hall
from devices.emulators.lab import Lab
from kiosk.base import confinement
from kiosk.base.sentences import sentence_of
from kiosk.base.yaml_reading import ConfigError

STOP_S = 8
"""A stop that has not ended after that is ended by the kernel (SIGALRM)."""
_PREFIX = "budayang-hall-"
_YOUNG_S = 5.0
"""A folder so young may not be held yet."""


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="devices.emulators", description="所有设备的模拟器 / all device emulators")
    parser.add_argument("--control", required=True, help="控制套接字的路径 / path of the control socket")
    parser.add_argument(
        "--world", type=Path, default=FULL, help="大厅里有哪些模拟器的 YAML 文件 / YAML file of the hall"
    )
    parser.add_argument(
        "--without", action="append", default=[], help="不要这一台，可多次 / leave this one out, repeatable"
    )
    parser.add_argument(
        "--folder", type=Path, help="模拟器放文件的文件夹；不写则用后即弃 / folder for what emulators write"
    )
    parser.add_argument("--state", help="就绪后写入端口的 JSON 文件 / JSON file for the ports when ready")
    parser.add_argument(
        "--ready-fd", type=int, help="就绪时写入同样一行 JSON 的描述符 / descriptor that gets the same JSON line"
    )
    parser.add_argument("--unpaced", action="store_true", help="不按真实设备限速 / as fast as the machine can")
    parser.add_argument("--upstream", help="平台的地址 HOST:PORT，经一根可拔的网线 / the platform behind a cable")
    parser.add_argument(
        "--reveal", action="store_true", help="通信里的内容也给看 / show the contents in the traffic, too"
    )
    parser.add_argument(
        "--patience", type=float, default=0.0, help="等 pcscd 空出来的秒数 / seconds to wait for a pcscd that is taken"
    )
    return parser.parse_args()


def _write_whole(path: Path, text: str) -> None:
    """A reader sees the old file or the new one, never a half."""
    handle, temporary = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    Path(temporary).replace(path)


@contextlib.contextmanager
def _temporary_folder() -> Iterator[Path]:
    """Everything that an emulator writes without being told where lies in here: one folder to remove."""
    _sweep()
    folder = tempfile.mkdtemp(prefix=_PREFIX)
    hold = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    fcntl.flock(hold, fcntl.LOCK_SH)
    before = tempfile.tempdir
    tempfile.tempdir = folder
    try:
        yield Path(folder)
    finally:
        tempfile.tempdir = before
        shutil.rmtree(folder, ignore_errors=True)
        os.close(hold)


def _sweep() -> None:
    """Removes what halls that were killed have left: folders of ours that nobody holds."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            if folder.stat().st_uid == os.getuid() and time.time() - folder.stat().st_mtime > _YOUNG_S:
                hold = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
                try:
                    fcntl.flock(hold, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    shutil.rmtree(folder, ignore_errors=True)
                finally:
                    os.close(hold)


def _run(arguments: argparse.Namespace, temporary: Path) -> int:
    try:
        places = read_hall(arguments.world)
        site = Site(
            arguments.folder or temporary, temporary, not arguments.unpaced, arguments.upstream, arguments.patience
        )
        emulators = make_hall(places, site, arguments.without)
    except ConfigError as error:
        return error.tell(sys.stderr)
    kinds = {place.name: place.kind for place in places}
    lab = Lab(emulators, arguments.control, kinds=kinds, reveals=arguments.reveal)
    try:
        lab.start()
        for problem in lab.missing.values():
            sys.stderr.write("".join(sentence_of(problem, each) + "\n" for each in ("zh_CN", "en")))
        wires = json.dumps(lab.wires())
        if arguments.state:
            _write_whole(Path(arguments.state), wires)
        if arguments.ready_fd is not None:
            os.write(arguments.ready_fd, wires.encode() + b"\n")
            os.close(arguments.ready_fd)
        sys.stderr.flush()
        signal.pause()
    finally:
        signal.alarm(STOP_S)
        lab.stop()
        if arguments.state:
            Path(arguments.state).unlink(missing_ok=True)
    return 0


def main() -> int:
    """Runs until a signal; returns the exit status."""
    os.umask(0o077)

    def interrupt(_signal: int, _frame: FrameType | None) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)  # one is enough: a second would break off the stop
        raise KeyboardInterrupt

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, interrupt)
    try:
        if not confinement.end_with_parent(os.getppid(), signal.SIGTERM):
            return 0
        with _temporary_folder() as temporary:
            return _run(_arguments(), temporary)
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    raise SystemExit(main())
