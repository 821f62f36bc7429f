"""A server that answers the intake from a script, to say what the real platform says only on bad days."""

import json
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Said:
    """One reply to a batch, or to endings: `outcome` for each of its items, or `problem` of the whole with its status; None of both: HTML."""

    status: int = 200
    outcome: dict[str, Any] | None = None
    problem: dict[str, Any] | None = None
    retry_after_s: int | None = None


@dataclass
class Script:
    """`batches` are said first, one after the other; then everything is accepted. `status` answers by key."""

    port: int = 0
    batches: deque[Said] = field(default_factory=deque)
    status: dict[str, Any] = field(default_factory=lambda: {"code": "unknown"})
    sent: list[list[str]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    endings: deque[Said] = field(default_factory=deque)
    told: list[list[str]] = field(default_factory=list)


@contextmanager
def answering(*said: Said, **more: Any) -> Iterator[Script]:
    """Serves until the end of the block."""
    script = Script(batches=deque(said), **more)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if self.path == "/v1/intake":
                script.keys.append(self.headers["Idempotency-Key"])
                script.sent.append([item["key"] for item in body["items"]])
                self._intake(body)
            elif self.path == "/v1/intake/statuses":
                script.asked.append(body["key"])
                self._json(200, {"key": body["key"]} | script.status)
            elif self.path == "/v1/intake/endings":
                script.told.append([one["case_id"] for one in body["endings"]])
                self._endings(body)
            else:
                self._json(200, {"missing": 0})

        def _endings(self, body: dict[str, Any]) -> None:
            one = script.endings.popleft() if script.endings else Said(outcome={"code": "accepted"})
            if one.outcome is not None:
                self._json(200, {"outcomes": [{"key": end["case_id"]} | one.outcome for end in body["endings"]]})
            elif one.problem is not None:
                self._json(one.status, {"type": "urn:budayang:problem:x", "status": one.status} | one.problem)
            else:
                self._reply(one.status, b"<html>no answer of ours</html>", "text/html", {})

        def _intake(self, body: dict[str, Any]) -> None:
            one = script.batches.popleft() if script.batches else Said(outcome={"code": "accepted", "receipt": "R-9"})
            headers = {} if one.retry_after_s is None else {"Retry-After": str(one.retry_after_s)}
            if one.outcome is not None:
                outcomes = [{"key": item["key"]} | one.outcome for item in body["items"]]
                self._json(one.status, {"outcomes": outcomes}, headers)
            elif one.problem is not None:
                self._json(one.status, {"type": "urn:budayang:problem:x", "status": one.status} | one.problem, headers)
            else:
                self._reply(one.status, b"<html>no answer of ours</html>", "text/html", headers)

        def _json(self, status: int, body: object, headers: dict[str, str] | None = None) -> None:
            media = "application/json" if status < 400 else "application/problem+json"
            self._reply(status, json.dumps(body).encode(), media, headers or {})

        def _reply(self, status: int, body: bytes, media: str, headers: dict[str, str]) -> None:
            self.send_response(status)
            for name, value in (headers | {"Content-Type": media, "Content-Length": str(len(body))}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        script.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield script
        finally:
            server.shutdown()
            thread.join(2)
