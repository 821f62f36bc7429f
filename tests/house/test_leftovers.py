"""The house's own watch must see what it is there to see."""

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

CONFTEST = (Path(__file__).parents[1] / "conftest.py").read_text()
SETTINGS = """
[pytest]
markers =
    allow_log(pattern): expected
    allow_threads(reason): expected
    allow_processes(reason): expected
"""


def _outcomes(pytester: pytest.Pytester, test: str) -> tuple[pytest.RunResult, str]:
    pytester.makeini(SETTINGS)
    pytester.makeconftest(CONFTEST)
    pytester.makepyfile(test)
    result = pytester.runpytest_subprocess("-p", "no:randomly", "-p", "no:cacheprovider", "-p", "no:xdist")
    return result, result.stdout.str()


@pytest.fixture(autouse=True)
def _find_the_house(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    monkeypatch.setenv("BUDAYANG_TEST_PATIENCE_S", "0.2")
    monkeypatch.delenv("CI", raising=False)


def test_what_a_test_leaves_behind_fails_it(pytester: pytest.Pytester) -> None:
    result, text = _outcomes(
        pytester,
        """
        import logging, subprocess, sys, threading
        import pytest
        from PySide6.QtCore import QTimer, QVariantAnimation

        kept = []

        def test_log():
            logging.getLogger("x").warning("boiling over")

        @pytest.mark.allow_log("boiling")
        def test_expected_log():
            logging.getLogger("x").warning("boiling over")

        def test_thread():
            stop = threading.Event()
            kept.append(stop)
            thread = threading.Thread(target=stop.wait, args=(20,), name="forgotten-thread", daemon=True)
            thread.start()

        def test_process():
            kept.append(subprocess.Popen(["sleep", "20"]))

        def test_timer(qapp):
            timer = QTimer()
            timer.start(5000)
            kept.append(timer)

        def test_stopped_timer(qapp):
            timer = QTimer()
            timer.start(5000)
            timer.stop()
            kept.append(timer)

        def test_animation(qapp):
            animation = QVariantAnimation(startValue=0, endValue=9, duration=9000)
            animation.start()
            kept.append(animation)

        def test_last():
            kept[0].set()
            for thing in kept:
                if isinstance(thing, subprocess.Popen):
                    thing.kill()
                    thing.wait()
        """,
    )
    result.assert_outcomes(passed=8, errors=5)
    for words in ("boiling over", "forgotten-thread", "sleep 20", "QTimer", "QVariantAnimation"):
        assert words in text


def test_a_skip_fails_in_ci_only(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    test = """
        import pytest

        def test_skipping():
            pytest.skip("no such machine")

        @pytest.mark.xfail(reason="known")
        def test_known():
            assert False
        """
    result, _ = _outcomes(pytester, test)
    result.assert_outcomes(skipped=1, xfailed=1)
    monkeypatch.setenv("CI", "true")
    result, text = _outcomes(pytester, test)
    result.assert_outcomes(failed=1, xfailed=1)
    assert "no such machine" in text
