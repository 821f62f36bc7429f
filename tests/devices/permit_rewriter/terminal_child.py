"""A terminal that will be killed: rewrites the card inside, tells each event as a line, ends never by itself.

``python -m tests.devices.permit_rewriter.terminal_child PORT LEDGER``
"""

import sys
import threading
from pathlib import Path

from devices.permit_rewriter.file_ledger import DiskFile, FileLedger
from devices.permit_rewriter.outcomes import StepBegun, Verified
from devices.permit_rewriter.rewriter import PermitRewriter
from devices.supervisor import Supervisor
from tests.devices.permit_rewriter.scenes import QUICK, QUICK_REWRITE, REWRITER, wish_for


def main() -> None:
    from devices.emulators.virtual_permit import permit

    def tell(event: object) -> None:
        if isinstance(event, StepBegun):
            print(event.step.value, flush=True)

    config = {"driver": "serial", "port": sys.argv[1], "times": QUICK}
    supervisor = Supervisor({REWRITER: config}, lambda *_: None)
    supervisor.start()
    rewriter = PermitRewriter(supervisor, QUICK_REWRITE)
    ledger = FileLedger(DiskFile(Path(sys.argv[2])))

    def eject(outcome: object) -> None:
        if isinstance(outcome, Verified):
            threading.Thread(
                target=lambda: rewriter.eject("eject", ledger, lambda _: None, on_event=tell), daemon=True
            ).start()

    def rewrite(_: object) -> None:
        threading.Thread(
            target=lambda: rewriter.rewrite("rewrite", wish_for(permit("permit")), ledger, tell, eject), daemon=True
        ).start()

    rewriter.accept("accept", 0, lambda _: None, rewrite)
    threading.Event().wait()


if __name__ == "__main__":
    main()
