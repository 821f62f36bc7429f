"""``main.py outbox dead-letters cancel``: never without a reason, never silent, kept in the history."""

import json

import pytest

from offline_cache.store.connection import Connection
from tests.offline_cache.command.test_outbox_command import Terminal, an_item, either, terminal

__all__ = ["either", "terminal"]

pytestmark = pytest.mark.allow_log("platform_lost|letter_given_up")


def test_a_letter_is_given_up_by_its_number_or_its_key_and_stays_in_the_history(
    either: Terminal, capsys: pytest.CaptureFixture[str]
) -> None:
    assert either.run("dead-letters", "history") == 0
    assert "没有放弃过的退件" in capsys.readouterr().out
    assert either.run("dead-letters", "cancel", "2", "--reason", "duplicate") == 0
    assert "第 2 件已放弃，内容已删除：与另一份申请重复。" in capsys.readouterr().out
    key = str(an_item(4).idem)
    assert either.run("dead-letters", "cancel", key, "--reason", "withdrawn", "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"key": key, "seq": 4, "givenUp": "withdrawn"}
    assert either.run("dead-letters", "cancel", key, "--reason", "withdrawn") == 1
    assert "没有这个编号的退件" in capsys.readouterr().err
    assert either.run("dead-letters", "--json") == 0
    assert json.loads(capsys.readouterr().out) == []
    assert either.run("dead-letters", "history", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert [(one["key"], one["kind"], one["reason"], one["isTold"]) for one in told] == [
        (key, "consultation", "withdrawn", False),
        (str(an_item(2).idem), "consultation", "duplicate", False),
    ]
    assert either.run("dead-letters", "history", "--language", "en") == 0
    assert "The applicant withdrew it. The platform does not know yet." in capsys.readouterr().out


@pytest.mark.parametrize("reason", [(), ("--reason", "tired of it")])
def test_without_a_known_reason_nothing_is_given_up(
    terminal: Terminal, reason: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        terminal.run("dead-letters", "cancel", "2", *reason)
    assert "--reason" in capsys.readouterr().err
    assert terminal.run("dead-letters", "show", "2") == 0


def test_a_name_that_is_neither_number_nor_key_is_told(terminal: Terminal, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        terminal.run("dead-letters", "show", "abc")
    assert "'abc'：请写第几件或编号" in capsys.readouterr().err


def test_what_waits_is_not_given_up(either: Terminal, capsys: pytest.CaptureFixture[str]) -> None:
    for named in ("1", str(an_item(1).idem), "99"):
        assert either.run("dead-letters", "cancel", named, "--reason", "test") == 1
        assert either.run("dead-letters", "show", named) == 1
        assert either.run("dead-letters", "retry", named) == 1
    assert len(capsys.readouterr().err.splitlines()) == 9
    assert either.run("status", "--json") == 0
    assert json.loads(capsys.readouterr().out)["queued"] == 2


def test_more_than_a_page_of_them_is_listed_whole(terminal: Terminal, capsys: pytest.CaptureFixture[str]) -> None:
    with terminal.opened() as parts:

        def insert(connection: Connection) -> None:
            for number in range(450):
                connection.execute(
                    "INSERT INTO cases (case_id, number, kind, end_state, ended_wall_s) VALUES (?, ?, ?, 'test', 1e9)",
                    (an_item(1000 + number).idem.bytes, number, "letter.rating" if number % 2 else "payment"),
                )

        parts.database.commits.write(insert)
    assert terminal.run("dead-letters", "history", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert [one["key"] for one in told] == [str(an_item(1000 + number).idem) for number in range(449, 0, -2)]
