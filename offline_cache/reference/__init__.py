"""The reference: 134,000 service items, guides, policies and place names on the terminal, with the program's one search."""

from offline_cache.reference.freshness import Age, Freshness
from offline_cache.reference.reference import ALL_KINDS, Cancelled, Reference
from offline_cache.reference.rows import GuideMaterial, GuideRow, Hit, ItemRow, Kind, PlaceRow, PolicyRow, Synonym
from offline_cache.reference.searching import HIT_LIMIT, Hits

__all__ = [
    "ALL_KINDS",
    "HIT_LIMIT",
    "Age",
    "Cancelled",
    "Freshness",
    "GuideMaterial",
    "GuideRow",
    "Hit",
    "Hits",
    "ItemRow",
    "Kind",
    "PlaceRow",
    "PolicyRow",
    "Reference",
    "Synonym",
]
