"""Calls the platform's application without a socket, so that clock and randomness can be given to it."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any

from fastapi import FastAPI

from tests.provisioning.platform.running import TERMINAL_ID


@dataclass
class Heard:
    """One response."""

    status: int
    headers: dict[str, str] = field(repr=False)
    body: bytes = field(repr=False)

    @property
    def json(self) -> Any:
        """The decoded body."""
        return json.loads(self.body)

    @property
    def problem(self) -> str:
        """The name of the problem; "" when it is none."""
        if self.headers.get("content-type") != "application/problem+json":
            return ""
        assert self.json["status"] == self.status
        return str(self.json["type"]).removeprefix("urn:budayang:problem:")


@dataclass
class Caller:
    """A terminal that calls `app`."""

    app: FastAPI
    terminal_id: str | None = TERMINAL_ID

    def get(self, path: str, query: str = "", method: str = "GET") -> Heard:
        """Without a body."""
        return asyncio.run(self._call(method, path, b"", query, None))

    def post(self, path: str, body: object, token: str | None = None) -> Heard:
        """`body` as JSON, or as it is when bytes."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return asyncio.run(self._call("POST", path, content, "", token))

    async def send(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Heard:
        """Bytes with headers of one's own, in lower case."""
        return await self._call(method, path, body, "", None, headers)

    def pour(self, path: str, body: bytes) -> Heard:
        """`body` in chunks, its length untold."""
        return asyncio.run(self._call("POST", path, body, "", None, chunk=8000))

    async def _call(
        self,
        method: str,
        path: str,
        body: bytes,
        query: str,
        token: str | None,
        more: dict[str, str] | None = None,
        chunk: int | None = None,
    ) -> Heard:
        length = {"content-length": str(len(body))} if chunk is None else {"transfer-encoding": "chunked"}
        given = {"content-type": "application/json"} | length | (more or {})
        headers = [(name.encode(), value.encode()) for name, value in given.items()]
        if self.terminal_id is not None:
            headers.append((b"x-terminal-id", self.terminal_id.encode()))
        if token is not None:
            headers.append((b"authorization", b"Bearer " + token.encode()))
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "headers": headers,
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 2),
            "root_path": "",
        }
        sent: list[dict[str, Any]] = []
        size = chunk or max(1, len(body))
        firsts = range(0, max(1, len(body)), size)
        incoming = [
            {"type": "http.request", "body": body[first : first + size], "more_body": first != firsts[-1]}
            for first in reversed(firsts)
        ]

        async def receive() -> dict[str, Any]:
            return incoming.pop() if incoming else {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            sent.append(message)

        await self.app(scope, receive, send)
        start = sent[0]
        return Heard(
            start["status"],
            {key.decode().lower(): value.decode() for key, value in start["headers"]},
            b"".join(message.get("body", b"") for message in sent[1:]),
        )
