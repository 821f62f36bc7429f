"""``main.py outbox``: status, list, drain, dead letters. Talks to the store that runs, or opens its folder when none does."""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from uuid import UUID

import msgspec

from kiosk.base.clock import Clock, SystemClock
from kiosk.base.config import Config, ConfigError, load_config
from kiosk.base.confinement import refuse_dumps
from kiosk.base.errors import BudayangError
from kiosk.base.logs import private_umask
from kiosk.base.sentences import LANGUAGES, Language, sentence, sentence_of
from kiosk.base.working_days import china
from offline_cache.command import telling, vault_trial
from offline_cache.command.reaching import Store, act_as_owner_of, reached
from offline_cache.journal.giving_up import REASONS
from offline_cache.outbox.item import DeadLetter
from offline_cache.process import export
from offline_cache.process.configured import store_settings
from offline_cache.vault.holders import VaultClosedError

DEFAULT_CONFIG = Path("/etc/budayang/terminal.yaml")
LOOK_EVERY_S = 0.2


class _Call:
    """One call of the command."""

    def __init__(self, arguments: argparse.Namespace, config: Config, store: Store, clock: Clock) -> None:
        self.arguments = arguments
        self.config = config
        self.store = store
        self.clock = clock
        self.language: Language = arguments.language or config.language

    def say(self, key: str, **placeholders: str) -> None:
        if not self.arguments.json:
            self.tell([sentence(key, self.language, **placeholders)])

    def tell(self, lines: Iterable[str]) -> None:
        sys.stdout.writelines(f"{line}\n" for line in lines)

    def tell_data(self, data: object) -> None:
        json.dump(data, sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")


def main(argv: Sequence[str], clock: Clock | None = None) -> int:
    """Runs one of them; 0, 1 when it cannot be done, 2 for a wrong call or a wrong configuration."""
    arguments = _parser().parse_args(argv)
    try:
        config = load_config(arguments.config, at_start=False)
    except ConfigError as error:
        return error.tell(sys.stderr)
    private_umask()
    refuse_dumps()
    asks_no_store: bool = arguments.run is _vault
    if asks_no_store:
        return _vault(arguments, config)
    try:
        with reached(store_settings(config, pace_items_s=None)) as store:
            run: Callable[[_Call], int] = arguments.run
            return run(_Call(arguments, config, store, clock or SystemClock()))
    except BudayangError as error:
        problem = error.remedy if isinstance(error, VaultClosedError) else error.problem
        sys.stderr.write(sentence_of(problem, arguments.language or config.language) + "\n")
        return 1


def _status(call: _Call) -> int:
    status, now = call.store.status(), call.clock.now()
    if call.arguments.json:
        call.tell_data({**telling.status_as_data(status, now, china()), "isRunning": not call.store.is_opened_here})
        return 0
    if call.store.is_opened_here and status.line is not None:
        status = msgspec.structs.replace(status, line=None, line_problem="outbox.line_not_tried")
    call.tell(telling.status_lines(status, now, china(), call.language))
    if call.store.is_opened_here:
        call.say("outbox.opened_here")
    return 0


def _vault(arguments: argparse.Namespace, config: Config) -> int:
    """Asks no store: what is tried may be why it does not open."""
    settings, language = store_settings(config), arguments.language or config.language
    act_as_owner_of(Path(settings.folder))
    found = list(vault_trial.trials(settings))
    if arguments.json:
        json.dump([vault_trial.as_data(trial) for trial in found], sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
    else:
        sys.stdout.writelines(f"{vault_trial.as_line(trial, language)}\n" for trial in found)
    return 0 if any(trial.problem is None for trial in found) else 1


def _list(call: _Call) -> int:
    items = call.store.items()
    if call.arguments.json:
        call.tell_data([telling.item_as_data(item) for item in items])
        return 0
    is_empty = True
    for item in items:
        is_empty = False
        call.tell([telling.item_line(item, call.language)])
    if is_empty:
        call.say("outbox.nothing_waits")
    return 0


def _drain(call: _Call) -> int:
    if not call.store.drain_now():
        raise BudayangError("outbox.no_platform")
    until = call.clock.monotonic() + call.arguments.wait
    while (queued := (status := call.store.status()).outbox.queued) and call.clock.monotonic() < until:
        time.sleep(LOOK_EVERY_S)  # the store sends by itself; this only looks how far it is
    if call.arguments.json:
        call.tell_data({"queued": queued})
    elif queued:
        call.say("outbox.still_here" if call.store.is_opened_here else "outbox.still_waiting", queued=str(queued))
        call.tell(telling.line_sentences(status, call.language))
    else:
        call.say("outbox.drained")
    return 1 if queued else 0


def _dead_letters(call: _Call) -> int:
    letters = call.store.dead_letters()
    if call.arguments.json:
        call.tell_data([telling.letter_as_data(letter) for letter in letters])
        return 0
    lines = [telling.letter_line(letter, call.language) for letter in letters]
    call.tell(lines or [sentence("outbox.no_dead_letters", call.language)])
    return 0


def _letter(call: _Call) -> DeadLetter:
    """The one that was named, by its number or its key."""
    named: int | UUID = call.arguments.letter
    for letter in call.store.dead_letters():
        if named in (letter.seq, letter.idem):
            return letter
    raise BudayangError("outbox.no_such_letter")


def _show(call: _Call) -> int:
    letter = _letter(call)
    if call.arguments.json:
        call.tell_data(telling.letter_as_data(letter))
    else:
        call.tell([telling.letter_line(letter, call.language)])
    return 0


def _retry(call: _Call) -> int:
    letter = _letter(call)
    if not call.store.retry_dead(letter.idem):
        raise BudayangError("outbox.no_such_letter")
    if call.arguments.json:
        call.tell_data({"key": str(letter.idem), "seq": letter.seq, "queued": True})
        return 0
    call.say("outbox.will_be_sent")
    if call.store.is_opened_here:
        call.say("outbox.opened_here")
    return 0


def _cancel(call: _Call) -> int:
    letter = _letter(call)
    if not call.store.give_up_dead(letter.idem, call.arguments.reason):
        raise BudayangError("outbox.no_such_letter")
    if call.arguments.json:
        call.tell_data({"key": str(letter.idem), "seq": letter.seq, "givenUp": call.arguments.reason})
    else:
        reason = sentence(f"outbox.given_up_{call.arguments.reason}", call.language)
        call.say("outbox.given_up", seq=str(letter.seq), reason=reason)
    return 0


def _history(call: _Call) -> int:
    letters = call.store.given_up()
    if call.arguments.json:
        call.tell_data([telling.given_up_as_data(letter) for letter in letters])
        return 0
    lines = [telling.given_up_line(letter, call.language) for letter in letters]
    call.tell(lines or [sentence("outbox.none_given_up", call.language)])
    return 0


def _export(call: _Call) -> int:
    key_file: Path | None = call.arguments.public_key or call.config.offline.platform_key
    if key_file is None:
        raise BudayangError("outbox.key_missing")
    try:
        public_key = key_file.read_bytes()
    except OSError:
        raise BudayangError("outbox.key_wrong") from None
    export.public_key_of(public_key)  # before a file is made
    file: Path = call.arguments.file
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except FileExistsError:
        raise BudayangError("outbox.file_there", file=str(file)) from None
    except OSError:
        raise BudayangError("outbox.file_not_written", file=str(file)) from None
    try:
        count = _write(descriptor, call.store.sealed_letters(public_key))
    except OSError:
        file.unlink(missing_ok=True)
        raise BudayangError("outbox.file_not_written", file=str(file)) from None
    except BaseException:
        file.unlink(missing_ok=True)
        raise
    if call.arguments.json:
        call.tell_data({"exported": count, "file": str(file)})
    else:
        call.say("outbox.exported", count=str(count), file=str(file))
    return 0


def _write(descriptor: int, letters: Iterable[bytes]) -> int:
    count = 0
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(export.MAGIC)
        for letter in letters:
            stream.write(export.framed(letter))
            count += 1
        stream.flush()
        os.fsync(stream.fileno())
    return count


def _parser() -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--config", type=Path, default=DEFAULT_CONFIG, help="配置文件 configuration (%(default)s)")
    shared.add_argument("--language", choices=LANGUAGES, help="语言 language")
    shared.add_argument("--json", action="store_true", help="供程序读 for programs")
    parser = argparse.ArgumentParser(
        prog="main.py outbox", description="离线存储里的申请 what waits in the offline store"
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(
        to: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, run: object, text: str
    ) -> argparse.ArgumentParser:
        command = to.add_parser(name, parents=[shared], help=text, description=text)
        command.set_defaults(run=run)
        return command

    add(commands, "status", _status, "件数、逾期、线路 counts, lateness, line")
    add(commands, "list", _list, "等待送出的申请，不显示内容 what waits to be sent, without its content")
    add(
        commands,
        "vault",
        _vault,
        "试一遍密钥的保管方式，不改动任何东西 tries the ways to keep the key, changes nothing",
    )
    drain = add(commands, "drain", _drain, "立即送出 send now")
    drain.add_argument(
        "--wait", type=_seconds, default=60.0, help="最多等几秒 wait so many seconds at most (%(default)s)"
    )
    letters = add(commands, "dead-letters", _dead_letters, "退件 what will not be sent again by itself")
    acts = letters.add_subparsers(metavar="show|retry|cancel|history|export")
    shown = add(acts, "show", _show, "看一件退件 one of them")
    again = add(acts, "retry", _retry, "再送一次 send it once more")
    cancel = add(
        acts,
        "cancel",
        _cancel,
        "放弃一件退件，内容随即删除，理由留底并告知平台 give one up: its content goes, the reason is kept and told",
    )
    for one in (shown, again, cancel):
        one.add_argument("letter", type=_named, metavar="LETTER", help="第几件，或编号 its number or its key")
    cancel.add_argument("--reason", required=True, choices=REASONS, help="理由 why (%(choices)s)")
    add(acts, "history", _history, "放弃过的退件 those that were given up")
    out = add(acts, "export", _export, "导出，只有平台能打开 export; the platform alone can open it")
    out.add_argument("file", type=Path, help="新文件 a new file")
    out.add_argument("--key", type=Path, dest="public_key", help="平台公钥 the platform's public key (PEM)")
    return parser


def _named(text: str) -> int | UUID:
    try:
        return int(text) if text.isdecimal() and len(text) < 19 else UUID(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r}：请写第几件或编号 give its number or its key") from None


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 <= seconds <= 86_400:
        raise ValueError
    return seconds
