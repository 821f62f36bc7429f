"""The figures of ``make bench``: see `tests.bench.figures` for what each key means and must reach."""
