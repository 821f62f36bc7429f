"""Bundles from the central platform over HTTP, with ranges (RFC 9110, section 14)."""

from collections.abc import Iterator

import requests

from offline_cache.reference.manifest import SIZE_LIMIT
from offline_cache.reference.updating import SourceError

_PIECE = 64 * 1024
MANIFEST_PATH = "/v1/reference/manifest"
FILE_PATH = "/v1/reference/file"
FILE_HEADER = "X-Reference-File"


class HttpSource:
    """A platform's bundles.

    Args:
        session: with the terminal's certificate and headers; the caller closes it. For one thread at a time.
        url: of the platform, without a slash at its end.
        timeouts_s: to connect, and between two pieces.
    """

    def __init__(self, session: requests.Session, url: str, timeouts_s: tuple[float, float] = (3, 10)) -> None:
        self._session = session
        self._url = url
        self._timeouts_s = timeouts_s

    def manifest(self) -> bytes:
        return b"".join(self._pieces(MANIFEST_PATH, {}, 0, SIZE_LIMIT))

    def read(self, name: str, offset: int) -> Iterator[bytes]:
        return self._pieces(FILE_PATH, {FILE_HEADER: name}, offset, None)

    def _pieces(self, path: str, named: dict[str, str], offset: int, limit: int | None) -> Iterator[bytes]:
        # the bytes are packed already and counted as they come
        headers = {**named, "Accept-Encoding": "identity"}
        if offset:
            headers["Range"] = f"bytes={offset}-"
        try:
            with self._session.get(
                self._url + path, headers=headers, timeout=self._timeouts_s, stream=True, allow_redirects=False
            ) as answer:
                if answer.status_code != (206 if offset else 200):
                    raise SourceError
                if offset and not answer.headers.get("Content-Range", "").startswith(f"bytes {offset}-"):
                    raise SourceError
                came = 0
                for piece in answer.iter_content(_PIECE):
                    came += len(piece)
                    if limit is not None and came > limit:
                        raise SourceError
                    yield piece
        except requests.RequestException:
            raise SourceError from None
