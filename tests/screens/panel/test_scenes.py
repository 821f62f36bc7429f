"""Scenes in the panel: a real lab, the player of the command line, hands on the buttons."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.base.sentences import LANGUAGES
from screens.panel.app import SCENES
from screens.panel.scene_runner import scenes_in
from tests.screens.layout_check import is_text, visible_items
from tests.screens.panel.desk import Desk
from tests.screens.panel.feeding import print_slip

SCENE = """
name: paper-soon-out
sentence: {zh_CN: 打到第五行没纸了。, zh_HK: 打到第五行沒紙了。, en: The roll ends at the fifth line.}
steps:
  - {emulator: id_card_reader, do: lay, with: {card: resident}}
  - {emulator: receipt_printer, do: paper_out_after, with: {lines: 5}}
  - wait_for: {emulator: receipt_printer, state: paper, value: out, within_s: 300}
mend:
  - {emulator: receipt_printer, do: refill}
  - {emulator: id_card_reader, do: pull}
"""


@pytest.fixture
def scenes(tmp_path: Path) -> Path:
    """A folder with one scene, and a file that is none."""
    (tmp_path / "paper-soon-out.yaml").write_text(SCENE, encoding="utf-8")
    (tmp_path / "torn.yaml").write_text("name: [", encoding="utf-8")
    return tmp_path


@pytest.fixture
def stage(open_desk: Callable[..., Desk], scenes: Path) -> Desk:
    """The scenes' pane, open."""
    desk = open_desk(scenes=scenes)
    desk.click("scenes")
    desk.until(lambda: desk.text("board.title") == "场景")
    return desk


def progress(desk: Desk) -> list[str]:
    return [step["progress"] for step in desk.scenes.property("steps")]


def port(desk: Desk) -> int:
    found = desk.state("receipt_printer")["tcp_port"]
    assert isinstance(found, int)
    return found


def test_a_scene_is_played_step_by_step_waits_for_the_terminal_and_is_mended(stage: Desk) -> None:
    assert [one["name"] for one in stage.scenes.property("scenes")] == ["paper-soon-out"]
    stage.click("scene.run.paper-soon-out")
    stage.until(lambda: progress(stage) == ["done", "done", "now"])
    assert stage.text("scene.step.now") == "▶ 等到凭条打印机的 paper 是 out，最多 300 秒"
    assert stage.state("id_card_reader")["card"] == "resident"
    labels = [step["label"] for step in stage.scenes.property("steps")]
    assert labels[:2] == ["身份证读卡器：居民身份证", "凭条打印机：纸只剩（5）"]
    print_slip(port(stage))
    stage.until(lambda: stage.scenes.property("result") == "演完了。")
    assert progress(stage) == ["done"] * 3
    stage.click("scene.mend.paper-soon-out")
    stage.until(lambda: stage.scenes.property("result") == "已经恢复。")
    assert stage.state("receipt_printer")["paper"] == "full"
    assert stage.state("id_card_reader")["card"] is None
    stage.click("device.locker")
    stage.until(lambda: stage.text("board.title") == "取证柜")


def test_a_scene_that_waits_can_be_stopped(stage: Desk) -> None:
    stage.click("scene.run.paper-soon-out")
    stage.until(lambda: progress(stage)[-1] == "now")
    stage.click("scene.stop.paper-soon-out")
    stage.until(lambda: stage.scenes.property("result") == "已停下。做过的没有撤回。")
    assert stage.scenes.property("isRunning") is False


def test_a_scene_that_this_hall_cannot_play_says_so_and_does_nothing(
    open_desk: Callable[..., Desk], scenes: Path
) -> None:
    desk = open_desk(scenes=scenes, without=frozenset({"receipt_printer"}))
    desk.scenes.run("paper-soon-out")
    desk.until(lambda: desk.scenes.property("resultLevel") == "later")
    assert "receipt_printer" in desk.scenes.property("result")
    assert desk.state("id_card_reader")["card"] is None


def test_a_lab_that_goes_ends_the_scene(stage: Desk) -> None:
    stage.scenes.run("paper-soon-out")
    stage.until(lambda: progress(stage)[-1] == "now")
    stage.lab.stop()
    stage.until(lambda: "连不上演示设备" in stage.scenes.property("result"))


def test_a_lab_without_scenes_shows_no_pane(open_desk: Callable[..., Desk], tmp_path: Path) -> None:
    desk = open_desk(scenes=tmp_path / "none")
    desk.frame()
    names = [one.objectName() for one in visible_items(desk.window.window.contentItem())]
    assert "scenes" not in names


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_demo_s_own_scenes_are_told_without_cut_texts(open_desk: Callable[..., Desk], language: str) -> None:
    desk = open_desk(language=language)
    desk.click("scenes")
    desk.frame()
    assert len(desk.scenes.property("scenes")) == len(list(SCENES.glob("*.yaml"))) == len(scenes_in(SCENES)) > 10
    items = visible_items(desk.window.window.contentItem())
    assert [one.property("text") for one in items if is_text(one) and one.property("truncated")] == []
