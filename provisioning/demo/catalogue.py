"""The demo's catalogue of all items, published to the demo's platform: ``python -m provisioning.demo.catalogue SHELF KEY REGION``.

A province's invented items and, among them, those that the demo's terminal really does. It is made at the first start and anew
when it has grown old; a process of its own, since it takes a second of work that nobody needs to wait for one after the other.
"""

import os
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from kiosk.base.clock import SystemClock
from kiosk.base.confinement import end_with_parent
from kiosk.base.errors import Problem
from offline_cache.reference import ItemRow
from offline_cache.reference.manifest import read_manifest

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from offline_cache.reference.publishing.content import Content

ITEMS = 2_000
_WHOLE = 8
"""So many times as many are made up: of those, the terminal's surroundings are taken whole."""
ITEM_FILES = Path(__file__).resolve().parents[2] / "kiosk" / "services" / "items"
_RENEWED_AFTER = timedelta(days=2)
_LEVEL = 4


def publish_demo(shelf: Path, key: "Ed25519PrivateKey", region: str, now: datetime, items: int = ITEMS) -> bool:
    """Publishes into `shelf` unless what lies there is younger than two days and of this key; whether it did.

    Raises:
        OSError: the folder cannot be written.
    """
    if _is_young(shelf, key, now):
        return False
    from offline_cache.reference.publishing.publish import publish

    publish(shelf, _content(region, items), key, now)
    return True


def _content(region: str, items: int) -> "Content":
    """All that the terminal's own district, city and province offer, and some of every other's."""
    from offline_cache.reference.publishing.demo_content import demo_content

    whole = demo_content(_WHOLE * items, own=_own_rows(region))
    chain = {region, region[:4] + "00", region[:2] + "0000"}
    near = [item for item in whole.items if item.region in chain]
    far = [item for item in whole.items if item.region not in chain]
    kept = (*near, *far[:: max(1, len(far) // max(1, items - len(near)))])
    used = {item.guide for item in kept}
    return replace(whole, items=kept, guides=tuple(guide for guide in whole.guides if guide.key in used))


def _is_young(shelf: Path, key: "Ed25519PrivateKey", now: datetime) -> bool:
    try:
        manifest = read_manifest((shelf / "manifest").read_bytes(), key.public_key())
    except OSError:
        return False
    return not isinstance(manifest, Problem) and manifest.made_at <= now < manifest.made_at + _RENEWED_AFTER


def _own_rows(region: str) -> tuple[ItemRow, ...]:
    """The terminal's own items as their bodies publish them; the files are data, read here as any publisher would."""
    rows = []
    for path in sorted(ITEM_FILES.glob("*.yaml")):
        item = yaml.safe_load(path.read_text(encoding="utf-8"))
        rows.append(
            ItemRow(
                item_code=item["item_code"],
                basic_code=item["basic_code"],
                business_item_code=item["business_item_code"],
                name=item["name"]["zh_CN"],
                body=item["body"]["zh_CN"],
                department=item["theme"],
                region=region,
                level=_LEVEL,
                stars=item["stars"],
                theme=item["theme"],
                hot=3,
                guide="",
            )
        )
    return tuple(rows)


def main(argv: list[str]) -> int:
    """See the module; 0, or 1 when its starter has gone."""
    if not end_with_parent(os.getppid()):
        return 1
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    shelf, key_file, region = argv
    key = load_pem_private_key(Path(key_file).read_bytes(), None)
    assert isinstance(key, Ed25519PrivateKey), "init_demo made it"
    publish_demo(Path(shelf), key, region, SystemClock().now())
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
