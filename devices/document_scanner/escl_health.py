"""Asks an eSCL scanner how it is, by HTTP, bounded in time and size; beside SANE, which cannot."""

import http.client
import ssl
import urllib.parse

_LARGEST = 65536


class EsclHealth:
    """One scanner. Args: url such as ``http://192.0.2.7:80/eSCL``; timeout_s: for connecting and for each read."""

    def __init__(self, url: str, timeout_s: float = 0.8) -> None:
        parts = urllib.parse.urlsplit(url)
        self._host = parts.hostname or ""
        self._port = parts.port
        self._is_tls = parts.scheme == "https"
        self._path = parts.path.rstrip("/")
        self._timeout_s = timeout_s

    def ask(self) -> bytes | None:
        """The body of `ScannerStatus`; ``None`` when nobody answers or it is not one."""
        connection: http.client.HTTPConnection
        if self._is_tls:
            # scanners sign their own certificates; the page's way through SANE is not checked either
            connection = http.client.HTTPSConnection(
                self._host,
                self._port,
                timeout=self._timeout_s,
                context=ssl._create_unverified_context(),  # noqa: S323
            )
        else:
            connection = http.client.HTTPConnection(self._host, self._port, timeout=self._timeout_s)
        try:
            connection.request("GET", f"{self._path}/ScannerStatus", headers={"Connection": "close"})
            response = connection.getresponse()
            body = response.read(_LARGEST)
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()
        return body if response.status == 200 else None
