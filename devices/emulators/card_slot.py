"""The smart-card emulator together with the real service before it: pcscd with the virtual reader of vsmartcard (vpcd).

pcscd is one per machine and wants root, so it is taken by a file lock; where that cannot be, the hall goes on without smart cards.
"""

import os
from pathlib import Path

from devices.emulators import pcsc_service
from devices.emulators.control import MissingError
from devices.emulators.pcsc_service import PcscService
from devices.emulators.smart_card import SmartCardEmulator

START_S = 5.0


class CardSlot(SmartCardEmulator):
    """A reader with an empty slot, as a terminal sees it through PC/SC.

    Actions beside those of the cards: ``stop_service`` (pcscd crashes), ``start_service``.

    Args:
        folder: private, gone with the hall; gets pcscd's configuration and, under ``csca``, the certificate of the invented state.
        patience_s: how long to wait until another hall or test has given the machine's pcscd free.
    """

    def __init__(self, folder: Path, patience_s: float = 0.0) -> None:
        super().__init__()
        self._folder = folder
        self._patience_s = patience_s
        self._lock_fd: int | None = None
        self._service = PcscService(folder)

    def prepare(self) -> None:
        """Begins the service. Raises `MissingError` where it cannot run."""
        if not (pcsc_service.PROGRAM.exists() and pcsc_service.LIBRARY.exists()):
            raise MissingError("hall.pcscd_not_installed")
        if os.geteuid() != 0:
            raise MissingError("hall.pcscd_needs_root")
        self._lock_fd = pcsc_service.take_turn(self._patience_s)
        if self._lock_fd is None or pcsc_service.running():
            raise MissingError("hall.pcscd_taken")
        csca = self._folder / "csca"
        csca.mkdir(mode=0o700, parents=True, exist_ok=True)
        (csca / "csca.der").write_bytes(self.csca_der)
        self._begin_service()

    def start(self) -> None:
        """Waits until the reader is there. Raises `MissingError` when it does not come."""
        if not self._service.is_listed(START_S):
            raise MissingError("hall.pcscd_without_reader", port=str(self._service.port))
        super().start()

    def stop(self) -> None:
        """Ends card and service; twice is allowed."""
        super().stop()
        self._service.end()
        if self._lock_fd is not None:
            os.close(self._lock_fd)
            self._lock_fd = None

    def do(self, action: str, arguments: dict[str, object]) -> None:
        """One action of the panel."""
        if action == "stop_service":
            self._service.end()
        elif action == "start_service":
            if not self._service.is_alive:
                self._begin_service()
                self._service.is_listed(START_S)
        else:
            super().do(action, arguments)

    def state(self) -> dict[str, object]:
        """As of the cards, and what the driver ``pcsc`` needs."""
        state = super().state()
        actions = state["actions"]
        assert isinstance(actions, list)
        return {
            **state,
            "reader": pcsc_service.READER,
            "csca_folder": str(self._folder / "csca"),
            "service": "on" if self._service.is_alive else "off",
            "actions": [*actions, "stop_service", "start_service"],
        }

    def _begin_service(self) -> None:
        self._service.begin()
        self.plug_into(self._service.port)
