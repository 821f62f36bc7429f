"""``python -m tests.fuzz TARGET SECONDS``: a coverage-guided run (atheris, libFuzzer) of one parser.

Ends with 0 when nothing was found. An input that takes longer than 5 s or more than 1 GB counts as found.
"""

import sys

import atheris  # type: ignore[import-untyped]  # no types

with atheris.instrument_imports(include=["devices", "offline_cache", "kiosk"]):
    from tests.fuzz.targets import TARGETS


def main() -> None:
    name, seconds = sys.argv[1], sys.argv[2]
    target = TARGETS[name]
    options = [
        sys.argv[0],
        f"-max_total_time={seconds}",
        "-timeout=5",
        "-rss_limit_mb=1024",
        "-max_len=4096",
        "-artifact_prefix=build/fuzz-",
    ]
    atheris.Setup(options, target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
