"""The order of what was found, by sets: whole name, beginning of a name, anywhere; then hot, near, level.

What one's own region and those above it offer comes before what others offer: the same name stands in a hundred regions,
and fifty lines of other towns help nobody. Within a set the entry's number decides (short names first), so that the order is
the same at every call.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Order:
    """Sets by which to order, each from first to last.

    Attributes:
        chain: own region, the one above it, and so on; empty without a region.
        hot: most asked for first.
        levels: nearest to the citizen first.
    """

    chain: Sequence[int]
    hot: Sequence[int]
    levels: Sequence[int]


@dataclass(frozen=True)
class Bucket:
    """Entries of one rank. `must_start`: the name is to begin with the query; who only seems to, belongs further down."""

    entries: int
    must_start: bool


def buckets(whole: int, starting: int, anywhere: int, order: Order) -> Iterator[Bucket]:
    """The buckets that are not empty, first rank first, made as they are asked for.

    Args:
        whole, starting: subsets of `anywhere`.
        anywhere: all that was found.
    """
    near = 0
    for region in order.chain:
        near |= region
    for is_near in (True, False):
        place = anywhere & near if is_near else anywhere & ~near
        if not place:
            continue
        for part, must_start in ((whole, False), (starting & ~whole, True), (anywhere & ~whole, False)):
            for hot in _parts(part & place, order.hot):
                for inner in _parts(hot, order.chain if is_near else order.levels):
                    yield Bucket(inner, must_start)


def _parts(entries: int, sets: Sequence[int]) -> Iterator[int]:
    """`entries` split by the sets, then what is in none of them."""
    for one in sets:
        if not entries:
            return
        if part := entries & one:
            yield part
            entries &= ~one
    if entries:
        yield entries
