"""The one-time codes that the demo platform lists instead of sending them: ``GET /demo/codes``."""

import http.client
import json
from dataclasses import dataclass, field
from urllib.parse import urlsplit

TIMEOUT_S = 0.5
_LONGEST_ANSWER = 1 << 18


@dataclass(frozen=True)
class SentCode:
    """A code as it would have reached a phone; `sent_at` is an ISO time with its zone."""

    number: int
    sent_at: str
    phone_masked: str = field(repr=False)
    code: str = field(repr=False)


class CodesGoneError(Exception):
    """The platform does not answer, or not with a list of codes."""


class CodeList:
    """Asks for the list; every call is a connection of its own.

    Args:
        url: of the platform, ``http://HOST:PORT``.
    """

    def __init__(self, url: str, timeout_s: float = TIMEOUT_S) -> None:
        parts = urlsplit(url)
        self._address = (parts.hostname or "127.0.0.1", parts.port or 80)
        self._timeout_s = timeout_s

    def newest(self) -> SentCode | None:
        """The last code, None before the first. Blocks for the time-out at each of connecting, waiting and reading.

        Raises:
            CodesGoneError: see there.
        """
        line = http.client.HTTPConnection(*self._address, timeout=self._timeout_s)
        try:
            line.request("GET", "/demo/codes")
            reply = line.getresponse()
            if reply.status != 200:
                raise CodesGoneError
            codes = json.loads(reply.read(_LONGEST_ANSWER))["codes"]
            if not codes:
                return None
            last = codes[-1]
            return SentCode(int(last["number"]), str(last["sent_at"]), str(last["phone_masked"]), str(last["code"]))
        except (OSError, http.client.HTTPException, ValueError, KeyError, TypeError, IndexError) as error:
            raise CodesGoneError from error
        finally:
            line.close()
