"""The whole proof in one call: images, faults, kills and their positive controls, for the bench."""

import itertools
from dataclasses import dataclass

from tests.offline_cache.crash import killed
from tests.offline_cache.crash.runs import NORMAL, Trouble, break_disk, lose_power
from tests.offline_cache.crash.test_disk_faults import BROKEN, FULL, OPERATIONS

LIVES = 8
KILLS = 120


@dataclass(frozen=True)
class Summary:
    """`lost`: images, faults and kills after which a promise was broken; `blind`: a positive control that lost nothing."""

    lost: int
    words: str
    blind: str


def run() -> Summary:
    """About a minute."""
    reports = [lose_power(seed, 60) for seed in range(LIVES)]
    images = sum(report.images for report in reports)
    lost = sum(report.complaints.total() for report in reports)
    faults = 0
    for (error, only), is_lasting in itertools.product((FULL, BROKEN), (False, True)):
        for at in itertools.count(1):
            trouble = Trouble(at, error, is_lasting, only)
            complaint = break_disk(5, OPERATIONS, trouble)
            if not trouble.hits:
                break
            faults += 1
            lost += complaint is not None
    kills = killed.run(1, KILLS)
    lost += int(str(kills["complaints"]))
    blind = ""
    if not lose_power(1, 60, rewrite=NORMAL).complaints["lost"]:
        blind = "a store with synchronous=NORMAL loses nothing"
    elif not killed.run(2, 40, killed.Hasty)["complaints"]:
        blind = "a store that answers before its commit loses nothing"
    return Summary(lost, f"{images} images, {faults} faults, {kills['killed']} kills", blind)
