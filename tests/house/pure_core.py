"""The pure core has no branch that no test takes.

``python -m tests.house.pure_core`` reads the coverage data of the last test run (``COVERAGE_FILE``) and judges the files
that ``[coverage:run] include`` of setup.cfg names. A pattern that fits no file, and a file that no test imported, fail
just as a missing branch does.
"""

import ast
import sys
from pathlib import Path

import coverage

ROOT = Path(__file__).parents[2]


def core_files(patterns: list[str], root: Path) -> tuple[list[Path], list[str]]:
    """The files that the patterns name, and the patterns that name none."""
    files: set[Path] = set()
    idle = []
    for pattern in patterns:
        found = sorted(root.glob(pattern))
        files.update(found)
        if not found:
            idle.append(pattern)
    return sorted(files), idle


def has_statements(path: Path) -> bool:
    """Whether there is anything to cover: a module of a docstring alone has nothing."""
    body = ast.parse(path.read_text(encoding="utf-8")).body
    return any(not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)) for node in body)


def main() -> int:
    """Prints what is missing; returns 1 if anything is."""
    data = coverage.Coverage(config_file=str(ROOT / "setup.cfg"))
    data.load()
    files, idle = core_files(data.get_option("run:include") or [], ROOT)  # type: ignore[arg-type]  # a list of patterns
    measured = {Path(name).resolve() for name in data.get_data().measured_files()}
    unseen = [path for path in files if path.resolve() not in measured and has_statements(path)]
    for pattern in idle:
        print(f"pure core: no file fits {pattern} (setup.cfg, [coverage:run] include)")
    for path in unseen:
        print(f"pure core: no test imports {path.relative_to(ROOT)}")
    share = data.report(show_missing=True, skip_covered=True, file=sys.stdout)
    # 99.99 % must not be rounded into the goal
    if share < 100:
        print(f"pure core: {share:.2f} % of lines and branches, must be 100 %")
    return 1 if idle or unseen or share < 100 else 0


if __name__ == "__main__":
    raise SystemExit(main())
