"""``python -m tests.fuzz TARGET SECONDS``: a coverage-guided run (atheris, libFuzzer) of one parser.

Ends with 0 when nothing was found. An input that takes longer than 5 s or more than 1 GB counts as found.
"""

import resource
import sys

import atheris  # type: ignore[import-untyped]  # no types

with atheris.instrument_imports(include=["devices", "offline_cache", "kiosk"]):
    from tests.fuzz.targets import TARGETS


MOST_MB = 1024


def main() -> None:
    name, seconds = sys.argv[1], sys.argv[2]
    target = TARGETS[name]
    # libFuzzer reads the peak, and Linux hands that of the starter on: a large test process would count as found
    before_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    options = [
        sys.argv[0],
        f"-max_total_time={seconds}",
        "-timeout=5",
        f"-rss_limit_mb={before_mb + MOST_MB}",
        f"-malloc_limit_mb={MOST_MB}",
        "-max_len=4096",
        "-artifact_prefix=build/fuzz-",
    ]
    atheris.Setup(options, target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
