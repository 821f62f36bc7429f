"""The catalogue on the command line: listed, checked, counted, and told as a page."""

from pathlib import Path

import pytest

from kiosk.services import cli
from kiosk.services.catalogue import ITEMS_FOLDER, load_catalogue
from kiosk.services.summary import services_page

GOOD = (ITEMS_FOLDER / "social-insurance.yaml").read_text(encoding="utf-8")


def line_of(text: str, wanted: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if wanted in line)


def listed(capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """The line of each item by its key."""
    assert cli.main([]) == 0
    return {line.split()[0]: line for line in capsys.readouterr().out.splitlines()[:-1]}


def test_the_list_tells_of_each_item_what_it_needs_and_what_its_steps_come_to(
    capsys: pytest.CaptureFixture[str],
) -> None:
    lines = listed(capsys)
    assert list(lines) == [item.key for item in load_catalogue().items]
    for key, words in {
        "provident-fund": ("never", "card_and_factor", "own query", "8 steps"),
        "social-insurance": ("never", "card_and_factor", "plain query", "8 steps"),
        "consultation": ("queueable", "card_and_factor", "hand in", "10 steps"),
        "case-progress": ("queueable", "card_and_factor", "progress", "5 steps"),
        "employment-policy": ("local", "none", "look up", "1 steps"),
        "sole-trader": ("local", "guide", "0 steps"),
    }.items():
        assert all(word in lines[key] for word in words), lines[key]


def test_the_check_counts_the_items_by_door_and_by_steps_and_names_no_hook(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check"]) == 0
    told = capsys.readouterr().out.splitlines()
    items = load_catalogue().items
    assert told[0] == f"{len(items)} 个事项，检查通过。"
    doors = [int(part.split()[-1]) for part in told[1].removeprefix("四门 doors: ").split(" · ")]
    assert doors == [sum(item.kind.value == kind for item in items) for kind in ("query", "handle", "read", "ask")]
    assert f"plain query {sum(item.query is not None for item in items)}" in told[2]
    assert f"guide {sum(item.is_guide_only for item in items)}" in told[2]
    assert told[3].startswith("钩子 hooks: 0")


def test_a_mistake_is_told_with_file_line_and_remedy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = GOOD.replace("headline: pension_months", "headline: pension").replace("stars: 4", "stars: 9")
    (tmp_path / "bad.yaml").write_text(bad, encoding="utf-8")
    assert cli.main(["check", str(tmp_path)]) == 2
    told = capsys.readouterr().err
    assert f"bad.yaml:{line_of(GOOD, 'stars: 4')}: “stars”要在 2 到 4 之间。" in told
    assert f"bad.yaml:{line_of(GOOD, 'headline:')}: “headline”不能写“pension”，可选：name, id_number," in told


def test_a_folder_that_is_none_is_told_in_two_languages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", str(tmp_path / "nothing")]) == 2
    told = capsys.readouterr().err
    assert "不是文件夹" in told
    assert "is no folder" in told


def test_the_table_is_the_page_of_all_services(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["table"]) == 0
    assert capsys.readouterr().out == services_page(load_catalogue())


@pytest.mark.parametrize("wrong", [["burn"], ["check", "a", "b"], ["check", "--journeys"], ["table", "--journeys"]])
def test_a_wrong_call_of_the_command_ends_with_2(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(wrong)
    assert ended.value.code == 2
    assert "usage: main.py items" in capsys.readouterr().err


def test_the_command_s_help_is_bilingual(capsys: pytest.CaptureFixture[str]) -> None:
    for argv in (["--help"], ["list", "--help"], ["table", "--help"]):
        with pytest.raises(SystemExit) as ended:
            cli.main(argv)
        assert ended.value.code == 0
        told = capsys.readouterr().out
        assert "事项" in told
        assert "items" in told


def test_the_command_names_the_items_that_a_journey_can_play(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["list", "--journeys"]) == 0
    named = capsys.readouterr().out.split()
    assert named[:2] == ["provident-fund", "consultation"]
    assert named[2:] == [item.key for item in load_catalogue().items if item.query or item.looks_up]
