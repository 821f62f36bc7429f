"""A real IPP Everywhere printer: CUPS's `ippeveprinter` (Debian cups-ipp-utils), its trays set on its web form.

It wants to announce itself and therefore a system bus, although `-r off` lets it announce nothing: a private dbus-daemon without any
service does (Debian dbus), so no Avahi and no rights are needed. What it would print goes to a command of ours, which obeys files.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

PRINTER = "/usr/sbin/ippeveprinter"
_SIZES = ("iso_a4_210x297mm", "iso_a3_297x420mm")
_TYPES = ("stationery", "other")
FULL, LOW, EMPTY = 250, 5, 0
"""Sheets in a tray, as the form offers them; it calls 25 and fewer of a tray for 250 low."""

_COMMAND = """#!/bin/sh
# ippeveprinter calls it with the document; what it says on stderr becomes the printer's state
cd "{folder}"
env | grep '^IPP_' > wishes
pages=$(cat pages)
done=0
echo "ATTR: job-impressions=$pages job-impressions-completed=0" >&2
while [ $done -lt $pages ]; do
    if [ -e trouble ] && [ "$(cut -d' ' -f1 trouble)" -le $done ]; then
        reason=$(cut -d' ' -f2 trouble)
        echo "STATE: +$reason" >&2
        while [ -e trouble ]; do sleep 0.02; done
        echo "STATE: -$reason" >&2
    fi
    while [ -e slow ]; do sleep 0.02; done
    done=$((done + 1))
    echo page >> counted
    echo "ATTR: job-impressions-completed=$done" >&2
done
cp "$1" "out/sheet-$IPP_JOB_ID.pdf"
"""

_TRAYS = """ATTR keyword media-supported iso_a4_210x297mm,iso_a3_297x420mm
ATTR keyword media-source-supported tray-1,tray-2
ATTR keyword media-type-supported stationery,other
ATTR keyword sides-supported one-sided,two-sided-long-edge
ATTR keyword sides-default one-sided
ATTR keyword media-default iso_a4_210x297mm
ATTR keyword media-ready iso_a4_210x297mm,iso_a3_297x420mm
ATTR collection media-size-supported {
 MEMBER integer x-dimension 21000
 MEMBER integer y-dimension 29700
},{
 MEMBER integer x-dimension 29700
 MEMBER integer y-dimension 42000
}
ATTR collection media-col-ready {
 MEMBER collection media-size {
  MEMBER integer x-dimension 21000
  MEMBER integer y-dimension 29700
 }
 MEMBER keyword media-source tray-1
 MEMBER keyword media-type stationery
},{
 MEMBER collection media-size {
  MEMBER integer x-dimension 29700
  MEMBER integer y-dimension 42000
 }
 MEMBER keyword media-source tray-2
 MEMBER keyword media-type other
}
ATTR octetString printer-input-tray "type=sheetFeedAutoRemovableTray;mediafeed=0;mediaxfeed=0;maxcapacity=250;level=200;status=0;name=tray-1;","type=sheetFeedAutoRemovableTray;mediafeed=0;mediaxfeed=0;maxcapacity=250;level=80;status=0;name=tray-2;"
ATTR octetString printer-supply "index=1;class=receptacleThatIsFilled;type=wasteToner;unit=percent;maxcapacity=100;level=25;colorantname=unknown;","index=2;class=supplyThatIsConsumed;type=toner;unit=percent;maxcapacity=100;level=75;colorantname=black;"
ATTR text printer-supply-description "Toner Waste Tank","Black Toner"
ATTR text printer-make-and-model "Real A3 printer"
ATTR mimeMediaType document-format-supported application/pdf
ATTR mimeMediaType document-format-default application/pdf
"""

_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>system</type><listen>unix:path={folder}/bus</listen><auth>EXTERNAL</auth>
<policy context="default"><allow user="*"/><allow own="*"/>
<allow send_type="method_call"/><allow send_type="signal"/><allow send_type="method_return"/><allow send_type="error"/>
<allow receive_type="method_call"/><allow receive_type="signal"/><allow receive_type="method_return"/><allow receive_type="error"/>
</policy></busconfig>
"""


class RealPrinter:
    """Attributes:
    folder: its files.
    port: TCP; the same after it was switched off and on.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("out", "spool", "keys"):
            (folder / name).mkdir()
        (folder / "print").write_text(_COMMAND.format(folder=folder))
        (folder / "print").chmod(0o755)
        (folder / "trays.conf").write_text(_TRAYS)
        (folder / "bus.conf").write_text(_BUS.format(folder=folder))
        self.set_pages(1)
        with socket.create_server(("localhost", 0)) as probe:
            self.port = int(probe.getsockname()[1])
        self._bus: subprocess.Popen[bytes] | None = None
        self._printer: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it speaks IPP."""
        return f"ipp://localhost:{self.port}/ipp/print"

    # -- life

    def start(self) -> None:
        """Switches it on and waits until it answers."""
        if self._bus is None:
            command = ["dbus-daemon", f"--config-file={self.folder}/bus.conf", "--nofork", "--nopidfile"]
            self._bus = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            _wait_for(lambda: _answers(socket.AF_UNIX, str(self.folder / "bus")))
        environment = {
            **os.environ,
            "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={self.folder}/bus",
            "HOME": str(self.folder),
            "TMPDIR": str(self.folder),
        }
        command = [PRINTER, "-r", "off", "-n", "localhost", "-p", str(self.port), "-d", str(self.folder / "spool")]
        command += ["-K", str(self.folder / "keys"), "-a", str(self.folder / "trays.conf")]
        command += ["-c", str(self.folder / "print"), "sheets"]
        self._printer = subprocess.Popen(
            command,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,
        )
        printer = self._printer

        def is_ready() -> bool:
            assert printer.poll() is None, "ippeveprinter did not start, or its port was taken meanwhile"
            return _answers(socket.AF_INET, ("localhost", self.port))

        _wait_for(is_ready)

    def switch_off(self) -> None:
        """Pulls its plug, its print command and all."""
        if self._printer is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._printer.pid, signal.SIGKILL)
            self._printer.wait(5)
            self._printer = None

    def stop(self) -> None:
        """Ends everything."""
        self.switch_off()
        if self._bus is not None:
            self._bus.terminate()
            self._bus.wait(5)
            self._bus = None

    # -- what people do to it

    def make_well(self) -> None:
        """Full trays, no trouble, printing at once, and on."""
        if self._printer is None:
            self.start()
        for name in ("trouble", "slow"):
            (self.folder / name).unlink(missing_ok=True)
        self.set_trays(FULL, FULL)
        self.set_toner(75)
        for path in (self.folder / "out").iterdir():
            path.unlink()
        (self.folder / "counted").write_text("")
        self.set_pages(1)

    def set_trays(self, *levels: int) -> None:
        """Fills in the form /media: sheets in each tray."""
        query: dict[str, object] = {}
        for at, level in enumerate(levels):
            query |= {f"size{at}": _SIZES[at], f"type{at}": _TYPES[at], f"level{at}": level}
        self._fill_in("media", query)

    def set_toner(self, percent: int) -> None:
        """Fills in the form /supplies."""
        self._fill_in("supplies", {"supply0": 25, "supply1": percent})

    def set_pages(self, pages: int) -> None:
        """How many pages the next document has: the print command reads no PDF."""
        (self.folder / "pages").write_text(str(pages))

    def set_trouble(self, reason: str, after_pages: int = 0) -> None:
        """The next job meets it when so many pages are out: a reason with its severity, until `clear_trouble`."""
        part = self.folder / "trouble.part"
        part.write_text(f"{after_pages} {reason}")
        part.replace(self.folder / "trouble")

    def clear_trouble(self) -> None:
        """Somebody mends it."""
        (self.folder / "trouble").unlink(missing_ok=True)

    def set_slow(self, *, is_slow: bool) -> None:
        """Holds the job at its present page."""
        (self.folder / "slow").touch() if is_slow else (self.folder / "slow").unlink(missing_ok=True)

    def _fill_in(self, form: str, query: dict[str, object]) -> None:
        address = f"http://localhost:{self.port}/{form}?{urllib.parse.urlencode(query)}"
        with urllib.request.urlopen(address, timeout=5) as answer:
            assert answer.status == 200

    # -- what came of it

    def pages_out(self) -> int:
        """Pages that left it since `make_well`."""
        return len((self.folder / "counted").read_text().splitlines())

    def printed(self) -> list[bytes]:
        """Whole documents."""
        return [path.read_bytes() for path in sorted((self.folder / "out").iterdir())]

    def wishes(self) -> dict[str, str]:
        """The job's attributes as the print command saw them."""
        lines = (self.folder / "wishes").read_text().splitlines()
        return {name: value for name, _, value in (line.partition("=") for line in lines)}


def _answers(family: socket.AddressFamily, address: str | tuple[str, int]) -> bool:
    with socket.socket(family) as end:
        return end.connect_ex(address) == 0


def _wait_for(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 8
    while not holds():
        assert time.monotonic() < deadline, "it was not ready in time"
        time.sleep(0.01)


@contextlib.contextmanager
def real_printer() -> Iterator[RealPrinter]:
    """Runs one; its processes are ended."""
    folder = Path(tempfile.mkdtemp(prefix="by"))
    printer = RealPrinter(folder)
    try:
        printer.start()
        yield printer
    finally:
        printer.stop()
        shutil.rmtree(folder, ignore_errors=True)
