"""The configuration's section ``reference`` and the terminal's region: which catalogue of all items is searched here."""

from dataclasses import dataclass
from pathlib import Path

from kiosk.base.yaml_reading import Section

REGION = r"[1-9][0-9]{5}([0-9]{6})?"
"""GB/T 2260, with town and village by GB/T 10114."""


@dataclass(frozen=True)
class ReferenceConfig:
    """The reference of this terminal: `folder` of it alone; `key`: PEM of the publisher's public key (Ed25519)."""

    folder: Path
    key: Path


def read_region(terminal: Section) -> str | None:
    """The division in which the terminal stands: what is offered there, and above it, is found first."""
    return terminal.text("region", pattern=REGION, example="320613", default="") or None


def read_reference(top: Section, terminal: Section, base: Path, state_dir: Path) -> ReferenceConfig | None:
    """None without the section: the home page then has no search. With it the region is needed, too."""
    section = top.section("reference", required=False)
    if not section.is_there:
        return None
    if not terminal.has_value("region"):
        terminal.complain("region", "config.region_wanted")
    key = section.path("key", base)
    folder = section.path("folder", base, required=False) or state_dir / "reference"
    section.done()
    return ReferenceConfig(folder, key or base)
