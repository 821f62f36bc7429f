"""The command that checks a sheet: its words and its exit status."""

import base64
import struct
import zlib
from pathlib import Path

import pypdfium2
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from kiosk.documents.typesetting import render_sheet
from kiosk.documents.verification import read_qr
from kiosk.documents.verify_command import verify_main
from tests.kiosk.documents.signing import House, build_house
from tests.kiosk.documents.specimens import sheet_request, statement

AT = ["--at", "2026-06-01T12:00:00"]


@pytest.fixture
def house(tmp_path: Path) -> House:
    house = build_house(tmp_path)
    (tmp_path / "keys.json").write_bytes(house.key_list())
    (tmp_path / "list.pub").write_bytes(house.list_key.public_key().public_bytes_raw())
    return house


@pytest.fixture
def options(house: House, tmp_path: Path) -> list[str]:
    return ["--keys", str(tmp_path / "keys.json"), "--list-key", str(tmp_path / "list.pub"), *AT]


@pytest.fixture
def sheet_file(house: House, tmp_path: Path) -> Path:
    path = tmp_path / "sheet.pdf"
    path.write_bytes(render_sheet(sheet_request(statement(20), key=house.key_file)).content)
    return path


def test_a_genuine_sheet_gives_0_and_its_figures(
    sheet_file: Path, options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert verify_main([str(sheet_file), *options]) == 0
    words = capsys.readouterr().out
    assert words.startswith("真：")
    assert "T-GZ0012-WKP4-000128-K" in words
    assert "2026-03-05 09:08:07" in words
    assert "11010519491231002X" not in words


@pytest.mark.parametrize(("language", "word"), [("zh_CN", "不予认可"), ("zh_HK", "不予認可"), ("en", "Refused")])
def test_an_unsigned_sheet_gives_1_with_the_reason_in_words(
    tmp_path: Path, options: list[str], capsys: pytest.CaptureFixture[str], language: str, word: str
) -> None:
    path = tmp_path / "unsigned.pdf"
    path.write_bytes(render_sheet(sheet_request(statement(1))).content)
    assert verify_main([str(path), *options, "--language", language]) == 1
    words = capsys.readouterr().out
    assert words.startswith(word)
    assert len(words.splitlines()) == 2


def test_a_picture_of_the_code_and_its_text_are_accepted(
    sheet_file: Path, tmp_path: Path, options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    document = pypdfium2.PdfDocument(sheet_file)
    picture = document[0].render(scale=3).to_pil()
    document.close()
    picture.rotate(4, expand=True, fillcolor="white").save(tmp_path / "scan.png")
    assert verify_main([str(tmp_path / "scan.png"), *options]) == 0
    assert "逐项核对" in capsys.readouterr().out
    assert verify_main(["--qr", str(read_qr(picture)), *options]) == 0


def test_the_list_key_may_be_pem_or_base64(house: House, sheet_file: Path, tmp_path: Path, options: list[str]) -> None:
    public = house.list_key.public_key()
    for content in (
        public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
        base64.b64encode(public.public_bytes_raw()) + b"\n",
    ):
        (tmp_path / "list.pub").write_bytes(content)
        assert verify_main([str(sheet_file), *options]) == 0


def test_the_help_tells_the_exit_statuses_and_how_it_is_called(capsys: pytest.CaptureFixture[str]) -> None:
    assert verify_main(["--help"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("usage: main.py verify")
    for status in ("0  真 genuine", "1  不予认可", "2  用法不对"):
        assert status in told


def test_wrong_use_and_unreadable_files_give_2_with_a_sentence(
    sheet_file: Path, tmp_path: Path, options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert verify_main([]) == 2
    assert verify_main([str(tmp_path / "absent.pdf"), *options]) == 2
    assert "请提供 PDF" in capsys.readouterr().err
    (tmp_path / "text.png").write_bytes(b"no picture")
    assert verify_main([str(tmp_path / "text.png"), *options]) == 2
    (tmp_path / "list.pub").write_bytes(b"no key")
    capsys.readouterr()
    assert verify_main([str(sheet_file), *options]) == 2
    assert "公钥" in capsys.readouterr().err
    assert verify_main([str(sheet_file), "--keys", "absent", "--list-key", "absent"]) == 2


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _png(width: int, height: int) -> bytes:
    """A picture of that size, of which there is little."""
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + _chunk(b"IDAT", zlib.compress(bytes(100)))


def test_a_picture_that_would_fill_the_memory_or_is_broken_is_told_in_words(
    tmp_path: Path, options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    for content in (_png(60_000, 60_000), _png(10, 10) + b"\x00\x00\x00\x05?\x00?\x00"):
        (tmp_path / "bomb.png").write_bytes(content)
        assert verify_main([str(tmp_path / "bomb.png"), *options]) == 2
        assert "请提供 PDF" in capsys.readouterr().err
