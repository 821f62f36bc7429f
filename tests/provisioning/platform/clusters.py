"""A PostgreSQL cluster of our own: in a temporary folder, on a Unix socket only, gone with the tests."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

_FOUND = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
_ACCOUNTS = ("budayang-lab", "postgres", "nobody")


def _plain_user() -> pwd.struct_passwd | None:
    """The user to run as: initdb refuses root. None when we are a plain user already."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    return next(names[name] for name in _ACCOUNTS if name in names)


def _as_plain_user(user: pwd.struct_passwd | None, *command: str) -> list[str]:
    if user is None:
        return list(command)
    who = [f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
    return ["setpriv", *who, "--pdeathsig=QUIT", *command]


@contextmanager
def postgresql_cluster() -> Iterator[str]:
    """Yields the URL of the cluster's database ``postgres``; SIGQUIT, PostgreSQL's immediate stop, at the end."""
    if not _FOUND:
        pytest.fail("PostgreSQL is not installed: apt-get install postgresql (list of packages: test)")
    programs, user = _FOUND[-1], _plain_user()
    folder = Path(tempfile.mkdtemp(prefix="bypg"))
    try:
        if user is not None:
            os.chown(folder, user.pw_uid, user.pw_gid)
        initdb = [str(programs / "initdb"), "-D", str(folder / "data"), "-U", "budayang", "-A", "trust", "-N"]
        make = _as_plain_user(user, *initdb, "-E", "UTF8", "--locale=C.UTF-8", "--wal-segsize=1")
        subprocess.run(make, check=True, capture_output=True, timeout=60, cwd="/")
        options = ["listen_addresses=", "fsync=off", "full_page_writes=off", "autovacuum=off", "shared_buffers=32MB"]
        serve = [str(programs / "postgres"), "-D", str(folder / "data"), "-k", str(folder)]
        for option in options:
            serve += ["-c", option]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(_as_plain_user(user, *serve), stdout=log, stderr=log, cwd="/")
        try:
            _wait_until_ready(server, folder)
            yield f"postgresql://budayang@/postgres?host={folder}"
        finally:
            server.send_signal(signal.SIGQUIT)
            server.wait(10)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait_until_ready(server: "subprocess.Popen[bytes]", folder: Path) -> None:
    deadline = time.monotonic() + 20
    while True:
        try:
            psycopg.connect(f"postgresql://budayang@/postgres?host={folder}").close()
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.02)  # PostgreSQL tells its readiness by accepting; the deadline bounds the polling
        else:
            return
