"""The program that checks one slip's code and is gone: ``python -m kiosk.documents.code_child --parent PID``.

Standard input gets JSON with ``text``, ``key_list``, ``list_key`` (paths) and ``now`` (ISO 8601); standard output ``{"number"}`` or
``{"problem"}``. So the ciphers' library is never loaded beside the screen.
"""

import argparse
import json
import sys
from datetime import datetime
from pathlib import Path

from kiosk.base.confinement import end_with_parent, leave_no_traces
from kiosk.base.errors import Problem


def answer(raw: str) -> dict[str, str]:
    """What is told; a list or key that cannot be read is ``slip_code.not_judged``."""
    from kiosk.documents.key_list import load_public_key
    from kiosk.documents.slip_code import number_of_code

    try:
        asked = json.loads(raw)
        key_list = Path(asked["key_list"]).read_bytes()
        list_key = load_public_key(Path(asked["list_key"]))
        found = number_of_code(asked["text"], key_list, list_key, datetime.fromisoformat(asked["now"]))
    except Exception:  # noqa: BLE001  a diagnostic may quote the code, so none leaves this process
        return {"problem": "slip_code.not_judged"}
    return {"problem": found.key} if isinstance(found, Problem) else {"number": found}


def main(argv: list[str]) -> int:
    """Status 3: the parent is gone already."""
    parser = argparse.ArgumentParser(prog="kiosk.documents.code_child")
    parser.add_argument("--parent", type=int, required=True)
    if not end_with_parent(parser.parse_args(argv).parent):
        return 3
    leave_no_traces()
    json.dump(answer(sys.stdin.read()), sys.stdout)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
