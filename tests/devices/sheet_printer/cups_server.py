"""A real cupsd of the test's own: private folders and socket, one raw queue, and a back end that obeys a file.

With `device` there is a queue `sheets` made for that IPP printer as a technician makes it (`-m everywhere`), and a raw one, `raw`, through
CUPS's own filters and back end.
"""

import contextlib
import getpass
import grp
import os
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from devices.sheet_printer.ipp_codec import Attribute, Operation, Tag
from devices.sheet_printer.ipp_wire import Address, IppWire

CUPSD = Path("/usr/sbin/cupsd")
"""Debian package cups-daemon."""
LPADMIN = "/usr/sbin/lpadmin"
"""Debian package cups-client."""
SERVER_BIN = Path("/usr/lib/cups")

TRAY = "tray:/1"
"""The back end of ours."""

_BACK_END = """#!/bin/sh
# cupsd calls: JOB USER TITLE COPIES OPTIONS [FILE]; without arguments it lists devices
[ $# = 0 ] && exit 0
mode=$(cat "{folder}/mode")
echo "STATE: -media-empty-error" >&2
echo "$3" >> "{folder}/out/titles"
if [ "$mode" = empty ]; then
    echo "STATE: +media-empty-error" >&2
    while [ "$(cat "{folder}/mode")" = empty ]; do sleep 0.05; done
    echo "STATE: -media-empty-error" >&2
fi
while [ "$(cat "{folder}/mode")" = slow ]; do sleep 0.05; done
[ "$mode" = broken ] && exit 1
cat "${{6:--}}" > "{folder}/out/sheet-$1.pdf"
echo "$1" >> "{folder}/out/printed"
"""


@dataclass
class CupsServer:
    """Attributes:
    folder: the server's root.
    socket: its Unix socket.
    settings: its cupsd.conf.
    """

    folder: Path
    socket: Path
    settings: Path

    def set_mode(self, mode: str) -> None:
        """What the back end does: ok, empty, slow, broken."""
        part = self.folder / "mode.part"
        part.write_text(mode)
        part.chmod(0o644)
        part.replace(self.folder / "mode")

    def printed(self) -> list[bytes]:
        """What came out."""
        return [path.read_bytes() for path in sorted((self.folder / "out").glob("sheet-*.pdf"))]

    def titles(self) -> list[str]:
        """The titles that the printer saw."""
        return (self.folder / "out" / "titles").read_text().splitlines()

    def kept(self) -> list[str]:
        """Documents and control files of jobs in the spool."""
        return [
            path.name for path in (self.folder / "spool").iterdir() if path.name[0] in "cd" and path.name[1:2].isdigit()
        ]


def _user_and_group() -> tuple[str, str]:
    # cupsd gives its back ends away when it is root, and keeps its own user otherwise
    return ("lp", "lp") if os.geteuid() == 0 else (getpass.getuser(), grp.getgrgid(os.getegid()).gr_name)


def _write_settings(folder: Path, *, keeps_jobs: bool, device: str) -> CupsServer:
    for name in ("spool/tmp", "cache", "run", "log", "out", "bin/backend"):
        (folder / name).mkdir(parents=True)
    for name in ("daemon", "filter", "notifier"):
        (folder / "bin" / name).symlink_to(SERVER_BIN / name)
    (folder / "out").chmod(0o777)
    back_end = folder / "bin/backend/tray"
    back_end.write_text(_BACK_END.format(folder=folder))
    back_end.chmod(0o755)
    (folder / "bin/backend/ipp").symlink_to(SERVER_BIN / "backend/ipp")
    user, group = _user_and_group()
    (folder / "cups-files.conf").write_text(
        f"ServerRoot {folder}\nRequestRoot {folder}/spool\nTempDir {folder}/spool/tmp\nCacheDir {folder}/cache\n"
        f"StateDir {folder}/run\nDataDir /usr/share/cups\nServerBin {folder}/bin\nAccessLog {folder}/log/access\n"
        f"ErrorLog {folder}/log/error\nPageLog {folder}/log/page\nUser {user}\nGroup {group}\nSystemGroup {'root' if user == 'lp' else group}\n"
    )
    keep = "Yes" if keeps_jobs else "No"
    (folder / "cupsd.conf").write_text(
        f"LogLevel warn\nListen {folder}/s\nBrowsing No\nWebInterface No\nDefaultAuthType None\n"
        f"PreserveJobFiles {keep}\nPreserveJobHistory {keep}\n"
        "<Location />\n  Order allow,deny\n  Allow all\n</Location>\n"
        "<Policy default>\n  JobPrivateAccess all\n  JobPrivateValues none\n"
        "  <Limit All>\n    Order allow,deny\n    Allow all\n  </Limit>\n</Policy>\n"
    )
    (folder / "printers.conf").write_text(
        f"<Printer {'sheets' if device == TRAY else 'raw'}>\nDeviceURI {device}\nState Idle\nAccepting Yes\nErrorPolicy abort-job\n</Printer>\n"
    )
    return CupsServer(folder, folder / "s", folder / "cupsd.conf")


def _add_queue(server: CupsServer, device: str) -> None:
    command = [LPADMIN, "-h", str(server.socket), "-p", "sheets", "-E", "-v", device, "-m", "everywhere"]
    subprocess.run([*command, "-o", "printer-error-policy=abort-job"], check=True, timeout=10, capture_output=True)
    # cupsd goes on in a thread of its own: it asks the printer and writes the queue's description
    queue = IppWire(Address("/printers/sheets", str(server.socket)), 2.0)
    wanted = Attribute(Tag.KEYWORD, "requested-attributes", ["media-source-supported"])
    deadline = time.monotonic() + 8
    while "media-source-supported" not in queue.ask(Operation.GET_PRINTER_ATTRIBUTES, [wanted]).first(Tag.PRINTER):
        assert time.monotonic() < deadline, "the queue was not ready in time"
        time.sleep(0.01)


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as end:
        return end.connect_ex(str(path)) == 0


@contextlib.contextmanager
def cups_server(*, keeps_jobs: bool = False, device: str = TRAY) -> Iterator[CupsServer]:
    """Runs a server; it is ended with its back ends."""
    with tempfile.TemporaryDirectory(prefix="by", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)
        server = _write_settings(folder, keeps_jobs=keeps_jobs, device=device)
        server.set_mode("ok")
        process = subprocess.Popen(
            [str(CUPSD), "-f", "-c", str(server.settings), "-s", str(folder / "cups-files.conf")],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            deadline = time.monotonic() + 8
            while not _answers(server.socket):
                assert process.poll() is None, "cupsd did not start"
                assert time.monotonic() < deadline, "cupsd was not ready in time"
                time.sleep(0.01)
            if device != TRAY:
                _add_queue(server, device)
            yield server
        finally:
            server.set_mode("ok")
            process.terminate()
            try:
                process.wait(3)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(2)
