"""A process that has everything imported and forks one store after another, each of which kills itself at a chosen point.

``python -m tests.offline_cache.process.nursery FOLDER SEED LIVES``: writes a line for each store that died. A store is the real host in a
real process; only its start is short. After LIVES deaths one more lives until the end of standard input.
"""

import os
import random
import signal
import socket
import sys
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path

from offline_cache.process import frames, host
from offline_cache.process import protocol as wire
from offline_cache.store.connection import Connection, Row, SqliteConnection, Value
from tests.offline_cache.process.standing import settings_of


class Fate:
    """At which point this store dies: before or after its n-th statement since it is ready, or before its n-th answer."""

    def __init__(self, chance: random.Random) -> None:
        self.where = chance.choice(("before", "after", "after", "answer"))
        self.left = chance.randint(1, 3) if self.where == "answer" else chance.randint(1, 14)
        self.is_armed = False

    def meet(self, where: str) -> None:
        if self.is_armed and where == self.where:
            self.left -= 1
            if self.left == 0:
                os.kill(os.getpid(), signal.SIGKILL)


class Doomed:
    """A connection whose statements count."""

    def __init__(self, inner: Connection, fate: Fate) -> None:
        self._inner = inner
        self._fate = fate

    def execute(self, statement: str, values: Sequence[Value] = ()) -> Iterable[Row]:
        self._fate.meet("before")
        rows = self._inner.execute(statement, values)
        self._fate.meet("after")
        return rows

    def close(self) -> None:
        self._inner.close()


def live(folder: Path, fate: Fate | None, parent: socket.socket) -> None:
    """One store, to its end."""
    send = frames.send

    def doomed_send(end: socket.socket, message: wire.Request | wire.Reply, deadline: float) -> None:
        if fate is not None and isinstance(message, wire.Kept):
            fate.meet("answer")
        send(end, message, deadline)

    def tell(_: wire.Reply) -> None:
        if fate is not None:
            fate.is_armed = True

    def connect(path: Path, *, read_only: bool = False) -> Connection:
        inner = SqliteConnection(path, read_only=read_only)
        return inner if fate is None else Doomed(inner, fate)

    frames.send = doomed_send
    host.run(settings_of(folder), tell, parent, connect)


def main() -> None:
    folder, seed, lives = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    chance = random.Random(seed)
    for life in range(lives + 1):
        fate = Fate(chance) if life < lives else None
        ours, theirs = socket.socketpair()
        child = os.fork()
        if child == 0:
            ours.close()
            live(folder, fate, theirs)
            os._exit(0)
        theirs.close()
        if fate is None:
            threading.Thread(target=_until_the_end, args=(ours,), daemon=True).start()
        _, status = os.waitpid(child, 0)
        ours.close()
        sys.stdout.write(f"{'killed' if os.WIFSIGNALED(status) else 'ended'} {fate.where if fate else 'asked'}\n")
        sys.stdout.flush()


def _until_the_end(ours: socket.socket) -> None:
    sys.stdin.read()
    ours.shutdown(socket.SHUT_WR)


if __name__ == "__main__":
    main()
