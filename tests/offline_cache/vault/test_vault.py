"""The vault: what opens it, what closes it, and that no data key is ever lost on the way from one key to the next."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.base.clock import ManualClock
from kiosk.base.errors import BudayangError
from kiosk.base.sentences import known_sentences
from offline_cache.outbox.outbox import DatabaseKeys
from offline_cache.sealing.epochs import EpochKeys
from offline_cache.store.database import Database
from offline_cache.store.files import DiskFiles
from offline_cache.store.space import Ballast
from offline_cache.vault.holders import KEY_BYTES, FileHolder, Holder, Strength, VaultClosedError
from offline_cache.vault.opening import VaultChoice, finish_rotation, open_vault, rotate, stronger
from offline_cache.vault.systemd_creds import CredentialsHolder
from offline_cache.vault.tpm import TpmHolder
from offline_cache.vault.vault import Vault, make, unlock
from tests.offline_cache.sealing.test_records import BINDING, Table
from tests.offline_cache.vault.software_tpm import SoftwareTpm, software_tpm

KEY = bytes(range(32))
FILE_ONLY: dict[Strength, Holder] = {Strength.FILE: FileHolder()}


@pytest.fixture
def chip(tmp_path: Path) -> Iterator[SoftwareTpm]:
    with software_tpm(tmp_path / "chip") as running:
        yield running


def machine(tmp_path: Path, chip: SoftwareTpm | None) -> dict[Strength, Holder]:
    """A machine's ways, with a secret of systemd's in the test's folder."""
    ours = {name: value for name, value in os.environ.items() if name != "CREDENTIALS_DIRECTORY"}
    secret = {**ours, "SYSTEMD_CREDENTIAL_SECRET": str(tmp_path / "credential.secret")}
    address = chip.address if chip is not None else f"unix:{tmp_path}/no-chip"
    return {
        Strength.TPM: TpmHolder(address),
        Strength.CREDENTIALS: CredentialsHolder(environment=secret),
        Strength.FILE: FileHolder(),
    }


def _closed(folder: Path, holders: dict[Strength, Holder], wrapped: list[bytes]) -> str:
    before = {path: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    with pytest.raises(VaultClosedError, match=r"store\.vault_closed") as caught:
        open_vault(folder, VaultChoice(), wrapped, holders=holders)
    assert {path: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before
    return caught.value.remedy.key


def test_the_strongest_way_is_taken_and_what_was_wrapped_opens_at_the_next_start(
    chip: SoftwareTpm, tmp_path: Path
) -> None:
    ways = machine(tmp_path, chip)
    found = open_vault(tmp_path / "vault", holders=ways)
    assert found.strength is Strength.TPM
    wrapped = found.wrap(KEY)
    assert KEY not in wrapped
    assert open_vault(tmp_path / "vault", wrapped=[wrapped], holders=ways).unwrap(wrapped) == KEY
    assert (tmp_path / "vault" / "vault.json").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "vault").stat().st_mode & 0o777 == 0o700


@pytest.mark.allow_log("vault_way_failed")
def test_without_a_chip_systemd_keeps_the_key_and_without_that_a_file(tmp_path: Path) -> None:
    ways = machine(tmp_path, None)
    found = open_vault(tmp_path / "vault", holders=ways)
    assert found.strength is Strength.CREDENTIALS
    wrapped = found.wrap(KEY)
    assert open_vault(tmp_path / "vault", wrapped=[wrapped], holders=ways).unwrap(wrapped) == KEY
    (tmp_path / "credential.secret").unlink()
    assert _closed(tmp_path / "vault", ways, [wrapped]) == "vault.credentials_failed"
    ways[Strength.CREDENTIALS] = CredentialsHolder(Path("/nonexistent/systemd-creds"))
    assert open_vault(tmp_path / "other", holders=ways).strength is Strength.FILE


def test_a_credential_that_the_service_manager_gives_is_enough_without_any_rights(tmp_path: Path) -> None:
    given = tmp_path / "credentials" / "budayang-vault"
    given.parent.mkdir()
    holder = CredentialsHolder(Path("/nonexistent/systemd-creds"), {"CREDENTIALS_DIRECTORY": str(given.parent)})
    given.write_bytes(bytes(range(40)))
    assert holder.is_available()
    protected = holder.protect(KEY)
    assert KEY not in protected
    assert holder.recover(protected) == KEY
    for content in (bytes(40), b"short", None):
        given.unlink()
        if content is not None:
            given.write_bytes(content)
        with pytest.raises(VaultClosedError) as caught:
            holder.recover(protected)
        assert caught.value.remedy.key == "vault.credential_not_given"


def test_a_chosen_way_is_taken_or_the_vault_stays_closed(tmp_path: Path) -> None:
    ways = machine(tmp_path, None)
    assert open_vault(tmp_path / "a", VaultChoice(Strength.FILE), holders=ways).strength is Strength.FILE
    with pytest.raises(VaultClosedError) as caught:
        open_vault(tmp_path / "b", VaultChoice(Strength.TPM), holders=ways)
    assert caught.value.remedy.key == "vault.tpm_missing"
    assert not (tmp_path / "b" / "vault.json").exists()


def test_a_vault_that_cannot_be_opened_changes_nothing_and_says_what_to_do(chip: SoftwareTpm, tmp_path: Path) -> None:
    folder, ways = tmp_path / "vault", machine(tmp_path, chip)
    wrapped = open_vault(folder, holders=ways).wrap(KEY)
    whole = (folder / "vault.json").read_bytes()
    chip.power_off()
    assert _closed(folder, ways, [wrapped]) == "vault.tpm_missing"
    (folder / "vault.json").write_bytes(whole[:-9])
    assert _closed(folder, ways, [wrapped]) == "vault.file_damaged"
    (folder / "vault.json").write_bytes(whole.replace(b'"version":1', b'"version":9'))
    assert _closed(folder, ways, [wrapped]) == "vault.newer"
    (folder / "vault.json").write_bytes(whole.replace(b'"tpm"', b'"orb"'))
    assert _closed(folder, ways, [wrapped]) == "vault.newer"
    (folder / "vault.json").unlink()
    assert _closed(folder, ways, [wrapped]) == "vault.file_missing"
    open_vault(folder, VaultChoice(Strength.FILE), holders=FILE_ONLY)
    assert _closed(folder, FILE_ONLY, [wrapped]) == "vault.other_vault"
    (folder / "vault.json").write_bytes(whole)
    chip.power_on()
    assert open_vault(folder, wrapped=[wrapped], holders=ways).unwrap(wrapped) == KEY


def test_every_remedy_and_strength_has_a_sentence() -> None:
    known = known_sentences()
    remedies = (
        "tpm_missing", "tpm_refused", "tpm_other_chip", "tpm_other_state", "credentials_failed", "credential_not_given", "file_missing", "file_damaged",
        "other_vault", "newer", "not_kept", "disk",
    )  # fmt: skip
    assert all(f"vault.{name}" in known for name in remedies)
    assert all(strength.sentence_key in known for strength in Strength)
    assert [strength.is_strong for strength in Strength] == [True, False, False]


def test_a_damaged_wrapped_key_closes_no_vault(tmp_path: Path) -> None:
    found = open_vault(tmp_path, VaultChoice(Strength.FILE), holders=FILE_ONLY)
    wrapped = found.wrap(KEY)
    damaged = wrapped[:-1] + bytes([wrapped[-1] ^ 1])
    again = open_vault(tmp_path, wrapped=[damaged, wrapped, b""], holders=FILE_ONLY)
    for one in (damaged, b"", b"\x02" + wrapped[1:], wrapped[:-1]):
        with pytest.raises(BudayangError, match=r"store\.cannot_open"):
            again.unwrap(one)
    assert again.unwrap(wrapped) == KEY


def test_a_machine_that_got_a_chip_moves_its_keys_there(chip: SoftwareTpm, tmp_path: Path) -> None:
    folder, ways = tmp_path / "vault", machine(tmp_path, chip)
    found = open_vault(folder, VaultChoice(Strength.FILE), holders=ways)
    table = Table()
    keys = EpochKeys(found, table, ManualClock())
    sealed = keys.seal(b"a body", BINDING)
    before = dict(table.kept)
    holder = stronger(found, VaultChoice(), ways)
    assert holder is ways[Strength.TPM]
    assert rotate(found, keys, holder) == 1
    assert (found.strength, found.is_rotating) == (Strength.TPM, False)
    assert stronger(found, VaultChoice(), ways) is None
    assert table.kept.keys() == before.keys()
    assert all(table.kept[key_id] != before[key_id] for key_id in before)
    later = open_vault(folder, wrapped=table.kept.values(), holders=ways)
    assert EpochKeys(later, table, ManualClock()).open(sealed, BINDING) == b"a body"
    with pytest.raises(VaultClosedError):
        later.unwrap(next(iter(before.values())))
    assert [entry["strength"] for entry in json.loads((folder / "vault.json").read_bytes())["keys"]] == ["tpm"]
    keys.seal(b"another", BINDING)
    assert len(table.kept) == 2  # new records do not go under what the weaker way had within reach


def test_the_chosen_way_is_proposed_also_when_it_is_weaker(tmp_path: Path) -> None:
    ways = machine(tmp_path, None)
    found = open_vault(tmp_path / "vault", holders=ways)
    assert stronger(found, VaultChoice(), ways) is None
    assert stronger(found, VaultChoice(Strength.FILE), ways) is ways[Strength.FILE]
    assert stronger(found, VaultChoice(Strength.TPM), ways) is None


class StoppedError(Exception):
    """The power went."""


class Stopping(DiskFiles):
    """Stops before or after the n-th replacement of a file."""

    def __init__(self, at: int, *, is_before: bool) -> None:
        self.left = at
        self._is_before = is_before

    def replace(self, path: Path, content: bytes) -> None:
        self.left -= 1
        if self.left == 0 and self._is_before:
            raise StoppedError
        super().replace(path, content)
        if self.left == 0:
            raise StoppedError


class StoppingTable(DatabaseKeys):
    """Stops before or after the transaction."""

    stops: str | None = None

    def replace_keys(self, wrapped: object) -> None:
        if self.stops == "before":
            raise StoppedError
        super().replace_keys(wrapped)  # type: ignore[arg-type]
        if self.stops == "after":
            raise StoppedError


@pytest.mark.parametrize("stop", ["add before", "add after", "rows before", "rows after", "drop before", "drop after"])
def test_a_rotation_cut_off_at_any_moment_is_finished_at_the_next_start(stop: str, tmp_path: Path) -> None:
    place, _, when = stop.partition(" ")
    with_files = Stopping({"add": 1, "rows": 99, "drop": 2}[place], is_before=when == "before")
    first = make(tmp_path / "vault.json", FileHolder())
    database = Database(tmp_path / "store", ballast=Ballast(tmp_path / "ballast", 4096))
    try:
        table = StoppingTable(database)
        sealed = EpochKeys(first, table, ManualClock()).seal(b"a body", BINDING)
        old = dict(table.wrapped_keys())
        found = unlock(tmp_path / "vault.json", FILE_ONLY, with_files)
        table.stops = when if place == "rows" else None
        with pytest.raises(StoppedError):
            rotate(found, EpochKeys(found, table, ManualClock()), FileHolder())
        table.stops = None
        later = open_vault(tmp_path, wrapped=table.wrapped_keys().values(), holders=FILE_ONLY)
        keys = EpochKeys(later, table, ManualClock())
        assert keys.open(sealed, BINDING) == b"a body"
        finish_rotation(later, keys)
        assert not later.is_rotating
        assert EpochKeys(later, table, ManualClock()).open(sealed, BINDING) == b"a body"
        assert (table.wrapped_keys() == old) is (stop == "add before")
    finally:
        database.close()


class FullDisk(DiskFiles):
    """Takes nothing."""

    def replace(self, path: Path, content: bytes) -> None:
        raise OSError(28, "no space")

    def read(self, path: Path) -> bytes:
        raise OSError(5, "broken")


class Forgetful(FileHolder):
    """Gives back another key than it was given."""

    def recover(self, protected: bytes) -> bytes:
        return bytes(KEY_BYTES)


@pytest.mark.allow_log("vault_way_failed")
def test_a_key_that_is_not_kept_is_never_used(tmp_path: Path) -> None:
    found = make(tmp_path / "vault.json", FileHolder())
    content = (tmp_path / "vault.json").read_bytes()
    full = Vault(tmp_path / "vault.json", list(found._keys.values()), FullDisk(), os.urandom)
    for vault, holder, remedy in ((full, FileHolder(), "vault.disk"), (found, Forgetful(), "vault.not_kept")):
        with pytest.raises(VaultClosedError) as caught:
            vault.add_key(holder)
        assert caught.value.remedy.key == remedy
        assert not vault.is_rotating
    assert (tmp_path / "vault.json").read_bytes() == content
    with pytest.raises(VaultClosedError):
        unlock(tmp_path / "vault.json", FILE_ONLY, FullDisk())
    with pytest.raises(VaultClosedError):
        open_vault(tmp_path / "new", holders=FILE_ONLY, files=FullDisk())
    with pytest.raises(VaultClosedError):
        open_vault(tmp_path / "new", holders={Strength.FILE: Forgetful()})
