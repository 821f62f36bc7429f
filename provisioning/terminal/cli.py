"""``main.py provision init | staff-pin``: asks what is missing when a person sits there, complains otherwise."""

import argparse
import getpass
import secrets
import shlex
import sys
from pathlib import Path
from typing import TextIO

from kiosk.base.config import TERMINAL_ID, ConfigError
from kiosk.base.errors import BudayangError
from kiosk.base.pin_hash import PIN, hash_pin
from kiosk.base.sentences import Language, sentence
from provisioning.terminal.init import DEMO_ANSWERS, Answers, AnswersError, init_terminal

# option, what is asked, an example; needed in production
_QUESTIONS = (
    ("terminal_id", "终端编号 terminal id", "XH-01"),
    ("site", "大厅名称 name of the hall", "星河市民中心"),
    ("width_mm", "屏幕可见宽度（毫米，用尺量） visible width of the panel in mm", "336"),
    ("platform_url", "中心平台地址 address of the platform", "https://platform.example.gov.cn"),
    ("reader_port", "身份证阅读器串口 port of the ID card reader", "/dev/serial/by-id/..."),
    ("module_id", "阅读器标签上的模块号 module number on the reader's label", "0503-20200101-0000000001"),
    ("receipt_port", "凭条打印机串口 port of the receipt printer", "/dev/serial/by-id/..."),
    ("queue", "A4 打印机的 CUPS 队列 CUPS queue of the sheet printer", "A4"),
)
_OPTIONS = {
    "terminal.id": "--terminal-id",
    "terminal.site": "--site",
    "terminal.site.zh_CN": "--site",
    "terminal.site.zh_HK": "--site-hk",
    "terminal.site.en": "--site-en",
    "terminal.help_phone": "--help-phone",
    "terminal.region": "--region",
    "panel.width_mm": "--width-mm",
    "panel.lower_edge_mm": "--lower-edge-mm",
    "platform.url": "--platform-url",
    "devices.id_card_reader.port": "--reader-port",
    "devices.id_card_reader.module_id": "--module-id",
    "devices.receipt_printer.port": "--receipt-port",
    "devices.sheet_printer.queue": "--queue",
}
"""The option that gave a value of the configuration."""
_TOLD_IN: tuple[Language, ...] = ("zh_CN", "en")


def main(argv: list[str], *, ask_from: TextIO | None = None) -> int:
    """Runs ``init``; returns 0, or 2 when an answer is missing or wrong (told on stderr).

    Args:
        ask_from: where answers are typed; None means stdin when it is a terminal.
    """
    options = _parser().parse_args(argv)
    if options.command == "staff-pin":
        return staff_pin(ask_from)
    answers = {name: getattr(options, name) for name, _, _ in _QUESTIONS}
    if not options.demo and not (options.dir / "terminal.yaml").exists():
        person = ask_from or (sys.stdin if sys.stdin is not None and sys.stdin.isatty() else None)
        if not _complete(answers, person):
            return 2
    width = answers["width_mm"] or str(DEMO_ANSWERS.panel_width_mm)
    try:
        width_mm = float(width)
    except ValueError:
        _say(sys.stderr, "provision.not_a_number", option="--width-mm", value=width[:20])
        return 2
    site = answers["site"] or DEMO_ANSWERS.site_name["zh_CN"]
    given = Answers(
        terminal_id=answers["terminal_id"] or DEMO_ANSWERS.terminal_id,
        site_name={
            "zh_CN": site,
            "zh_HK": options.site_hk or (site if answers["site"] else DEMO_ANSWERS.site_name["zh_HK"]),
            "en": options.site_en or (site if answers["site"] else DEMO_ANSWERS.site_name["en"]),
        },
        panel_width_mm=width_mm,
        orientation=options.orientation,
        lower_edge_mm=options.lower_edge_mm,
        level=options.level,
        region=options.region or (DEMO_ANSWERS.region if options.demo else ""),
        help_phone=options.help_phone,
        platform_url=answers["platform_url"] or DEMO_ANSWERS.platform_url,
        reader_port=answers["reader_port"] or "",
        module_id=answers["module_id"] or "",
        receipt_port=answers["receipt_port"] or "",
        queue=answers["queue"] or "",
    )
    try:
        result = init_terminal(options.dir, given, demo=options.demo)
    except AnswersError as error:
        for complaint in error.complaints:
            key = complaint.problem.placeholders.get("key", "")
            placeholders = {**complaint.problem.placeholders, "key": _OPTIONS.get(key, key)}
            _say(sys.stderr, complaint.problem.key, **placeholders)
        _say(sys.stderr, error.problem.key, **error.problem.placeholders)
        return 2
    except ConfigError as error:
        for language in _TOLD_IN:
            error.tell(sys.stderr, language)
        return 2
    except BudayangError as error:
        _say(sys.stderr, error.problem.key, **error.problem.placeholders)
        return 2
    except OSError as error:
        reason = error.strerror or type(error).__name__
        _say(sys.stderr, "provision.cannot_write", folder=str(options.dir), reason=reason)
        return 2
    if result.made:
        _say(sys.stdout, "provision.made")
        sys.stdout.writelines(f"  {path}\n" for path in result.made)
    else:
        _say(sys.stdout, "provision.nothing_to_do")
    if options.demo:
        _say(sys.stdout, "provision.next_demo", folder=shlex.quote(str(result.config.parent)))
    else:
        _say(sys.stdout, "provision.next", config=shlex.quote(str(result.config)))
    return 0


def staff_pin(ask_from: TextIO | None = None) -> int:
    """Asks for a PIN twice and prints the lines for the configuration; 2 when it is none."""
    one, other = (_secret(question, ask_from) for question in ("PIN (6-12)", "PIN, 再一次 again"))
    if one != other or not PIN.fullmatch(one):
        _say(sys.stderr, "provision.pin_wrong")
        return 2
    sys.stdout.write(f"staff:\n  pin_hash: {hash_pin(one, secrets.token_bytes(16))}\n")
    return 0


def _secret(question: str, ask_from: TextIO | None) -> str:
    """Not shown while it is typed at a terminal."""
    if ask_from is None and sys.stdin.isatty():
        return getpass.getpass(f"{question}: ", sys.stderr)
    return (ask_from or sys.stdin).readline().strip()


def _say(stream: TextIO, key: str, /, **placeholders: str) -> None:
    stream.writelines(sentence(key, language, **placeholders) + "\n" for language in _TOLD_IN)


def _complete(answers: dict[str, str | None], person: TextIO | None) -> bool:
    """Asks `person` for what is missing; without one, or without an answer, complains and returns False."""
    complete = True
    for name, question, example in _QUESTIONS:
        if answers[name]:
            continue
        if person is not None:
            sys.stderr.write(f"{question} ({example}): ")
            sys.stderr.flush()
            answers[name] = person.readline().strip()
        if not answers[name]:
            complete = False
            option = f"--{name.replace('_', '-')}"
            _say(sys.stderr, "provision.answer_missing", option=option, question=question, example=example)
    return complete


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="main.py provision", description="装机 set up a terminal")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("staff-pin", help="本机状况页的 PIN a PIN for the staff page; it is asked, never an argument")
    init = commands.add_parser("init", help="编号、密钥、配置 id, keys, configuration")
    init.add_argument(
        "--dir", type=Path, default=Path("terminal"), help="终端目录 the terminal's folder (default: terminal)"
    )
    init.add_argument(
        "--demo", action="store_true", help="演示：自带一次性 CA 和密钥清单 with a throw-away CA and key list"
    )
    for name, question, example in _QUESTIONS:
        init.add_argument(f"--{name.replace('_', '-')}", help=f"{question}, {example}", metavar="…")
    init.add_argument("--site-hk", help="大廳名稱（繁體）", metavar="…")
    init.add_argument("--site-en", help="name of the hall in English", metavar="…")
    init.add_argument("--orientation", choices=("portrait", "landscape"), default="portrait")
    init.add_argument("--lower-edge-mm", type=float, default=800.0, help="屏幕下沿离地毫米 lower edge over the floor")
    init.add_argument("--level", choices=("province", "city", "district", "street", "village"), default="district")
    init.add_argument("--help-phone", default="12345")
    init.add_argument("--region", default="", help="行政区划代码 code of the region: 320613", metavar="…")
    init.epilog = f"terminal id: {TERMINAL_ID}"
    return parser
