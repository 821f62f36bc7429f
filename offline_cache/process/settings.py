"""What the store process must know; from the terminal's configuration, section ``offline``."""

import msgspec

from offline_cache.store.space import BALLAST_BYTES, Bounds


class StoreSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Everything of one store.

    Attributes:
        folder: of the store alone.
        terminal_id: part of what each record is bound to.
        software_version: told to the platform.
        bounds: what it takes in at most.
        suite: ``aes`` or ``sm4``, for new records.
        vault: ``auto`` (the strongest there is), ``tpm``, ``credentials``, ``file``.
        pcrs: of the TPM; see `offline_cache.vault.tpm`.
        tpm: address of the chip, "" for the machine's own.
        ballast_bytes: given up when the disk is full.
        log_folder: where the process writes its log, "" for none.
        pace_items_s: items a second that may be sent; None is unbounded.
        base_url, ca_bundle, client_certificate, client_key: the way to the platform; "" for no URL: nothing is sent.
    """

    folder: str
    terminal_id: str
    software_version: str = "0"
    bounds: Bounds = msgspec.field(default_factory=Bounds)
    suite: str = "aes"
    vault: str = "auto"
    pcrs: tuple[int, ...] = ()
    tpm: str = ""
    ballast_bytes: int = BALLAST_BYTES
    log_folder: str = ""
    pace_items_s: float | None = None
    base_url: str = ""
    ca_bundle: str = ""
    client_certificate: str = ""
    client_key: str = ""
