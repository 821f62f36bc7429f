"""The program that renders one document and is gone: ``python -m kiosk.documents.render_child``.

One JSON request on standard input, one length-prefixed msgpack result on standard output, exit status 0. With ``--out-fd N``
the document's bytes go to that inherited descriptor and the result only counts them. It dies with its parent, leaves no
core, cannot be traced by its own user, and what it held of a citizen goes with it.
"""

import os
import resource
import sys
from typing import BinaryIO

import msgspec

from kiosk.base.confinement import end_with_parent, leave_no_traces
from kiosk.documents.wire import (
    REQUEST_LIMIT,
    AnswerSheetRequest,
    RenderRequest,
    RenderResult,
    SheetRequest,
    SlipCodeRequest,
    encode_result,
)

_MEMORY_LIMIT = 4 * 1024**3


def harden(parent_id: int) -> None:
    """Ties the process to its parent and keeps its memory to itself.

    Raises:
        SystemExit: the parent is gone already.
    """
    if not end_with_parent(parent_id):
        raise SystemExit(3)
    leave_no_traces()
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_LIMIT, _MEMORY_LIMIT))


def answer(raw: bytes) -> RenderResult:
    """The result for the bytes of a request; every failure is a result, without a word of the data."""
    from kiosk.documents import typesetting

    if len(raw) > REQUEST_LIMIT:
        return RenderResult(problem="documents.request_too_large")
    if not typesetting.FONT_FOLDER.is_dir():
        return RenderResult(problem="documents.fonts_missing")
    try:
        request = msgspec.json.decode(raw, type=RenderRequest)
        if isinstance(request, SheetRequest):
            return typesetting.render_sheet(request)
        if isinstance(request, AnswerSheetRequest):
            return typesetting.render_answer_sheet(request)
        if isinstance(request, SlipCodeRequest):
            return typesetting.sign_slip(request)
        return typesetting.render_slip(request)
    except Exception:  # noqa: BLE001  a diagnostic may quote the citizen's data, so none leaves this process
        return RenderResult(problem="documents.render_failed")


def main(argv: list[str]) -> int:
    """Arguments: ``--parent PID``, optionally ``--out-fd N``."""
    options = dict(zip(argv[::2], argv[1::2], strict=False))
    harden(int(options["--parent"]))
    with os.fdopen(os.dup(1), "wb") as results:
        # Nothing that a library prints may mix with the result.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        result = answer(sys.stdin.buffer.read(REQUEST_LIMIT + 1))
        if "--out-fd" in options and result.problem is None:
            with os.fdopen(int(options["--out-fd"]), "wb") as out:
                result = _pour(result, out)
        results.write(encode_result(result))
    return 0


def _pour(result: RenderResult, out: BinaryIO) -> RenderResult:
    try:
        out.write(result.content)
        out.flush()
    except OSError:
        return RenderResult(problem="documents.render_failed")
    return msgspec.structs.replace(result, content=b"")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
