"""A description file is read whole, or every mistake is told with its line and its remedy."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.described.command import main
from devices.described.reading import PROFILES, load_description
from kiosk.base.sentences import LANGUAGES, sentence_of
from kiosk.base.yaml_reading import ConfigError

GOOD = """\
device: locker
model: L-12
frame:
  layout: start length code data check
  start: "02"
  length: {bytes: 1, counts: code data}
  check: {kind: xor, covers: length code data}
polls:
  doors:
    code: "50"
    reply:
      fields:
        doors: {bytes: 2, row: {part: doors, count: 12, on: open, off: closed}}
commands:
  openDoor:
    code: "4F"
    fields:
      door: {low: 1, high: 12}
    until: {doors.@door: open}
"""


def complaints(tmp_path: Path, text: str) -> list[tuple[int, str]]:
    file = tmp_path / "device.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_description(file)
    for complaint in caught.value.complaints:
        for language in LANGUAGES:
            assert "→" in sentence_of(complaint.problem, language)
    return [(complaint.line, complaint.problem.key) for complaint in caught.value.complaints]


@pytest.mark.parametrize("path", sorted(PROFILES.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_shipped_description_is_whole(path: Path) -> None:
    assert load_description(path).polls


def test_a_good_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "device.yaml"
    file.write_text(GOOD, encoding="utf-8")
    description = load_description(file)
    assert description.parts == tuple(f"doors.{n}" for n in range(1, 13))
    assert description.commands["openDoor"].until == {"doors.@door": "open"}
    assert description.request.start == b"\x02"


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("device: locker", "device: loker", (1, "config.choice")),
        ("start length code data check", "start lenght code data check", (4, "described.unknown_part")),
        ("start length code data check", "length start code data check", (4, "described.start_first")),
        ("start length code data check", "start code data length check", (4, "described.length_late")),
        ("start length code data check", "start code code data check", (4, "described.part_twice")),
        ("start length code data check", "start length code check", (4, "described.no_data")),
        ("start length code data check", "start data check", (4, "described.no_end")),
        ('start: "02"', 'start: "2"', (5, "config.text_form")),
        ('start: "02"', 'start: "01 02 03 04 05 06 07 08 09"', (5, "described.bytes_too_many")),
        ("counts: code data", "counts: code", (6, "described.length_without_data")),
        ("counts: code data", "counts: code data end", (6, "described.not_in_layout")),
        ("kind: xor", "kind: xxor", (7, "config.choice")),
        ("covers: length code data", "covers: length code data check", (7, "described.covers_itself")),
        ('code: "50"', 'code: "50 51"', (10, "described.code_size")),
        ("count: 12", "count: 17", (13, "config.number_range")),
        ("on: open", "on: opened", (13, "config.choice")),
        ("openDoor:", "openGate:", (15, "described.no_such_command")),
        ("door: {low: 1, high: 12}", "dor: {low: 1, high: 12}", (18, "described.no_such_argument")),
        ("high: 12}", "high: 61}", (18, "config.number_range")),
        ("{doors.@door: open}", "{doors.@gate: open}", (19, "described.no_such_status")),
        ("{doors.@door: open}", "{cells.@door: present}", (15, "described.until_untold")),
        ("    until:", "    untill:", (19, "config.unknown_key_near")),
        ("      door: {low: 1, high: 12}", '      pad: {constant: "00"}', (18, "described.argument_unused")),
        ("door: {low: 1, high: 12}", "door: {kind: raw}", (18, "described.raw_or_not")),
        ("door: {low: 1, high: 12}", "door: {words: {one: 1}}", (18, "config.unknown_key_near")),
        ('code: "50"', 'code: "50"\n    answered: false', (11, "described.poll_unanswered")),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, old: str, new: str, found: tuple[int, str]) -> None:
    assert old in GOOD
    assert found in complaints(tmp_path, GOOD.replace(old, new, 1))


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ("events:\n  moved: {code: '50'}\n", "described.code_twice"),
        ("refusals:\n  no: {code: '50'}\n", "described.code_twice"),
        ("handshake: {ack: '06', nak: '1'}\n", "config.text_form"),
        ("gap_s: 7\n", "config.number_range"),
        ("reply_frame: {layout: start data end check, start: '02', check: {kind: xor, covers: data}}\n", "config.missing"),
        ("reply_frame: {layout: end data, end: '03'}\n", "described.end_early"),
        (
            "reply_frame: {layout: data end check, end: '03', check: {kind: xor, covers: data}, escape: {marker: '10', of: '03'}}\n",
            "described.escape_after_end",
        ),
        ("reply_frame: {layout: data end, end: '10', escape: {marker: '10', of: '10'}}\n", "described.escape_in_end"),
        ("reply_frame: {layout: data end, end: '03', escape: {marker: '10', of: '02'}}\n", "described.end_not_escaped"),
        (
            "reply_frame: {layout: data end, end: '03', escape: {marker: '10', of: '03', flip: '13'}}\n",
            "described.escape_makes_end",
        ),
        ("events: {e: {}}\nreply_frame: {layout: data end, end: '03'}\n", "described.events_need_code"),
        ("events: {e: {code: '60', fields: {a: {bits: {9: {on: {doors.1: open}}}}}}}\n", "described.no_such_bit"),
        ("events: {e: {code: '60', fields: {a: {bits: {1: {}}}}}}\n", "described.bit_without_meaning"),
        ("events: {e: {code: '60', fields: {a: {values: {x: {doors.1: open}}}}}}\n", "config.text_form"),
        ("events: {e: {code: '60', fields: {a: {values: {1: {gates.1: open}}}}}}\n", "described.no_such_status"),
        ("events: {e: {code: '60', fields: {a: {values: {1: {completion: success}}}}}}\n", "described.no_such_status"),
        ("events: {e: {code: '60', fields: {a: {other: {reason: no.such_reason}}}}}\n", "described.reason_unknown"),
        ("events: {e: {code: '60', fields: {a: {kind: skip, bytes: 300}}}}\n", "config.number_range"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_further_section_is_told(tmp_path: Path, more: str, found: str) -> None:
    assert found in [key for _, key in complaints(tmp_path, GOOD + more)]


CABINET = """\
device: cabinet
model: C-1
frame: {layout: start code data end, start: "02", end: "03", longest: 2}
polls:
  state:
    code: "50"
    reply:
      fields:
        a: {kind: skip, bytes: 3}
commands:
  setLight:
    code: "51"
    fields:
      light: {words: {locker: 256, nowhere: 1}}
      pad: {constant: "00 00"}
"""


def test_what_does_not_fit_is_told(tmp_path: Path) -> None:
    assert complaints(tmp_path, CABINET) == [
        (8, "described.too_long"),
        (13, "described.too_long"),
        (14, "described.value_too_large"),
        (14, "config.choice"),
    ]


def test_a_file_without_polls_would_never_miss_the_device(tmp_path: Path) -> None:
    text = GOOD[: GOOD.index("polls:")] + GOOD[GOOD.index("commands:") :].replace(
        "    until: {doors.@door: open}\n", ""
    )
    assert "described.no_poll" in [key for _, key in complaints(tmp_path, text)]


def test_a_code_with_two_widths_needs_a_length(tmp_path: Path) -> None:
    text = GOOD.replace("start length code data check", "start code data check").replace(
        "{bytes: 1, counts: code data}", ""
    )
    text = (
        text.replace("  length: \n", "")
        .replace("covers: length code data", "covers: code data")
        .replace('"4F"', '"50"')
    )
    assert (3, "described.width_unclear") in complaints(tmp_path, text)


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    text = GOOD.replace("kind: xor", "kind: nor").replace("openDoor", "open").replace("count: 12", "count: 99")
    assert len(complaints(tmp_path, text)) >= 3


def test_the_command_tells_complaints_and_praise(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "device.yaml"
    file.write_text(GOOD, encoding="utf-8")
    assert main(["check", str(file)]) == 0
    assert "L-12" in capsys.readouterr().out
    file.write_text(GOOD.replace("kind: xor", "kind: nor"), encoding="utf-8")
    assert main(["check", str(file)]) == 2
    assert f"{file}:7: " in capsys.readouterr().err
    assert main(["check", str(tmp_path / "none.yaml")]) == 2
    assert main(["check"]) == 2


LINES = GOOD.splitlines(keepends=True)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(LINES) - 1), st.text("abc: {}[]0x\n-'\"@.", max_size=12)), max_size=4))
def test_a_spoilt_file_is_a_description_or_complaints(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[int, str]]
) -> None:
    lines = list(LINES)
    for at, text in edits:
        lines[at] = lines[at][: len(lines[at]) // 2] + text + "\n"
    file = tmp_path_factory.mktemp("spoilt") / "device.yaml"
    file.write_text("".join(lines), encoding="utf-8")
    try:
        found = len(load_description(file).polls)
    except ConfigError as error:
        found = len(error.complaints)
    assert found
