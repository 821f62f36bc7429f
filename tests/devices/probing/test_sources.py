"""Each source has a process and a time of its own: one that hangs or crashes is a sentence, and the others tell theirs."""

import os
import time
from pathlib import Path

import pytest

from devices.probing import sources
from devices.probing.sources import SOURCES, ask_all
from kiosk.base.sentences import LANGUAGES, sentence
from tests.devices.probing.test_talk import silent_port
from tests.devices.probing.trees import Tree

BOUND_S = 5.0
"""Enough for a process to begin and tell its first finding on a busy machine."""


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path)


def test_a_source_that_hangs_is_ended_and_what_it_told_before_stays(tree: Tree, tmp_path: Path) -> None:
    listed = tree.node("tty", "ttyUSB0", tree.usb("1-2", "0403", "6001"))
    stuck = tmp_path / "description.yaml"
    os.mkfifo(stuck)  # nobody ever writes into it
    with silent_port() as silent:
        places = tree.with_places(ports=(silent,), talks=True, descriptions=(str(stuck),))
        began = time.monotonic()
        (report,) = ask_all(places, ["serial"], {"serial": BOUND_S})
        assert BOUND_S <= time.monotonic() - began < BOUND_S + 3
        assert [found.place for found in report.findings] == [str(listed)]
        assert report.problem is not None
        assert report.problem.key == "probe.source_too_slow"


def test_a_source_that_crashes_is_told_and_harms_no_other(tree: Tree) -> None:
    crashed, usb = ask_all(tree.with_places(ports=("/dev/tty\0",)), ["serial", "usb"])
    assert crashed.problem is not None
    assert crashed.problem.key == "probe.source_failed"
    assert (usb.source, usb.findings, usb.problem) == ("usb", (), None)


def test_every_source_has_a_name_in_every_language() -> None:
    assert all(sentence(f"probe.source_{name}", language) for name in SOURCES for language in LANGUAGES)


def test_an_interrupt_ends_all_sources_at_once(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_selector: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(sources, "_collect", interrupted)
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        ask_all(tree.places)
    assert time.monotonic() - began < 2
