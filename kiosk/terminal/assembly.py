"""Puts a terminal together from its configuration: a light part before the first frame, the rest after it."""

import threading
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.base.clock import Clock
from kiosk.base.config import Config
from kiosk.base.errors import BudayangError, Problem
from kiosk.session import events
from kiosk.session.state import Language, Settings
from kiosk.session.timeouts import Timeouts
from kiosk.terminal.marker import VisitMarker
from kiosk.terminal.port import Site
from kiosk.terminal.terminal import Terminal

if TYPE_CHECKING:
    from devices.status import DeviceStatus
    from kiosk.central.process import CentralLine
    from kiosk.central.settings import CentralSettings
    from kiosk.services.catalogue import Catalogue
    from kiosk.services.item import Item
    from kiosk.services.query import Query
    from kiosk.terminal.lookups import ReferenceParts
    from kiosk.terminal.permits import PermitDesk as Permits

SOFTWARE_VERSION = "0.1.0"


def site_of(config: Config) -> Site:
    """What the screens must know of the configuration."""
    return Site(
        terminal_id=config.terminal_id,
        site_name=config.site_name,
        demo=config.is_demo,
        panel_width_mm=config.panel.width_mm,
        lower_edge_mm=config.panel.lower_edge_mm,
        front=config.panel.front,
        help_phone=config.help_phone,
        has_staff_page=bool(config.staff.pin_hash),
        has_search=config.reference is not None,
    )


def timeouts_of(config: Config) -> Timeouts:
    """The session's times with the configuration's changes."""
    times = config.times
    return Timeouts(
        idle_anonymous_s=times["home_idle_s"],
        idle_identified_s=times["identified_idle_s"],
        idle_reading_s=times["reading_idle_s"],
        warning_s=times["alert_s"],
        cover_s=times["cover_s"],
        visit_s=times["visit_s"],
        result_s=times["result_s"],
    )


def make_terminal(config: Config, clock: Clock) -> Terminal:
    """The terminal without its hands: it can show the attract page and take touches."""
    return Terminal(
        site=site_of(config),
        clock=clock,
        load_catalogue=_load_catalogue,
        marker=VisitMarker(config.state_dir),
        timeouts=timeouts_of(config),
        settings=Settings(language=Language(config.language)),
    )


class Surroundings:
    """Devices, platform and papers of a running terminal; made and started after the first frame.

    Attributes:
        supervisor: of the device hosts.
        client: the visit's line to the central process; its traffic is for the journey.
        offline: what a visit may ask of the store.
        reference: the search and what keeps it new; None without a configured reference.
        permits: the permit rewriter with its ledger; None without one.
    """

    def __init__(self, config: Config, clock: Clock, terminal: Terminal) -> None:
        from devices.barcode_reader.reader import BarcodeReader
        from devices.camera.camera import Camera
        from devices.id_card_reader.reader import IdCardReader
        from devices.receipt_printer.printer import ReceiptPrinter
        from devices.sheet_printer.printer import SheetPrinter
        from devices.status import NO_DEVICE, DeviceClass, DeviceStatus
        from devices.supervisor import Supervisor
        from kiosk.central.process import CentralProcess
        from kiosk.documents import SigningKey
        from kiosk.services.readiness import NO_REFERENCE
        from kiosk.terminal.cards import Cards
        from kiosk.terminal.central import Central, PlatformWatch
        from kiosk.terminal.offline import OfflineDesk, RoomWatch
        from kiosk.terminal.paper_view import PaperView
        from kiosk.terminal.papers import Papers
        from kiosk.terminal.pictures import PageCamera
        from kiosk.terminal.slip_codes import CodeCheck, SlipCodes
        from kiosk.terminal.staff import StaffDesk, compare_pin
        from kiosk.terminal.submissions import BYTES, ROWS, Submissions
        from offline_cache.process.client import StoreClient
        from offline_cache.process.configured import store_settings
        from offline_cache.process.supervisor import StoreSupervisor

        def on_status(device: DeviceClass, status: DeviceStatus) -> None:
            terminal.post(events.DeviceChanged(device, status))
            if self.permits is not None:
                self.permits.device_changed(device, status)

        def on_store(problem: Problem | None) -> None:
            self.offline.store_changed(problem)
            if self.permits is not None:
                self.permits.store_changed(problem)

        devices = {
            DeviceClass(name): {"driver": device.driver, **device.settings} for name, device in config.devices.items()
        }
        self._configured = tuple(devices)
        self.permits: Permits | None = None
        # every visit needs these; the others' hosts start when these can be used
        first = (DeviceClass.ID_CARD_READER, DeviceClass.RECEIPT_PRINTER, DeviceClass.SHEET_PRINTER)
        self.supervisor: Supervisor = Supervisor(devices, on_status, first=first)
        if DeviceClass.PERMIT_REWRITER in devices:
            from kiosk.terminal.permits import PermitDesk

            self.permits = PermitDesk(self.supervisor, StoreClient(config.offline.folder))
        for missing in set(DeviceClass) - devices.keys():
            on_status(missing, NO_DEVICE)  # nobody shall wait for what was never built in
        self._central = CentralProcess(_central_settings(config), clock)
        visits, hellos = self._central.lines
        self.client: CentralLine = visits
        self._watch: PlatformWatch = PlatformWatch(hellos, terminal.post, clock)
        self._numbers = _Numbers(config, clock)
        self.offline = OfflineDesk(
            StoreClient(config.offline.folder),
            lambda problem: terminal.post(events.StoreChanged(problem)),
            lambda: terminal.post(events.Broke()),
        )
        self._store = StoreSupervisor(store_settings(config, SOFTWARE_VERSION), on_store)
        self._room = RoomWatch(self.offline, ROWS, BYTES)
        keys = config.keys
        self.reference = _reference_parts(config, clock, terminal)
        if self.reference is None:
            terminal.post(
                events.ReferenceChanged(Problem(NO_REFERENCE))
            )  # items that look something up say why they cannot
        central = Central(
            self.client, terminal.post, self._watch.look_now, lambda code: query_of(terminal.catalogue, code)
        )
        camera = Camera(self.supervisor, DeviceClass.DOCUMENT_CAMERA)
        paper = PaperView(camera, terminal.post)
        terminal.paper = paper
        terminal.attach(
            Cards(IdCardReader(self.supervisor), clock, terminal.post),
            # before the desk that it asks: at the end of a visit nothing more is asked of that
            Submissions(
                config.terminal_id,
                self.offline,
                central,
                PageCamera(camera),
                clock,
                self._numbers.take,
                terminal.post,
            ),
            central,
            Papers(
                ReceiptPrinter(self.supervisor),
                SheetPrinter(self.supervisor),
                terminal.site,
                clock,
                SigningKey(keys.attestation_key_id, str(keys.attestation_private)),
                self._numbers.take,
                terminal.post,
                lambda code, language: _item_name(terminal, code, language),
                lambda code: query_of(terminal.catalogue, code),
            ),
            paper,
            SlipCodes(
                BarcodeReader(self.supervisor),
                CodeCheck(keys.key_list, keys.key_list_public, clock),
                terminal.post,
                is_there=DeviceClass.BARCODE_READER in devices,
            ),
            StaffDesk(
                StoreClient(config.offline.folder),
                config.offline.folder,
                clock,
                lambda pin: compare_pin(pin, config.staff.pin_hash),
                lambda: self._watch.answered_at,
                terminal.post,
            ),
            self.offline,
            *((self.reference.lookups,) if self.reference is not None else ()),
        )

    def start(self) -> None:
        """Starts the device hosts, those of every visit first, and asks for the platform."""
        self.supervisor.start()
        self._central.start()
        self._store.start()
        self._room.start()
        self._watch.start()
        if self.permits is not None:
            self.permits.start()
        if self.reference is not None:
            self.reference.start()

    def pids(self) -> dict[str, int]:
        """The processes that run now: device hosts by class, ``central``, ``store``."""
        pids = {device.value: pid for device, pid in self.supervisor.pids().items()}
        others = {"central": self._central.pid, "store": self._store.pid}
        return {**pids, **{name: pid for name, pid in others.items() if pid is not None}}

    def statuses(self) -> "dict[str, DeviceStatus]":
        """What every configured device of this terminal last said, by class: for technicians; nothing of a person is in it."""
        return {device.value: self.supervisor.status(device) for device in self._configured}

    def counts(self) -> dict[str, object]:
        """Traffic so far, in counts only: commands and bytes by device, calls and bytes of the visit's client."""
        return {
            "devices": {
                # asdict would make nonsense of a Counter (fixed in Python 3.12)
                device.value: {**vars(traffic), "completions": dict(traffic.completions)}
                for device, traffic in self.supervisor.traffic().items()
            },
            "platform": asdict(self.client.traffic),
        }

    def stop(self) -> None:
        """Ends everything; hosts and threads within two seconds each. After `Terminal.stop`, whose hands use all this."""
        if self.reference is not None:
            self.reference.stop()
        if self.permits is not None:
            self.permits.stop()
        self._watch.stop()
        self._room.stop()
        self._store.stop()
        self._central.stop()
        self.supervisor.stop()
        self._numbers.close()


def _reference_parts(config: Config, clock: Clock, terminal: Terminal) -> "ReferenceParts | None":
    if config.reference is None:
        return None
    from kiosk.terminal.lookups import ReferenceParts

    def find_here(code: str) -> "Item | None":
        return terminal.catalogue.by_code(code)  # whose first use loads it, on whatever thread that is

    return ReferenceParts(config, clock, find_here, terminal.post)


class _Numbers:
    """The durable counter, opened at its first use, on the papers worker's thread."""

    def __init__(self, config: Config, clock: Clock) -> None:
        self._folder: Path = config.state_dir / "numbers"
        self._terminal_id = config.terminal_id
        self._clock = clock
        self._lock = threading.Lock()  # a worker that did not end in time may take while the terminal closes
        self._is_closed = False
        self._close: Callable[[], None] = lambda: None
        self._next: Callable[[], str] | None = None

    def take(self) -> str | Problem:
        """A fresh 终端流水号, durable before it is returned; a Problem when it cannot be kept, and after `close`."""
        with self._lock:
            if self._is_closed:
                return Problem("documents.number_not_kept")
            try:
                if self._next is None:
                    self._next = self._open()
                return self._next()
            except BudayangError as error:
                return error.problem

    def close(self) -> None:
        """Gives the store to others; from now on no number is given."""
        with self._lock:
            self._is_closed = True
            self._close()

    def _open(self) -> Callable[[], str]:
        from kiosk.documents import format_terminal_number
        from offline_cache.numbers import NumberStore

        store = NumberStore(self._folder, self._clock.now)
        self._close = store.close

        def take() -> str:
            number = store.take()
            return format_terminal_number(self._terminal_id, number.epoch, number.counter)

        return take


def _central_settings(config: Config) -> "CentralSettings":
    from kiosk.central.settings import CentralSettings

    platform = config.platform
    return CentralSettings(
        base_url=platform.url,
        terminal_id=config.terminal_id,
        software_version=SOFTWARE_VERSION,
        ca_bundle=platform.ca_bundle,
        client_certificate=platform.client_certificate,
        client_key=platform.client_key,
        connect_timeout_s=platform.connect_timeout_s,
        read_timeout_s=platform.read_timeout_s,
        deadline_s=platform.connect_timeout_s + platform.read_timeout_s,
    )


def _item_name(terminal: Terminal, item_code: str, language: Language) -> str:
    item = terminal.catalogue.by_code(item_code)
    return "" if item is None else item.name.of(language)


def query_of(catalogue: "Catalogue", item_code: str) -> "Query | None":
    """What a department answers for the item; None for an item that asks none, and for one that is not in the catalogue."""
    item = catalogue.by_code(item_code)
    return None if item is None else item.query


def _load_catalogue() -> "Catalogue":
    from kiosk.services.catalogue import load_catalogue

    return load_catalogue()
