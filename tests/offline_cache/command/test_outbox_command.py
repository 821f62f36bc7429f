"""``main.py outbox``: the same answers through the socket of a running store and from a folder that nobody serves."""

import json
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from kiosk.base.config import load_config
from kiosk.base.errors import BudayangError
from kiosk.base.sentences import LANGUAGES
from main import main
from offline_cache.command.reaching import act_as_owner_of
from offline_cache.outbox.item import NewItem
from offline_cache.process import export
from offline_cache.process.configured import store_settings
from offline_cache.process.parts import Parts, open_parts
from offline_cache.process.server import Server
from offline_cache.process.service import PAGE
from tests.offline_cache.process.standing import config_text
from tests.offline_cache.stores import BODY

pytestmark = pytest.mark.allow_log("platform_lost")  # there is none
NEW_KEY = X25519PrivateKey.generate


def pem_of(key: "X25519PrivateKey | rsa.RSAPrivateKey") -> bytes:
    return key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def an_item(number: int) -> NewItem:
    return NewItem(UUID(int=number, version=4), f"visit-{number}", "consultation", 1, BODY, f"XH-01-{number:04d}")


@dataclass
class Terminal:
    """A configured terminal whose store holds two items that wait and two dead letters."""

    config: Path
    folder: Path

    def run(self, *arguments: str) -> int:
        return main(["outbox", *arguments, "--config", str(self.config)])

    @contextmanager
    def opened(self) -> Iterator[Parts]:
        parts = open_parts(store_settings(load_config(self.config)), lambda: None)
        try:
            yield parts
        finally:
            parts.close()

    @contextmanager
    def served(self) -> Iterator[None]:
        import threading

        with self.opened() as parts:
            server = Server(parts, self.folder)
            thread = threading.Thread(target=server.serve)
            thread.start()
            try:
                yield
            finally:
                server.stop()
                thread.join(2)


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    config = tmp_path / "terminal.yaml"
    config.write_text(config_text("http://127.0.0.1:9"), encoding="utf-8")
    made = Terminal(config, tmp_path / "state" / "store")
    with made.opened() as parts:
        parts.outbox.put_many([an_item(number) for number in range(1, 5)])
        parts.outbox.bury(an_item(2).idem, "rejected", "rejected")
        parts.outbox.bury(an_item(4).idem, "refused", "http451")
    return made


@pytest.fixture(params=["served", "alone"])
def either(request: pytest.FixtureRequest, terminal: Terminal) -> Iterator[Terminal]:
    """Once with a store that runs, once without."""
    if request.param == "alone":
        yield terminal
    else:
        with terminal.served():
            yield terminal


def test_the_status_counts_and_says_that_nothing_is_late(
    either: Terminal, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> None:
    assert either.run("status", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["queued"], told["dead"], told["lastSeq"], told["light"]) == (2, 2, 4, "green")
    assert told["deadByReason"] == {"refused": 1, "rejected": 1}
    assert told["vault"] == "file"
    assert told["isRunning"] is ("served" in request.node.name)
    for language in LANGUAGES:
        assert either.run("status", "--language", language) == 0
        assert " 2 " in capsys.readouterr().out or language == "en"


def test_the_list_shows_keys_and_never_a_body_or_an_order_key(
    either: Terminal, capsys: pytest.CaptureFixture[str]
) -> None:
    assert either.run("list") == 0
    text = capsys.readouterr().out
    assert str(an_item(1).idem) in text
    assert str(an_item(3).idem) in text
    assert str(an_item(2).idem) not in text
    assert either.run("list", "--json") == 0
    text += capsys.readouterr().out
    assert either.run("dead-letters") == 0
    assert either.run("dead-letters", "--json") == 0
    text += capsys.readouterr().out
    for word in ("440308199901101512", "李明", "visit-"):
        assert word not in text


def test_a_dead_letter_is_shown_with_a_sentence_and_sent_again_when_a_person_says_so(
    either: Terminal, capsys: pytest.CaptureFixture[str]
) -> None:
    key = str(an_item(2).idem)
    assert either.run("dead-letters", "show", key) == 0
    assert "平台没有受理" in capsys.readouterr().out
    assert either.run("dead-letters", "show", str(an_item(4).idem)) == 0
    assert "http451" in capsys.readouterr().out
    assert either.run("dead-letters", "retry", key) == 0
    assert either.run("dead-letters", "retry", key) == 1
    assert "没有这个编号的退件" in capsys.readouterr().err
    assert either.run("status", "--json") == 0
    assert json.loads(capsys.readouterr().out)["queued"] == 3


@pytest.mark.parametrize("kind", ["x25519", "rsa"])
def test_an_export_can_be_read_by_the_platform_alone(
    either: Terminal, tmp_path: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    private = NEW_KEY() if kind == "x25519" else rsa.generate_private_key(65537, 2048)
    (tmp_path / "platform.pem").write_bytes(pem_of(private))
    file = tmp_path / "letters.sealed"
    assert either.run("dead-letters", "export", str(file), "--key", str(tmp_path / "platform.pem"), "--json") == 0
    assert json.loads(capsys.readouterr().out)["exported"] == 2
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    content = file.read_bytes()
    for word in ("440308199901101512", "李明", "visit-", "consultation", "rejected"):
        assert word.encode() not in content
    letters = [export.open_letter(sealed, private) for sealed in export.letters_of(content)]
    assert [(letter.seq, letter.key, letter.reason, letter.body) for letter in letters] == [
        (2, an_item(2).idem, "rejected", BODY),
        (4, an_item(4).idem, "refused", BODY),
    ]
    assert "440308199901101512" not in repr(letters[0])
    with pytest.raises(BudayangError, match=r"store\.cannot_open"):
        export.open_letter(export.letters_of(content)[0], NEW_KEY())


def test_an_export_never_writes_over_a_file_nor_leaves_one_that_failed(
    terminal: Terminal, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, wrong, file = tmp_path / "good.pem", tmp_path / "wrong.pem", tmp_path / "letters"
    good.write_bytes(pem_of(NEW_KEY()))
    wrong.write_bytes(b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n")
    assert terminal.run("dead-letters", "export", str(file)) == 1
    assert terminal.run("dead-letters", "export", str(file), "--key", str(wrong)) == 1
    assert not file.exists()
    file.write_text("mine", encoding="utf-8")
    assert terminal.run("dead-letters", "export", str(file), "--key", str(good)) == 1
    assert file.read_text(encoding="utf-8") == "mine"
    assert terminal.run("dead-letters", "export", str(tmp_path / "none" / "x"), "--key", str(good)) == 1
    assert len(capsys.readouterr().err.splitlines()) == 4


def test_more_dead_letters_than_a_page_are_all_listed_and_all_exported(
    terminal: Terminal, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    count = 2 * PAGE + 3
    with terminal.opened() as parts:
        for first in range(100, 100 + count, 50):
            parts.outbox.put_many([an_item(number) for number in range(first, min(first + 50, 100 + count))])
        parts.database.commits.write(
            lambda connection: connection.execute("UPDATE items SET state='dead', reason='expired'")
        )
    assert terminal.run("dead-letters", "--json") == 0
    told = [one["seq"] for one in json.loads(capsys.readouterr().out)]
    assert told == sorted(told)
    assert len(set(told)) == count + 4
    private = NEW_KEY()
    (tmp_path / "platform.pem").write_bytes(pem_of(private))
    file = tmp_path / "letters"
    assert terminal.run("dead-letters", "export", str(file), "--key", str(tmp_path / "platform.pem")) == 0
    letters = [export.open_letter(sealed, private) for sealed in export.letters_of(file.read_bytes())]
    assert [letter.seq for letter in letters] == told


def test_a_letter_that_cannot_be_read_is_exported_without_its_body(terminal: Terminal) -> None:
    private = NEW_KEY()
    with terminal.opened() as parts:
        parts.database.commits.write(
            lambda connection: connection.execute("UPDATE items SET sealed_body=substr(sealed_body, 1, 60) WHERE seq=2")
        )
        seq, sealed = export.next_letter(parts, 0, pem_of(private))
        assert export.next_letter(parts, 4, pem_of(private)) == (0, b"")
    letter = export.open_letter(sealed, private)
    assert (seq, letter.seq, letter.body) == (2, 2, None)


def test_a_letter_that_cannot_be_read_now_is_not_exported_without_its_body(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    private = NEW_KEY()
    with terminal.opened() as parts:

        def fail(*_: object) -> bytes:
            raise BudayangError("offline.disk")

        with monkeypatch.context() as patch:
            patch.setattr(parts.keys, "open", fail)
            with pytest.raises(BudayangError, match=r"offline\.disk"):
                export.next_letter(parts, 0, pem_of(private))
        assert export.open_letter(export.next_letter(parts, 0, pem_of(private))[1], private).body == BODY


@pytest.mark.parametrize(
    "change", [lambda whole: whole[:-1], lambda whole: b"X" + whole, lambda whole: whole + b"\x00\x00"]
)
def test_a_file_that_was_cut_or_changed_is_told(change: Callable[[bytes], bytes]) -> None:
    with pytest.raises(BudayangError, match=r"store\.cannot_open"):
        export.letters_of(change(export.MAGIC + export.framed(b"abc")))


@pytest.mark.parametrize("sealed", [b"", b"\x01\x01\x00\x20short", bytes(100), b"\x01\x02\x00\x01" + bytes(60)])
def test_what_is_no_letter_is_not_opened(sealed: bytes) -> None:
    with pytest.raises(BudayangError, match=r"store\.cannot_open"):
        export.open_letter(sealed, NEW_KEY())


def test_an_empty_outbox_says_so(terminal: Terminal, capsys: pytest.CaptureFixture[str]) -> None:
    with terminal.opened() as parts:
        parts.outbox.acknowledge_many([(an_item(number).idem, None) for number in range(1, 5)])
    for call in (("list",), ("dead-letters",), ("drain", "--wait", "0")):
        assert terminal.run(*call, "--language", "en") == 0
    assert capsys.readouterr().out.splitlines() == [
        "Nothing is waiting to be sent.",
        "There are no dead letters.",
        "All was sent; nothing is waiting.",
    ]
    for listing in ("list", "dead-letters"):
        assert terminal.run(listing, "--json") == 0
        assert json.loads(capsys.readouterr().out) == []


def test_a_wrong_configuration_is_told_with_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = tmp_path / "terminal.yaml"
    config.write_text("profile: nothing\n", encoding="utf-8")
    assert main(["outbox", "status", "--config", str(config)]) == 2
    assert "terminal.yaml:1" in capsys.readouterr().err


def test_a_weak_key_is_refused() -> None:
    with pytest.raises(BudayangError, match=r"outbox\.key_wrong"):
        export.public_key_of(pem_of(rsa.generate_private_key(65537, 1024)))


def test_the_light_turns_with_working_days(terminal: Terminal, capsys: pytest.CaptureFixture[str]) -> None:
    # the age is the store's own; here it is made older in the file, as if the machine had been started anew since
    for days, light in ((0, "green"), (6, "red")):
        with terminal.opened() as parts:
            parts.database.commits.write(
                lambda connection, days=days: connection.execute(  # type: ignore[misc]
                    "UPDATE items SET boot_id='another', created_wall_s=created_wall_s-?", (days * 86_400.0,)
                )
            )
        assert terminal.run("status", "--json") == 0
        assert json.loads(capsys.readouterr().out)["light"] == light


def test_a_drain_without_an_answer_says_what_still_waits(
    terminal: Terminal, capsys: pytest.CaptureFixture[str]
) -> None:
    assert terminal.run("drain", "--wait", "0.3", "--language", "en") == 1
    told = capsys.readouterr()
    assert told.out.startswith("2 have not been sent yet; the terminal goes on sending once it is started.")
    assert told.err == ""  # news of the store are the log's
    assert (terminal.folder.parent / "log" / "outbox.log").exists()
    with terminal.served():
        assert terminal.run("drain", "--wait", "0", "--language", "en") == 1
    assert capsys.readouterr().out.startswith("2 have not been sent yet; the store goes on sending.")


def test_a_store_that_does_not_run_is_not_said_to_reach_the_platform(
    terminal: Terminal, capsys: pytest.CaptureFixture[str]
) -> None:
    assert terminal.run("status", "--language", "en") == 0
    assert "nothing is being sent" in capsys.readouterr().out
    with terminal.served():
        assert terminal.run("status", "--language", "en") == 0
    assert "The line to the platform works." in capsys.readouterr().out


def test_a_terminal_that_never_ran_has_no_store_and_gets_none(
    terminal: Terminal, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = terminal.config.read_text(encoding="utf-8").replace("state_dir: state", "state_dir: elsewhere")
    terminal.config.write_text(text, encoding="utf-8")
    assert terminal.run("status") == 1
    assert "elsewhere" in capsys.readouterr().err
    assert not (tmp_path / "elsewhere").exists()


def test_root_becomes_the_owner_of_the_store_before_it_opens_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    became: list[tuple[str, int]] = []
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(os, "setegid", lambda group: became.append(("group", group)))
    monkeypatch.setattr(os, "seteuid", lambda user: became.append(("user", user)))
    monkeypatch.setattr(os, "initgroups", lambda _name, group: became.append(("groups", group)))

    class Folder:
        def stat(self) -> os.stat_result:
            return os.stat_result((0o40700, 0, 0, 2, 65_521, 65_522, 0, 0, 0, 0))

    act_as_owner_of(Folder())  # type: ignore[arg-type]
    assert became[-2:] == [("group", 65_522), ("user", 65_521)]
    became.clear()
    act_as_owner_of(Path("/"))
    assert became == []
