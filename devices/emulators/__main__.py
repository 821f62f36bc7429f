"""``python -m devices.emulators --control PATH --state FILE [--unpaced] [--sheets DIR] [--upstream HOST:PORT] [--ready-fd N]``.

Starts the reader, the receipt printer, with ``--sheets`` the A4 printer and, with ``--upstream``, a network cable before
the platform. When all are ready
the ports (``{"id_card_reader": {"port": ...}, ...}``) are written to FILE and, as one line, to the ready descriptor. Ends on SIGTERM or SIGINT
within two seconds, and with its parent.
"""

import argparse
import importlib
import json
import os
import signal
import tempfile
from pathlib import Path
from types import FrameType

from devices.emulators.control import Emulator
from devices.emulators.id_card_reader import IdCardReaderEmulator
from devices.emulators.lab import Lab
from kiosk.base import confinement


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="devices.emulators", description="所有设备的模拟器 / all device emulators")
    parser.add_argument("--control", required=True, help="控制套接字的路径 / path of the control socket")
    parser.add_argument("--state", help="就绪后写入端口的 JSON 文件 / JSON file for the ports when ready")
    parser.add_argument(
        "--ready-fd", type=int, help="就绪时写入同样一行 JSON 的描述符 / descriptor that gets the same JSON line"
    )
    parser.add_argument("--unpaced", action="store_true", help="不按 115200 波特限速 / as fast as the machine can")
    parser.add_argument("--sheets", help="A4 打印机把纸放到哪个文件夹 / folder into which the A4 printer's sheets fall")
    parser.add_argument("--upstream", help="平台的地址 HOST:PORT，经一根可拔的网线 / the platform behind a cable")
    return parser.parse_args()


def _make(arguments: argparse.Namespace) -> dict[str, Emulator]:
    emulators: dict[str, Emulator] = {"id_card_reader": IdCardReaderEmulator(is_paced=not arguments.unpaced)}
    printer = importlib.import_module("devices.emulators.receipt_printer")
    emulators["receipt_printer"] = printer.ReceiptPrinterEmulator(paced=not arguments.unpaced)
    if arguments.sheets:
        sheets = importlib.import_module("devices.emulators.sheet_printer")
        emulators["sheet_printer"] = sheets.SheetPrinterEmulator(
            Path(arguments.sheets), page_s=0.0 if arguments.unpaced else 0.15
        )
    if arguments.upstream:
        host, _, port = arguments.upstream.rpartition(":")
        cable = importlib.import_module("devices.emulators.network_cable")
        emulators["network_cable"] = cable.NetworkCable(host, int(port))
    return emulators


def _write_whole(path: Path, text: str) -> None:
    """A reader sees the old file or the new one, never a half."""
    handle, temporary = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    Path(temporary).replace(path)


def main() -> int:
    """Runs until a signal; returns the exit status."""
    if not confinement.end_with_parent(os.getppid()):
        return 0
    os.umask(0o077)
    arguments = _arguments()

    def interrupt(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupt)
    lab = Lab(_make(arguments), arguments.control)
    try:
        lab.start()
        wires = json.dumps(lab.wires())
        if arguments.state:
            _write_whole(Path(arguments.state), wires)
        if arguments.ready_fd is not None:
            os.write(arguments.ready_fd, wires.encode() + b"\n")
            os.close(arguments.ready_fd)
        signal.pause()
    except KeyboardInterrupt:
        return 0
    finally:
        lab.stop()
        if arguments.state:
            Path(arguments.state).unlink(missing_ok=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
