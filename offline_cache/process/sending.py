"""The drain as a running store has it: over HTTP when a platform is configured, else none."""

import random
from pathlib import Path

from kiosk.base.clock import Clock
from offline_cache.outbox.outbox import Outbox
from offline_cache.process.settings import StoreSettings
from offline_cache.sync.drain import Sync, SyncSettings
from offline_cache.sync.endings import EndedCases
from offline_cache.sync.transport import PlainFiles


def make_sync(
    settings: StoreSettings, outbox: Outbox, files: PlainFiles, cases: EndedCases, clock: Clock
) -> Sync | None:
    """Not started yet; None when no platform is configured.

    Raises:
        BudayangError: ``sync.address``, ``sync.certificates``.
    """
    if not settings.base_url:
        return None
    from offline_cache.sync.http_transport import HttpTransport, TransportSettings

    def path(text: str) -> Path | None:
        return Path(text) if text else None

    transport = HttpTransport(
        TransportSettings(
            base_url=settings.base_url,
            terminal_id=settings.terminal_id,
            ca_bundle=path(settings.ca_bundle),
            certificate=path(settings.client_certificate),
            key=path(settings.client_key),
        ),
        clock,
    )
    return Sync(
        outbox,
        transport,
        files,
        clock,
        random.Random(),
        SyncSettings(settings.terminal_id, settings.pace_items_s),
        cases,
    )
