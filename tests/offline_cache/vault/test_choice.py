"""The vault that the configuration chooses, on a whole store over a real chip in software, and what technicians are told of it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kiosk.base.clock import SystemClock
from kiosk.base.config import load_config
from kiosk.base.sentences import LANGUAGES, sentence
from kiosk.base.working_days import china
from main import main
from offline_cache.command import telling, vault_trial
from offline_cache.command.vault_trial import Trial
from offline_cache.process import protocol as wire
from offline_cache.process.configured import store_settings
from offline_cache.process.parts import Parts, open_parts
from offline_cache.process.service import ClientService, Load
from offline_cache.vault.holders import FileHolder, Strength, VaultClosedError
from tests.offline_cache.process.standing import config_text, settings_of
from tests.offline_cache.stores import item
from tests.offline_cache.vault.software_tpm import SoftwareTpm, software_tpm


@pytest.fixture
def chip(tmp_path: Path) -> Iterator[SoftwareTpm]:
    with software_tpm(tmp_path / "chip") as running:
        yield running


@contextmanager
def opened(folder: Path, **more: object) -> Iterator[Parts]:
    parts = open_parts(settings_of(folder, **more), lambda: None)
    try:
        yield parts
    finally:
        parts.close()


def told(parts: Parts) -> wire.StoreStatus:
    status = ClientService(parts, Load()).answer(wire.Status(1))
    assert isinstance(status, wire.StoreStatus)
    return status


def lines(parts: Parts) -> str:
    return "\n".join(telling.status_lines(told(parts), SystemClock().now(), china(), "en"))


def test_a_store_bound_to_the_start_of_the_machine_tells_so_and_closes_after_another_start(
    chip: SoftwareTpm, tmp_path: Path
) -> None:
    bound = {"vault": "tpm", "tpm": chip.address, "pcrs": (0, 7)}
    with opened(tmp_path / "store", **bound) as parts:
        parts.outbox.put(item(1))
        assert (told(parts).vault, told(parts).vault_pcrs, told(parts).vault_problem) == ("tpm", (0, 7), None)
        assert "security chip (TPM 2.0)" in lines(parts)
        assert "PCR 0, 7" in lines(parts)
    chip.extend_pcr(7, bytes([1] * 32))
    with pytest.raises(VaultClosedError) as caught, opened(tmp_path / "store", **bound):
        pass
    assert caught.value.remedy.key == "vault.tpm_other_state"
    chip.power_off()
    chip.power_on()  # the registers begin anew
    with opened(tmp_path / "store", **bound) as parts:
        assert [claim.idem for claim in parts.outbox.claim(9)] == [item(1).idem]


def test_other_registers_in_the_configuration_seal_the_key_anew_and_keep_every_item(
    chip: SoftwareTpm, tmp_path: Path
) -> None:
    chosen = {"vault": "tpm", "tpm": chip.address}
    with opened(tmp_path / "store", **chosen, pcrs=(7,)) as parts:
        parts.outbox.put(item(1))
    before = (tmp_path / "store" / "vault.json").read_bytes()
    with opened(tmp_path / "store", **chosen, pcrs=(7,)):
        assert (tmp_path / "store" / "vault.json").read_bytes() == before  # nothing to change
    with opened(tmp_path / "store", **chosen) as parts:  # before an update of the firmware
        assert told(parts).vault_pcrs == ()
    chip.extend_pcr(7, bytes([1] * 32))
    with opened(tmp_path / "store", **chosen, pcrs=(7,)) as parts:  # and after it
        assert told(parts).vault_pcrs == (7,)
        assert [claim.body for claim in parts.outbox.claim(9)] == [item(1).body]


@pytest.mark.allow_log("vault_way_failed")
def test_a_chosen_way_that_cannot_be_taken_keeps_the_store_open_and_is_told(chip: SoftwareTpm, tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with opened(folder) as parts:
        parts.outbox.put(item(1))
        assert (told(parts).vault, told(parts).vault_problem) == ("file", None)
        assert "the weakest way" in lines(parts)
    chip.power_off()
    with opened(folder, vault="tpm", tpm=chip.address) as parts:
        problem = told(parts).vault_problem
        assert problem is not None
        assert (told(parts).vault, problem.key) == ("file", "vault.not_as_chosen")
        assert "offline.vault.kind" in lines(parts)
        assert len(parts.outbox.claim(9)) == 1
    chip.power_on()
    with opened(folder, vault="tpm", tpm=chip.address) as parts:
        assert (told(parts).vault, told(parts).vault_problem) == ("tpm", None)
        assert len(parts.outbox.claim(9)) == 1


@pytest.mark.allow_log("vault_way_failed")
@pytest.mark.parametrize("is_chosen", [True, False])
def test_a_chip_that_is_there_and_does_not_work_is_told_with_its_reason(
    chip: SoftwareTpm, tmp_path: Path, is_chosen: bool, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "store"
    with opened(folder):
        pass
    chip._process.kill()  # type: ignore[union-attr]  # its socket stays, nobody answers
    with opened(folder, vault="tpm" if is_chosen else "auto", tpm=chip.address) as parts:
        problem = told(parts).vault_problem
        assert problem is not None
        assert (told(parts).vault, problem.key) == ("file", "vault.tpm_missing")
        assert chip.address in lines(parts)
    assert "vault_way_failed" in caplog.text


def test_the_trial_tells_each_way_and_names_the_weaker_ones_as_weaker(chip: SoftwareTpm, tmp_path: Path) -> None:
    settings = settings_of(tmp_path / "none", vault="auto", tpm=chip.address)
    found = {trial.strength: trial for trial in vault_trial.trials(settings)}
    assert found[Strength.TPM] == Trial(Strength.TPM, None)
    assert found[Strength.FILE].problem is None
    assert "weakest" in vault_trial.as_line(found[Strength.FILE], "en")
    assert [one.strength for one in vault_trial.trials(settings_of(tmp_path, vault="file"))] == [Strength.FILE]
    chip.power_off()
    [broken] = vault_trial.trials(settings_of(tmp_path, vault="tpm", tpm=chip.address))
    assert broken.is_absent
    assert chip.address in vault_trial.as_line(broken, "zh_CN")
    assert vault_trial.as_data(broken) == {
        "way": "tpm", "works": False, "isStrong": True, "problem": "vault.way_absent_tpm",
    }  # fmt: skip
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_may_be_absent_has_a_sentence(language: str) -> None:
    assert sentence("vault.way_absent_credentials", language)  # type: ignore[arg-type]
    assert sentence("vault.way_absent_tpm", language, address="x")  # type: ignore[arg-type]


def test_a_way_whose_key_does_not_come_back_is_no_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FileHolder, "recover", lambda *_: bytes(32))
    [found] = vault_trial.trials(settings_of(tmp_path, vault="file"))
    assert found.problem is not None
    assert found.problem.key == "vault.not_kept"


@pytest.mark.parametrize("kind", ["file", "systemd_creds"])
def test_the_command_tries_the_configured_way_without_a_store(
    tmp_path: Path, kind: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))  # no systemd-creds here
    config = tmp_path / "terminal.yaml"
    config.write_text(config_text("http://127.0.0.1:9").replace("kind: file", f"kind: {kind}"), encoding="utf-8")
    works = kind == "file"
    assert main(["outbox", "vault", "--json", "--config", str(config)]) == (0 if works else 1)
    [data] = json.loads(capsys.readouterr().out)
    assert (data["way"], data["works"], data["isStrong"]) == ("file" if works else "credentials", works, False)
    assert main(["outbox", "vault", "--config", str(config)]) == (0 if works else 1)
    assert ("最弱" if works else "不能用") in capsys.readouterr().out
    assert not (tmp_path / "state").exists()


def test_the_configurations_words_are_the_stores(tmp_path: Path) -> None:
    config = tmp_path / "terminal.yaml"
    for kind, word in (("auto", "file"), ("tpm", "tpm"), ("systemd_creds", "credentials"), ("file", "file")):
        text = config_text("http://127.0.0.1:9").replace("kind: file", f"kind: {kind}")
        config.write_text(text, encoding="utf-8")
        assert store_settings(load_config(config)).vault == word  # auto: a demo leaves the chip alone
    text = config_text("http://127.0.0.1:9").replace("kind: file", "kind: tpm, pcrs: [7]")
    config.write_text(text, encoding="utf-8")
    assert store_settings(load_config(config)).pcrs == (7,)
