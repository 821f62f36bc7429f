"""``devices record PORT FILE [DESCRIPTION]`` and ``devices play FILE``; both run until Ctrl+C."""

import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from devices.described.reading import load_description
from devices.recorder.player import Player
from devices.recorder.recorder import record
from devices.recorder.recording_codec import HEADER, RecordingError, parse_recording
from kiosk.base.yaml_reading import ConfigError

USAGE = "用法 / usage: devices record PORT FILE [DESCRIPTION] | devices play FILE\n"


def main(argv: Sequence[str], ended: threading.Event | None = None) -> int:
    """Records or plays until Ctrl+C or until `ended`; returns 2 for a wrong call, 1 when a port or file fails."""
    is_over = ended or threading.Event()
    if ended is None:
        signal.signal(signal.SIGINT, lambda *_: is_over.set())
    try:
        if len(argv) in (3, 4) and argv[0] == "record":
            description = load_description(Path(argv[3])) if len(argv) == 4 else None
            with record(argv[1], Path(argv[2]), description) as recorder:
                sys.stdout.write(HEADER + f"端口改为 / set the driver's port to: {recorder.driver_port}\n")
                sys.stdout.flush()
                while not is_over.is_set() and not recorder.wait(0.2):
                    pass
            return 0
        if len(argv) == 2 and argv[0] == "play":
            player = Player(parse_recording(Path(argv[1]).read_text(encoding="utf-8")), pace=1.0)
            player.start()
            try:
                sys.stdout.write(f"端口 / port: {player.port}\n")
                sys.stdout.flush()
                is_over.wait()
            finally:
                player.stop()
            return 0
    except ConfigError as error:
        return error.tell(sys.stderr)
    except RecordingError as error:
        sys.stderr.write(f"{argv[1]}:{error}: 这一行不是串口记录 / this line is none of a recording\n")
        return 1
    except (OSError, UnicodeDecodeError) as error:
        sys.stderr.write(f"打不开 / cannot be opened: {type(error).__name__}\n")
        return 1
    sys.stderr.write(USAGE)
    return 2


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
