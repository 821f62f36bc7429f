"""Where the platform is and how long it may take."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class CentralSettings:
    """Where the platform is and how long it may take. Times in seconds.

    Attributes:
        base_url: ``https://host:port``; ``http://`` only for loopback, which the server enforces.
        ca_bundle: PEM of the platform's CA; None means the system's.
        client_certificate, client_key: PEM of this terminal.
        deadline_s: for a whole call, however many bytes trickle in.
    """

    base_url: str
    terminal_id: str
    software_version: str
    ca_bundle: Path | None = None
    client_certificate: Path | None = None
    client_key: Path | None = None
    connect_timeout_s: float = 3.0
    read_timeout_s: float = 8.0
    deadline_s: float = 10.0
    refused_retries: int = 1
    refused_pause_s: float = 0.2
