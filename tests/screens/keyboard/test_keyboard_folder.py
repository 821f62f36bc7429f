"""The keyboard's folder lies in memory, belongs to us alone, and is emptied."""

import os
from pathlib import Path

import pytest

from screens import keyboard
from screens.keyboard import KeyboardFolder


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", "/nowhere")


def mounts(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "mounts"
    path.write_text("\n".join(lines) + "\n")
    return path


def test_the_first_folder_in_memory_is_taken(tmp_path: Path) -> None:
    disk, memory = tmp_path / "disk", tmp_path / "a memory"
    disk.mkdir()
    memory.mkdir()
    escaped = str(memory).replace(" ", "\\040")
    table = mounts(tmp_path, "/dev/sda1 / ext4 rw 0 0", f"tmpfs {escaped} tmpfs rw 0 0")
    folder = KeyboardFolder(("", str(tmp_path / "missing"), str(disk), str(memory)), table)
    assert folder.path is None
    made = folder.make_ready()
    assert made.parent == memory
    assert made.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in made.rglob("*") if path.is_file()] == ["usr_dict.dat"]
    assert folder.make_ready() == made
    folder.close()
    assert list(memory.iterdir()) == []
    assert folder.path is None


@pytest.mark.allow_log("keyboard_folder_on_disk")  # that is what is tried
def test_a_mount_of_a_disk_within_memory_counts_as_a_disk(tmp_path: Path) -> None:
    table = mounts(tmp_path, "tmpfs / tmpfs rw 0 0", f"/dev/sda1 {tmp_path} ext4 rw 0 0")
    folder = KeyboardFolder((str(tmp_path),), table)
    made = folder.make_ready()
    assert made.parent != tmp_path
    folder.close()


@pytest.mark.allow_log("keyboard_folder_on_disk")  # that is what is tried
def test_without_memory_the_log_says_so_and_the_folder_is_emptied_all_the_same(tmp_path: Path) -> None:
    folder = KeyboardFolder((str(tmp_path),), mounts(tmp_path, "/dev/sda1 / ext4 rw 0 0"))
    made = folder.make_ready()
    (made / "qtvirtualkeyboard" / "more").mkdir()
    (made / "qtvirtualkeyboard" / "more" / "left.dat").write_bytes(b"x")
    folder.forget()
    assert list(made.iterdir()) == []
    folder.make_ready()
    assert (made / "qtvirtualkeyboard" / "pinyin" / "usr_dict.dat").exists()
    folder.close()
    assert not made.exists()


def test_what_was_never_made_ready_is_forgotten_at_no_cost(tmp_path: Path) -> None:
    folder = KeyboardFolder((str(tmp_path),))
    folder.forget()
    folder.close()
    assert list(tmp_path.iterdir()) == []


def test_the_environment_names_our_keyboard_and_no_window_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("QT_IM_MODULE", "QT_IM_MODULES", "QT_VIRTUALKEYBOARD_DESKTOP_DISABLE"):
        monkeypatch.setenv(name, "ibus")
    keyboard.choose_input_method()
    assert os.environ["QT_IM_MODULE"] == "qtvirtualkeyboard"
    assert os.environ["QT_VIRTUALKEYBOARD_DESKTOP_DISABLE"] == "1"
    assert "QT_IM_MODULES" not in os.environ


def test_what_a_killed_process_left_goes_and_what_a_living_one_has_stays(tmp_path: Path) -> None:
    table = mounts(tmp_path, "tmpfs / tmpfs rw 0 0")
    memory = tmp_path / "memory"
    memory.mkdir()
    left = memory / "budayang-keyboard-left" / "qtvirtualkeyboard"
    left.mkdir(parents=True)
    (left / "usr_dict.dat").touch()
    (memory / "budayang-other").mkdir()
    living, later = KeyboardFolder((str(memory),), table), KeyboardFolder((str(memory),), table)
    first = living.make_ready()
    second = later.make_ready()
    assert sorted(memory.iterdir()) == sorted([first, second, memory / "budayang-other"])
    later.close()
    living.close()
    assert list(memory.iterdir()) == [memory / "budayang-other"]
