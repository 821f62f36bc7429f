"""The command that checks a printed sheet offline: a PDF, a picture of its QR code, or the code's text.

Exit status 0: genuine. 1: refused, with the reasons in words. 2: wrong use, or nothing that could be judged.
"""

import argparse
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from kiosk.base.clock import HALL_TIME, SystemClock
from kiosk.base.sentences import LANGUAGES, Language, sentence
from kiosk.documents import formats
from kiosk.documents.attestation import Attestation
from kiosk.documents.key_list import load_public_key
from kiosk.documents.verification import Verdict, read_qr, verify

GENUINE, REFUSED, UNREADABLE = 0, 1, 2
_FILE_LIMIT = 64 * 1024 * 1024
_STATUSES = """\
退出状态 exit status:
  0  真 genuine
  1  不予认可，理由逐条写明 refused, with the reasons in words
  2  用法不对，或没有可验的内容 wrong use, or nothing that could be judged
"""


def verify_main(argv: list[str]) -> int:
    """Runs the command; writes the verdict to standard output, trouble with files to standard error."""
    parser = argparse.ArgumentParser(
        prog="main.py verify",
        description="离线验证查询单和证明上的终端打印证明 checks the print attestation of a sheet or certificate, offline",
        epilog=_STATUSES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("file", nargs="?", type=Path, help="PDF 或二维码图片 PDF, or a picture (PNG, JPEG) of the code")
    source.add_argument("--qr", metavar="TEXT", help="扫出的文字 text of the scanned code")
    parser.add_argument(
        "--keys", required=True, type=Path, help="终端密钥清单 signed list of the terminals' keys, key-list.json"
    )
    parser.add_argument(
        "--list-key", required=True, type=Path, help="清单的公钥 public key of the list's signer, key-list-public.pem"
    )
    parser.add_argument("--language", choices=LANGUAGES, default="zh_CN", help="结论的语言 language of the verdict")
    parser.add_argument(
        "--at",
        type=datetime.fromisoformat,
        help="按这个时刻判断，默认此刻 judges as of this time (ISO 8601 with offset; default: now)",
    )
    try:
        options = parser.parse_args(argv)
    except SystemExit as stop:
        return UNREADABLE if stop.code else GENUINE
    language: Language = options.language
    try:
        key_list = options.keys.read_bytes()
        list_key = load_public_key(options.list_key)
    except (OSError, ValueError, TypeError):
        sys.stderr.write(sentence("attestation.key_files_unreadable", language) + "\n")
        return UNREADABLE
    subject = options.qr if options.qr is not None else _read_subject(options.file)
    if subject is None:
        sys.stderr.write(sentence("attestation.file_unreadable", language) + "\n")
        return UNREADABLE
    now: datetime = options.at or SystemClock().now()
    verdict = verify(subject, key_list, list_key, now if now.tzinfo else now.replace(tzinfo=HALL_TIME))
    sys.stdout.write("\n".join(verdict_lines(verdict, language)) + "\n")
    if not verdict.is_readable:
        return UNREADABLE
    return GENUINE if verdict.is_genuine else REFUSED


def verdict_lines(verdict: Verdict, language: Language) -> list[str]:
    """The verdict in words, its reasons, and the signed figures; also for a screen."""

    def words(key: str, **placeholders: str) -> str:
        return sentence(key, language, **placeholders)

    if verdict.is_genuine:
        lines = [words("attestation.genuine" if verdict.has_content else "attestation.genuine_code")]
    elif verdict.is_readable:
        lines = [words("attestation.refused")]
    else:
        lines = [words("attestation.not_judged")]
    lines += [f"  · {words(problem.key, **problem.placeholders)}" for problem in verdict.problems]
    if verdict.attestation is not None:
        lines.append(words("attestation.signed_figures"))
        lines += [f"  {label}  {value}" for label, value in _figures(verdict.attestation, words)]
    return lines


def _figures(said: Attestation, words: Callable[..., str]) -> list[tuple[str, str]]:
    printed_at = datetime.fromtimestamp(said.printed_at, HALL_TIME)
    figures = [
        (words("attestation.figure_terminal"), said.terminal_id),
        (words("documents.slip_terminal_number"), said.terminal_number),
        (words("attestation.figure_printed_at"), formats.moment(printed_at)),
        (words("attestation.figure_item"), said.item_code),
        (words("documents.slip_name"), said.name_masked or formats.EMPTY),
        (words("attestation.figure_id_number"), said.id_masked or formats.EMPTY),
        (words("attestation.figure_pages"), str(said.pages)),
        (words("attestation.figure_rows"), str(said.rows)),
    ]
    if said.balance_fen is None or said.sum_fen is None:  # the sheet of a plain query
        return [*figures, (words("attestation.figure_data_day"), said.date_to)]
    return [
        *figures[:6],
        (words("attestation.figure_period"), f"{said.date_from} - {said.date_to}"),
        *figures[6:],
        (words("attestation.figure_balance"), formats.yuan(said.balance_fen)),
        (words("attestation.figure_sum"), formats.yuan(said.sum_fen)),
    ]


def _read_subject(path: Path) -> bytes | str | None:
    """A PDF's bytes, or the text of the code on a picture; None if neither can be had."""
    try:
        if path.stat().st_size > _FILE_LIMIT:
            return None
        raw = path.read_bytes()
        if b"%PDF-" in raw[:1024]:
            return raw
        from PIL import Image

        with Image.open(path) as picture:
            return read_qr(picture.convert("L"))
    except Exception:  # noqa: BLE001  # what decoders raise over a broken or huge picture is no closed set
        return None
