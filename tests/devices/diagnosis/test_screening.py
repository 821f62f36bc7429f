"""The last sieve of the bundle."""

import json

import pytest

from devices.diagnosis.screening import LEFT_OUT, crash_lines, log_lines, screened

OURS = {
    "time": "2026-11-22T00:00:00.000+08:00",
    "level": "INFO",
    "pid": 7,
    "room": "devices",
    "event": "device_recovered",
    "device": "ups",
    "text": "a device is there again",
}


@pytest.mark.parametrize(
    "number",
    ["440308199901101512", "11010519491231002X", "11010519491231002x", "810000199408230021", "830000199201300022"],
)
def test_identity_numbers_are_taken_out_wherever_they_stand(number: str) -> None:
    assert screened(f"a {number}b".encode()) == f"a {LEFT_OUT}b".encode()


@pytest.mark.parametrize("number", ["440308199901101513", "4403081999011015120", "05.01-20160101-000012345-012345678"])
def test_other_numbers_stay(number: str) -> None:
    assert screened(number.encode()) == number.encode()


def test_lines_of_our_own_log_stay_as_they_are() -> None:
    line = json.dumps(OURS)
    assert log_lines([line, line]) == [line, line]


@pytest.mark.parametrize(
    "line",
    [
        "张三 来过",
        '"text"',
        "[1]",
        json.dumps({**OURS, "name": "张三"}, ensure_ascii=False),
        json.dumps({**OURS, "more": {"name": "x"}}),
        json.dumps({key: value for key, value in OURS.items() if key != "event"}),
        json.dumps({**OURS, "text": "x" * 5000}),
    ],
)
def test_a_line_of_another_shape_is_left_out_and_counted(line: str) -> None:
    assert log_lines([line]) == [f"{LEFT_OUT}: 1 line(s) that are not of the log's own shape"]


def test_of_a_crash_file_only_places_in_programs_stay() -> None:
    kept = ["Fatal Python error: Segmentation fault", "", "Thread 0x00007f8a (most recent call first):"]
    kept += ['  File "/usr/lib/python3.11/threading.py", line 1002 in _bootstrap']
    assert crash_lines([*kept, "张三", "ZHANG SAN called"]) == kept
