"""The terminal's side of rendering: starts a child for one document, waits until a deadline, takes the result.

Request and result travel in anonymous memory files, so neither side can block the other and nothing touches a disk; the
command line holds no personal data. The call blocks its thread, at most the deadline and a little; never call it from
the thread that draws. The child dies when that thread ends (PR_SET_PDEATHSIG looks at threads), so keep it alive.
"""

import contextlib
import os
import select
import subprocess
import sys
from io import FileIO
from pathlib import Path

import msgspec

import kiosk
from kiosk.base.errors import Problem
from kiosk.documents.wire import (
    REQUEST_LIMIT,
    RESULT_LIMIT,
    RenderedDocument,
    RenderRequest,
    decode_result,
)

DEFAULT_DEADLINE_S = 10.0
_ROOT = str(Path(kiosk.__file__).parents[1])
_KILL_WAIT_S = 2.0
_BUFFER_BYTES = 1024 * 1024


class Breaker:
    """Breaks renderings off: the one at work and those that begin before `renew`. Any thread; `close` when none is left."""

    def __init__(self) -> None:
        self.fd = os.eventfd(0, os.EFD_CLOEXEC | os.EFD_NONBLOCK)

    def break_off(self) -> None:
        """Whoever renders for a visit that has ended must not hold its data any longer."""
        if self.fd >= 0:
            os.eventfd_write(self.fd, 1)

    def renew(self) -> None:
        """Ends the effect of `break_off`."""
        with contextlib.suppress(BlockingIOError):
            os.eventfd_read(self.fd)

    def close(self) -> None:
        """Only when nobody renders with it any more; twice is allowed."""
        fd, self.fd = self.fd, -1
        if fd >= 0:
            os.close(fd)


def render(
    request: RenderRequest, deadline_s: float = DEFAULT_DEADLINE_S, breaker: Breaker | None = None
) -> RenderedDocument | Problem:
    """Renders in a child and returns the document's bytes.

    Problems: ``documents.render_broken_off``, ``documents.render_timed_out``, ``documents.render_failed``, ``documents.request_too_large``,
    ``documents.sheet_check_failed``, ``documents.signing_key_unreadable``, ``documents.fonts_missing``; of the sheet of a plain
    query also ``documents.no_verification_code``, ``documents.text_too_long``.
    """
    return _run(request, deadline_s, None, breaker)


def render_to_fd(
    request: RenderRequest, out_fd: int, deadline_s: float = DEFAULT_DEADLINE_S
) -> RenderedDocument | Problem:
    """Like `render`, but the child writes the document to `out_fd` (memory file, file or pipe) and `content` stays empty.

    The descriptor stays open here and belongs to the caller. After a problem it may hold part of a document.
    """
    return _run(request, deadline_s, out_fd, None)


def _run(
    request: RenderRequest, deadline_s: float, out_fd: int | None, breaker: Breaker | None
) -> RenderedDocument | Problem:
    # Large enough from the start: a buffer that grows leaves copies of the citizen's data behind in the heap.
    raw = bytearray(_BUFFER_BYTES)
    try:
        msgspec.json.Encoder().encode_into(request, raw)
    except UnicodeEncodeError:  # a lone surrogate
        _wipe(raw)
        return Problem("documents.render_failed")
    if len(raw) > REQUEST_LIMIT:
        _wipe(raw)
        return Problem("documents.request_too_large")
    with _memory_file("request") as request_file, _memory_file("result") as result_file:
        try:
            request_file.write(raw)
            request_file.seek(0)
        finally:
            _wipe(raw)
        try:
            problem = _spawn_and_wait(request_file.fileno(), result_file.fileno(), out_fd, deadline_s, breaker)
        except OSError:  # no memory, no process or no descriptor left for a child
            return Problem("documents.render_failed")
        if problem is not None:
            return problem
        size = os.fstat(result_file.fileno()).st_size
        if size > RESULT_LIMIT:
            return Problem("documents.render_failed")
        return decode_result(os.pread(result_file.fileno(), size, 0))


def _memory_file(name: str) -> FileIO:
    return FileIO(os.memfd_create(name, os.MFD_CLOEXEC), "r+b")


def _spawn_and_wait(
    stdin: int, stdout: int, out_fd: int | None, deadline_s: float, breaker: Breaker | None
) -> Problem | None:
    """Why the child had to be killed; None when it ended by itself."""
    command = [sys.executable, "-s", "-P", "-m", "kiosk.documents.render_child", "--parent", str(os.getpid())]
    if out_fd is not None:
        command += ["--out-fd", str(out_fd)]
    child = subprocess.Popen(
        command,
        stdin=stdin,
        stdout=stdout,
        stderr=subprocess.DEVNULL,
        pass_fds=() if out_fd is None else (out_fd,),
        env={"PYTHONPATH": _ROOT, "LANG": "C.UTF-8", "PATH": os.defpath},
        close_fds=True,
    )
    try:
        pidfd = os.pidfd_open(child.pid)
        try:
            # Popen.wait(timeout) sleeps up to 50 ms between looks; the descriptor wakes at once.
            poll = select.poll()
            poll.register(pidfd, select.POLLIN)
            if breaker is not None:
                poll.register(breaker.fd, select.POLLIN)
            woken_by = {fd for fd, _ in poll.poll(max(0, int(deadline_s * 1000)))}
        finally:
            os.close(pidfd)
    finally:
        child.kill()
        child.wait(_KILL_WAIT_S)
    if pidfd in woken_by:
        return None
    return Problem("documents.render_broken_off" if woken_by else "documents.render_timed_out")


def _wipe(buffer: bytearray) -> None:
    buffer[:] = bytes(len(buffer))
