"""The render child: what it hands over, and that it ends."""

import errno
import os
import select
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

import kiosk
from kiosk.base.errors import Problem
from kiosk.documents import Breaker, RenderedDocument, render, render_to_fd, renderer
from kiosk.documents.render_child import answer
from kiosk.documents.wire import REQUEST_LIMIT, decode_result, encode_result
from kiosk.documents.wire import RenderResult as Result
from tests.kiosk.documents.signing import build_house
from tests.kiosk.documents.specimens import sheet_request, statement

ROOT = Path(kiosk.__file__).parents[1]
CHILD = [sys.executable, "-m", "kiosk.documents.render_child"]


def test_a_sheet_comes_back_as_pdf(tmp_path: Path) -> None:
    document = render(sheet_request(statement(60), key=build_house(tmp_path).key_file))
    assert isinstance(document, RenderedDocument)
    assert document.content.startswith(b"%PDF-1.7")
    assert (document.media_type, document.pages, document.is_attested) == ("application/pdf", 3, True)
    assert document.byte_count == len(document.content)
    assert "%PDF" not in repr(document)


def test_the_bytes_can_go_to_the_callers_descriptor_alone() -> None:
    descriptor = os.memfd_create("sheet", os.MFD_CLOEXEC)
    try:
        document = render_to_fd(sheet_request(statement(1)), descriptor)
        assert isinstance(document, RenderedDocument)
        assert document.content == b""
        assert os.fstat(descriptor).st_size == document.byte_count
        assert os.pread(descriptor, 5, 0) == b"%PDF-"
    finally:
        os.close(descriptor)


def test_a_closed_pipe_is_a_failure_and_not_half_a_success() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        assert render_to_fd(sheet_request(statement(1)), writing) == Problem("documents.render_failed")
    finally:
        os.close(writing)


def test_at_the_deadline_the_child_is_killed() -> None:
    assert render(sheet_request(statement(1)), deadline_s=0.0) == Problem("documents.render_timed_out")


def test_a_rendering_that_is_broken_off_ends_at_once_and_so_does_one_that_begins_before_the_renewal() -> None:
    breaker = Breaker()
    try:
        breaker.break_off()
        assert render(sheet_request(statement(1)), breaker=breaker) == Problem("documents.render_broken_off")
        breaker.renew()
        assert isinstance(render(sheet_request(statement(1)), breaker=breaker), RenderedDocument)
        breaker.renew()  # when nothing was broken off
    finally:
        breaker.close()
    breaker.close()
    breaker.break_off()  # of nobody


def test_a_child_at_work_is_killed_when_its_rendering_is_broken_off(monkeypatch: pytest.MonkeyPatch) -> None:
    children: list[subprocess.Popen[bytes]] = []
    breaker = Breaker()

    class Watched(subprocess.Popen[bytes]):
        def __init__(self, *arguments: Any, **more: Any) -> None:
            super().__init__(*arguments, **more)
            children.append(self)
            breaker.break_off()  # in the middle, whatever it has come to

    monkeypatch.setattr(subprocess, "Popen", Watched)
    try:
        assert render(sheet_request(statement(360)), breaker=breaker) == Problem("documents.render_broken_off")
    finally:
        breaker.close()
    assert children[0].returncode == -signal.SIGKILL


def test_a_request_too_large_never_starts_a_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renderer, "_spawn_and_wait", None)
    huge = sheet_request(statement(1, employer="长" * (REQUEST_LIMIT // 3)))
    assert render(huge) == Problem("documents.request_too_large")


def test_a_child_that_dies_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    assert render(sheet_request(statement(1))) == Problem("documents.render_failed")


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b'{"type":"other"}', b'{"type":"sheet"}', b"\xff\xfe"])
def test_the_child_answers_garbage_with_a_problem(raw: bytes) -> None:
    assert answer(raw).problem == "documents.render_failed"


def test_the_child_refuses_what_is_too_long() -> None:
    assert answer(b" " * (REQUEST_LIMIT + 1)).problem == "documents.request_too_large"


def test_a_statement_with_an_impossible_date_is_a_problem_without_its_words() -> None:
    broken = msgspec.json.encode(sheet_request(statement(1))).replace(b"2026-02-01", b"2026-02-31")
    assert answer(broken) == Result(problem="documents.render_failed")


def test_a_result_cut_short_or_garbled_is_a_failure() -> None:
    framed = encode_result(Result(None, "image/png", 1, 3, False, 0, b"abc"))
    assert isinstance(decode_result(framed), RenderedDocument)
    for broken in (b"", framed[:3], framed[:-1], framed + b"x", b"\x00\x00\x00\x01\xc1"):
        assert decode_result(broken) == Problem("documents.render_failed")
    assert decode_result(encode_result(Result(problem="documents.fonts_missing"))) == Problem("documents.fonts_missing")


def test_the_child_leaves_no_core_and_names_no_citizen_on_its_command_line() -> None:
    # Its standard input stays open, so it waits there and can be looked at.
    with subprocess.Popen(
        [*CHILD, "--parent", str(os.getpid())], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        request = msgspec.json.encode(sheet_request(statement(1)))
        child.stdin.write(request[:100])
        child.stdin.flush()
        wait_for_hardening(child.pid)
        command = Path(f"/proc/{child.pid}/cmdline").read_bytes()
        child.stdin.write(request[100:])
        child.stdin.close()
        framed = child.stdout.read()
    assert child.returncode == 0
    assert isinstance(decode_result(framed), RenderedDocument)
    assert "张".encode() not in command
    assert b"110105" not in command


def wait_for_hardening(pid: int) -> None:
    """Returns when the child's limit of core files is 0; the child is waiting for its input by then or soon."""
    pidfd = os.pidfd_open(pid)
    ended = select.poll()
    ended.register(pidfd, select.POLLIN)
    for _ in range(500):
        limits = Path(f"/proc/{pid}/limits").read_text()
        if any(line.split()[4:6] == ["0", "0"] for line in limits.splitlines() if line.startswith("Max core")):
            os.close(pidfd)
            return
        assert not ended.poll(10)
    os.close(pidfd)
    pytest.fail("the child set no limit for core files")


def test_the_child_cannot_be_traced_by_its_own_user() -> None:
    program = (
        "import ctypes, os; from kiosk.documents.render_child import harden; harden(os.getppid()); "
        "print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "0\n"


def test_a_child_whose_parent_is_gone_ends_at_once() -> None:
    done = subprocess.run(
        [*CHILD, "--parent", "1"], cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    assert done.returncode == 3


def test_the_child_dies_with_its_parent() -> None:
    program = (
        "import subprocess, sys, os; "
        "c = subprocess.Popen([sys.executable, '-m', 'kiosk.documents.render_child', '--parent', str(os.getpid())], "
        "stdin=subprocess.PIPE, stdout=subprocess.DEVNULL); print(c.pid, flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        child_id = int(parent.stdout.readline())
        pidfd = os.pidfd_open(child_id)
        # Only once the child is hardened is the end of its input not what ends it.
        wait_for_hardening(child_id)
        parent.send_signal(signal.SIGKILL)
        poll = select.poll()
        poll.register(pidfd, select.POLLIN)
        assert poll.poll(2000)
        os.close(pidfd)


def test_the_terminal_never_loads_what_lays_out_signs_or_reads() -> None:
    program = (
        "import sys, os; sys.path.insert(0, os.getcwd()); import kiosk.documents as d; "
        "from tests.kiosk.documents.specimens import sheet_request, statement; "
        "r = d.render(sheet_request(statement(1))); assert r.pages == 1; "
        "print([m for m in ('typst', 'cryptography', 'segno', 'PIL', 'pypdfium2', 'zxingcpp') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_a_machine_that_can_start_no_child_is_a_failure_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_process(*_: object, **__: object) -> None:
        raise OSError(errno.EAGAIN, "no process")

    monkeypatch.setattr(subprocess, "Popen", no_process)
    assert render(sheet_request(statement(1))) == Problem("documents.render_failed")


def test_a_text_that_is_none_is_a_failure_in_words_and_quotes_nobody() -> None:
    assert render(sheet_request(statement(1, employer="单位\ud800"))) == Problem("documents.render_failed")
