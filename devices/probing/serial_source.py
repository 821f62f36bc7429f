"""Serial ports: what the kernel lists and what the technician names; asked what hangs on them only when allowed."""

from collections.abc import Iterator
from pathlib import Path

from devices.inspection.port_holders import holder_of
from devices.probing.findings import Finding, Places, Reason, Trouble
from devices.probing.sysfs import attribute, stable_name, usb_identity
from devices.probing.talk import Talk, identify

_NO_UART = "0"
"""`type` of a port that the driver keeps for a chip that is not there (Linux serial_core.h, PORT_UNKNOWN)."""


def look(places: Places) -> Iterator[Finding | Trouble]:
    """Listed ports first, then those of `places.ports`."""
    for node, name in _listed(places):
        yield _finding(places, node, name)
    for port in places.ports:
        yield _finding(places, Path(port), "-")


def _listed(places: Places) -> Iterator[tuple[Path, str]]:
    folder = Path(places.sys) / "class" / "tty"
    for entry in sorted(folder.iterdir()) if folder.is_dir() else ():
        if not (entry / "device").exists() or attribute(entry, "type") == _NO_UART:
            continue
        usb = usb_identity(entry / "device")
        name = f"{usb.name} ({usb.vendor}:{usb.product})" if usb is not None else f"UART {entry.name}"
        node = Path(places.dev) / entry.name
        yield stable_name(node, Path(places.dev) / "serial" / "by-id"), name


def _consoles(places: Places) -> set[str]:
    """The ports on which the kernel itself speaks (proc(5), ``/proc/consoles``)."""
    try:
        lines = (Path(places.proc) / "consoles").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return set()
    return {line.split()[0] for line in lines if line.strip()}


def _finding(places: Places, port: Path, name: str) -> Finding:
    place = str(port)
    held_by = holder_of(place)
    if held_by is not None:
        return Finding("serial", name, place, notes=(Reason("probe.held", {"holder": held_by}),), held_by=held_by)
    if port.name in _consoles(places):
        return Finding("serial", name, place, notes=(Reason("probe.serial_console"),))
    if not places.talks:
        return Finding("serial", name, place, notes=(Reason("probe.serial_unasked"),))
    answer = identify(place, places.descriptions)
    if answer is Talk.NOT_OPENED:
        return Finding("serial", name, place, notes=(Reason("probe.serial_not_opened"),))
    if answer is Talk.SILENT:
        return Finding("serial", name, place, notes=(Reason("probe.serial_silent"),))
    is_stable = "/by-id/" in place
    why = {**answer.why, "port": Reason("probe.port_stable" if is_stable else "probe.port_unstable")}
    return Finding(
        "serial",
        answer.name or name,
        place,
        answer.device,
        answer.driver,
        {**answer.settings, "port": place},
        why,
        is_certain=True,
    )
