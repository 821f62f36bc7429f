"""When an item is tried again. Pure but for the random source it is given.

Exponential with full jitter (each wait is drawn between 0 and the bound), from 5 s to 15 min, so that a hall of terminals does
not return in the same second; `Retry-After` is a floor, with jitter on top.
"""

import random

FIRST_S = 5.0
LONGEST_S = 900.0
LONGEST_RETRY_AFTER_S = 86_400.0


def wait_s(attempts: int, chance: random.Random, retry_after_s: float | None = None) -> float:
    """Seconds to wait after the failed attempt number `attempts` (from 1)."""
    bound = min(FIRST_S * 2 ** min(max(attempts, 1) - 1, 20), LONGEST_S)
    drawn = chance.uniform(0, bound)
    if retry_after_s is None:
        return drawn
    floor = min(max(retry_after_s, 0.0), LONGEST_RETRY_AFTER_S)
    return floor + min(drawn, FIRST_S)
