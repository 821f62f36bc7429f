"""What Qt's own tools say of the QML: qmllint with every warning an error, qmlformat, translations.

``python -m tests.house.qml_checks`` prints the findings and returns 1 if there are any. The tools are those of the
installed PySide6 wheel; an empty set of files passes.
"""

import difflib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parents[2]
SCREENS = ROOT / "screens"
TIMEOUT_S = 120

_IMPORT_NAME = re.compile(r'^QML_IMPORT_NAME\s*(?::\s*str\s*)?=\s*"([\w.]+)"', re.MULTILINE)


def _tool(name: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name(f"pyside6-{name}")), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_S, check=False, cwd=ROOT)


def lint(qml: list[Path], import_folders: Iterable[Path], python: Iterable[Path]) -> str:
    """qmllint's report; empty when it finds nothing.

    Args:
        qml: the files to judge.
        import_folders: where modules are looked for.
        python: modules that may declare QML types; those with a QML_IMPORT_NAME are made known to the linter.
    """
    if not qml:
        return ""
    with tempfile.TemporaryDirectory() as folder:
        described, complaint = describe_python_types(python, Path(folder))
        if complaint:
            return complaint
        includes = [item for path in (*import_folders, *described) for item in ("-I", path)]
        done = _tool("qmllint", "-W", "0", *includes, *qml)
    if done.returncode == 0:
        return ""
    # the wrapper's last line repeats the whole command
    lines = [
        line for line in (done.stdout + done.stderr).splitlines() if "returned" not in line or "qmllint" not in line
    ]
    return "\n".join(lines) or f"qmllint ended with {done.returncode}"


def describe_python_types(python: Iterable[Path], folder: Path) -> tuple[list[Path], str]:
    """Writes qmldir and qmltypes below `folder` for Python modules with a QML_IMPORT_NAME.

    Returns the folders to import from (none when there are no such modules) and what failed, empty when nothing did.
    """
    import PySide6

    modules: dict[str, list[Path]] = {}
    for path in python:
        if found := _IMPORT_NAME.search(path.read_text(encoding="utf-8")):
            modules.setdefault(found.group(1), []).append(path)
    foreign = sorted((Path(PySide6.__file__).parent / "Qt" / "metatypes").glob("qt6*_metatypes.json"))
    for name, paths in modules.items():
        target = folder / Path(*name.split("."))
        target.mkdir(parents=True)
        dumped: list[dict[str, object]] = []
        for path in paths:
            done = _tool("metaobjectdump", path)
            if done.returncode:
                return [], f"{path}: metaobjectdump failed\n{done.stderr}"
            dumped.extend(json.loads(done.stdout))
        types = target / "types.json"
        types.write_text(json.dumps(dumped), encoding="utf-8")
        done = _tool(
            "qmltyperegistrar",
            *("--generate-qmltypes", target / "types.qmltypes", "--import-name", name, "--major-version", "1"),
            f"--foreign-types={','.join(map(str, foreign))}",
            *("-o", target / "unused.cpp", types),
        )
        if done.returncode:
            return [], f"{name}: qmltyperegistrar failed\n{done.stderr}"
        (target / "qmldir").write_text(f"module {name}\ntypeinfo types.qmltypes\n", encoding="utf-8")
    return ([folder] if modules else []), ""


def unformatted(qml: list[Path]) -> list[str]:
    """A difference for each file that qmlformat would write otherwise (it has no check of its own)."""
    if not qml:
        return []
    findings = []
    with tempfile.TemporaryDirectory() as folder:
        copies = {path: Path(folder) / f"{number}.qml" for number, path in enumerate(qml)}
        for path, copy in copies.items():
            shutil.copyfile(path, copy)
        done = _tool("qmlformat", "-i", *copies.values())
        if done.returncode:
            return [f"qmlformat failed\n{done.stderr}"]
        for path, copy in copies.items():
            is_now, should_be = path.read_text(encoding="utf-8"), copy.read_text(encoding="utf-8")
            if is_now != should_be:
                changes = difflib.unified_diff(
                    is_now.splitlines(), should_be.splitlines(), str(path), "qmlformat", n=0, lineterm=""
                )
                findings.append("\n".join([*list(changes)[:12], f"run: pyside6-qmlformat -i {path}"]))
    return findings


def untranslated() -> str:
    """What `screens.translations.update --check` complains of; empty when every text is there and translated."""
    done = subprocess.run(
        [sys.executable, "-m", "screens.translations.update", "--check"],
        capture_output=True, text=True, timeout=TIMEOUT_S, check=False, cwd=ROOT,
    )  # fmt: skip
    return "" if done.returncode == 0 else done.stderr or f"the check of the translations ended with {done.returncode}"


def main() -> int:
    """Runs all three checks over `screens`."""
    qml = sorted(SCREENS.rglob("*.qml"))
    findings = [
        lint(qml, [SCREENS / "qml"], sorted(SCREENS.rglob("*.py"))),
        *unformatted(qml),
        untranslated() if (SCREENS / "translations").is_dir() else "",
    ]
    findings = [finding for finding in findings if finding]
    for finding in findings:
        print(finding)
    print(f"QML: {len(qml)} files, {len(findings) or 'no'} findings")
    return 1 if findings else 0


if __name__ == "__main__":
    raise SystemExit(main())
