"""What the operator decides about a platform, checked before anything is opened."""

import ipaddress
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.base.errors import BudayangError


@dataclass(frozen=True)
class Limits:
    """Lives and limits of factors. Seconds and counts.

    Three wrong tries block a person for `block_s`, wherever they were made. `terminal_tries` blocks a terminal from which
    many different persons were tried: far above what honest citizens mistype, far below what guessing needs.
    """

    code_life_s: int = 300
    token_life_s: int = 600
    tries: int = 3
    terminal_tries: int = 30
    block_s: int = 900
    code_pause_s: int = 60
    codes_per_window: int = 5
    code_window_s: int = 900


DEMO_LIMITS = Limits(code_pause_s=0, codes_per_window=100_000)
"""A demo plays the same citizen's visit many times a minute; wrong tries stay limited as in earnest."""


@dataclass(frozen=True)
class PlatformSettings:
    """Settings of one platform process.

    Attributes:
        database_url: SQLAlchemy URL; None means SQLite in `data_dir`.
        data_dir: folder of the SQLite files and of the demo's cached citizens.
        host: address to listen on; anything but loopback demands TLS with client certificates.
        port: 0 lets the kernel choose.
        tls_certificate, tls_key, client_ca: PEM files, all three or none.
        demo: seeded citizens, codes listed at ``/demo/codes`` instead of sent.
        demo_seed, demo_citizens: the invented citizens, at most 14,000.
        limits: None means `DEMO_LIMITS` in the demo and `Limits()` otherwise.
    """

    database_url: str | None = field(default=None, repr=False)
    data_dir: Path = Path("build/platform")
    host: str = "127.0.0.1"
    port: int = 0
    tls_certificate: Path | None = None
    tls_key: Path | None = None
    client_ca: Path | None = None
    demo: bool = False
    demo_seed: int = 20261121
    demo_citizens: int = 10_000
    limits: Limits | None = None
    name: str = "不打烊中心平台"

    @property
    def has_tls(self) -> bool:
        """Whether the server speaks TLS."""
        return self.tls_certificate is not None

    def effective_limits(self) -> Limits:
        """The limits in force."""
        return self.limits or (DEMO_LIMITS if self.demo else Limits())

    def check(self) -> None:
        """Refuses settings that would put citizens' data on the wire in the clear.

        Raises:
            BudayangError: ``platform.tls_needed``, ``platform.tls_incomplete`` or ``platform.tls_file_missing``.
        """
        files = (self.tls_certificate, self.tls_key, self.client_ca)
        if any(files) and not all(files):
            raise BudayangError("platform.tls_incomplete")
        for path in files:
            if path is not None and not path.is_file():
                raise BudayangError("platform.tls_file_missing", file=str(path))
        if not self.has_tls and not is_loopback(self.host):
            raise BudayangError("platform.tls_needed", host=self.host)


def is_loopback(host: str) -> bool:
    """Whether `host` can only be reached from this machine. Names other than ``localhost`` are not trusted."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
