"""A terminal with a permit rewriter and its store, for tests and, as a program, to be killed.

``python -m tests.kiosk.terminal.permit_hall PORT STORE``: rewrites the card that comes, tells each step as a line, ends never by itself.
"""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from devices.emulators.virtual_permit import permit
from devices.permit_rewriter.outcomes import StepBegun, Verified
from devices.permit_rewriter.rewriter import PermitRewriter
from devices.status import DeviceClass, DeviceState, DeviceStatus
from devices.supervisor import Supervisor
from kiosk.terminal.permits import PermitDesk
from offline_cache.process.client import StoreClient
from offline_cache.process.supervisor import StoreSupervisor
from tests.devices.permit_rewriter.scenes import QUICK, QUICK_REWRITE, REWRITER, wish_for
from tests.devices.scenes import Heard
from tests.offline_cache.process.standing import START_S, settings_of


@dataclass
class Hall:
    """A desk and what it stands on."""

    desk: PermitDesk
    supervisor: Supervisor
    store: StoreSupervisor
    statuses: Heard
    line: StoreClient

    def is_settled(self) -> bool:
        """Whether somebody has looked at what is inside from before."""
        problem = self.desk.problem
        return problem is None or problem.key != "rewriter.not_recovered"


@contextmanager
def permit_hall(port: str, folder: Path) -> Iterator[Hall]:
    """Started as the terminal starts it."""
    statuses = Heard()

    def on_status(device: DeviceClass, status: DeviceStatus) -> None:
        statuses.add(status)
        desk.device_changed(device, status)

    supervisor = Supervisor({REWRITER: {"driver": "serial", "port": port, "times": QUICK}}, on_status)
    desk = PermitDesk(supervisor, StoreClient(folder), PermitRewriter(supervisor, QUICK_REWRITE), again_s=0.2)
    store = StoreSupervisor(settings_of(folder), desk.store_changed)
    line = StoreClient(folder, START_S)
    supervisor.start()
    store.start()
    desk.start()
    try:
        yield Hall(desk, supervisor, store, statuses, line)
    finally:
        line.close()
        desk.stop()
        store.stop()
        supervisor.stop()


def main() -> None:
    def tell(event: object) -> None:
        if isinstance(event, StepBegun):
            print(event.step.value, flush=True)

    with permit_hall(sys.argv[1], Path(sys.argv[2])) as hall:
        desk = hall.desk

        def eject(outcome: object) -> None:
            if isinstance(outcome, Verified):
                call = lambda: desk.rewriter.eject("eject", desk.ledger, lambda _: None, on_event=tell)  # noqa: E731
                threading.Thread(target=call, daemon=True).start()

        def rewrite(_: object) -> None:
            wish = wish_for(permit("permit"))
            call = lambda: desk.rewriter.rewrite("rewrite", wish, desk.ledger, tell, eject)  # noqa: E731
            threading.Thread(target=call, daemon=True).start()

        hall.statuses.wait_for(lambda status: status.state is DeviceState.ONLINE)
        hall.line.hello(START_S)
        waiting = threading.Event()
        while not hall.is_settled():
            waiting.wait(0.01)
        print("ready", hall.store.pid, flush=True)
        desk.rewriter.accept("accept", 0, lambda _: None, rewrite)
        threading.Event().wait()


if __name__ == "__main__":
    main()
