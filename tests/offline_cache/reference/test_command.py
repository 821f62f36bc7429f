"""``main.py reference``: publish, update, verify, search; refusals in sentences."""

import json
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from offline_cache.reference.command import main
from offline_cache.reference.folder import ReferenceFolder
from offline_cache.reference.installing import install_full
from provisioning.terminal import init_demo
from tests.offline_cache.reference.published import KEY, OTHER_KEY, TRUSTED, file_in, manifest_in, tiny

pytestmark = pytest.mark.xdist_group("reference")


@pytest.fixture
def keys(tmp_path: Path) -> tuple[str, str]:
    """Files of the private and the public key."""
    private, public = tmp_path / "private.pem", tmp_path / "public.pem"
    private.write_bytes(KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    public.write_bytes(TRUSTED.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return str(private), str(public)


def write_rows(folder: Path) -> None:
    """The tiny reference as an operator writes it."""
    content = tiny(30)
    folder.mkdir()
    for name in ("items", "guides", "policies", "places", "synonyms"):
        lines = [msgspec.json.encode(row) for row in getattr(content, name)]
        (folder / f"{name}.jsonl").write_bytes(b"\n".join(lines) + b"\n")


def test_an_operator_publishes_and_a_technician_checks(
    tmp_path: Path, keys: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    private, public = keys
    shelf, terminal = tmp_path / "shelf", tmp_path / "terminal"
    write_rows(tmp_path / "rows")
    assert main(["publish", str(shelf), "--key", private, "--rows", str(tmp_path / "rows")]) == 0
    assert "Published version 1: 55 entries" in capsys.readouterr().out
    manifest = manifest_in(shelf)
    raw = (shelf / "manifest").read_bytes()
    assert install_full(ReferenceFolder(terminal), shelf / manifest.full.name, manifest, raw) is None
    assert main(["verify", str(terminal), "--key", public]) == 0
    assert "Version 1 is sound" in capsys.readouterr().out
    name = tiny(30).items[0].name
    assert main(["search", str(terminal), "--key", public, "--region", "320613", name[:4]]) == 0
    out = capsys.readouterr().out
    assert name in out
    assert tiny(30).items[0].item_code in out
    file_in(terminal).chmod(0o644)
    file_in(terminal).write_bytes(b"")
    for command in (["verify"], ["search", "证"]):
        assert main([command[0], str(terminal), "--key", public, *command[1:]]) == 1
        assert "已损坏" in capsys.readouterr().err


def test_the_demo_is_published_in_one_command(
    tmp_path: Path, keys: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["publish", str(tmp_path / "shelf"), "--key", keys[0], "--demo-items", "40"]) == 0
    assert main(["publish", str(tmp_path / "shelf"), "--key", keys[0], "--demo-items", "41"]) == 0
    assert "Published version 2" in capsys.readouterr().out


def test_wrong_keys_and_missing_references_are_told(
    tmp_path: Path, keys: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    private, public = keys
    assert main(["verify", str(tmp_path / "none"), "--key", public]) == 1
    assert "还没有事项目录" in capsys.readouterr().err
    for command, key in (("verify", private), ("publish", public), ("search", str(tmp_path / "nowhere.pem"))):
        words = ["证"] if command == "search" else []
        assert main([command, str(tmp_path / "x"), "--key", key, *words]) == 1
        assert Path(key).name in capsys.readouterr().err
    assert OTHER_KEY is not KEY


def test_each_mistake_in_the_rows_is_told_by_its_line(
    tmp_path: Path, keys: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "rows"
    write_rows(folder)
    lines = (folder / "items.jsonl").read_text(encoding="utf-8").splitlines()
    short = {**json.loads(lines[1]), "item_code": "12"}
    nameless = {**json.loads(lines[2]), "name": "（）"}
    bad = [lines[0], lines[0], json.dumps(short), json.dumps(nameless), "{", "", '{"name": 3}', "\udcff"]
    (folder / "items.jsonl").write_text("\n".join(bad) + "\n", encoding="utf-8", errors="surrogateescape")
    assert main(["publish", str(tmp_path / "shelf"), "--key", keys[0], "--rows", str(folder)]) == 1
    err = capsys.readouterr().err
    told = [line.split(":")[1] for line in err.splitlines() if line.startswith("items.jsonl")]
    assert told == ["2", "3", "4", "5", "7", "8"]
    assert not (tmp_path / "shelf").exists()
    for path in folder.iterdir():
        path.unlink()
    assert main(["publish", str(tmp_path / "shelf"), "--key", keys[0], "--rows", str(folder)]) == 1
    assert "items.jsonl" in capsys.readouterr().err


def test_a_technician_checks_what_the_terminal_itself_would_search(
    tmp_path: Path, keys: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    private, public = keys
    config = init_demo(tmp_path / "terminal")
    text = config.read_text(encoding="utf-8")
    whole = text.replace("keys/reference-public.pem", public)
    config.write_text(whole, encoding="utf-8")
    assert main(["verify", "--config", str(config)]) == 1
    assert "还没有事项目录" in capsys.readouterr().err
    assert main(["publish", str(tmp_path / "shelf"), "--key", private, "--demo-items", "200"]) == 0
    manifest, raw = manifest_in(tmp_path / "shelf"), (tmp_path / "shelf" / "manifest").read_bytes()
    folder = ReferenceFolder(tmp_path / "terminal" / "state" / "reference")
    assert install_full(folder, tmp_path / "shelf" / manifest.full.name, manifest, raw) is None
    assert main(["verify", "--config", str(config)]) == 0
    said = capsys.readouterr().out
    assert "Version 1 is sound" in said
    assert "does not know the region" not in said
    config.write_text(whole.replace("region: '320613'", "region: '990000'"), encoding="utf-8")
    assert main(["verify", "--config", str(config)]) == 0
    assert "does not know the region 990000" in capsys.readouterr().out
    section = whole.index("\nreference:\n")
    config.write_text(whole[:section] + whole[whole.index("\nkeys:\n") :], encoding="utf-8")
    assert main(["verify", "--config", str(config)]) == 0
    assert "首页没有搜索" in capsys.readouterr().out
    config.write_text("profile: demo\n", encoding="utf-8")
    assert main(["verify", "--config", str(config)]) == 2
    assert main(["verify"]) == 1
    assert "--config" in capsys.readouterr().err
