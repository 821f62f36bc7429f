"""The key in a TPM: a real one in software."""

import os
import socket
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from offline_cache.vault import tpm_codec
from offline_cache.vault.holders import VaultClosedError
from offline_cache.vault.tpm import TpmHolder
from offline_cache.vault.tpm_codec import HEADER_BYTES, Command, TpmAnswerError
from offline_cache.vault.tpm_device import TpmDevice, is_present
from offline_cache.vault.tpm_session import Session
from tests.offline_cache.vault.software_tpm import SoftwareTpm, software_tpm

KEY = bytes(range(32))


@pytest.fixture
def chip(tmp_path: Path) -> Iterator[SoftwareTpm]:
    with software_tpm(tmp_path / "chip") as running:
        yield running


def _remedy(holder: TpmHolder, protected: bytes) -> str:
    with pytest.raises(VaultClosedError, match=r"store\.vault_closed") as caught:
        holder.recover(protected)
    return caught.value.remedy.key


def test_a_sealed_key_comes_back_after_the_machine_was_off(chip: SoftwareTpm) -> None:
    holder = TpmHolder(chip.address)
    assert holder.is_available()
    protected = holder.protect(KEY)
    assert KEY not in protected
    chip.power_off()
    assert not holder.is_available()
    chip.power_on()
    assert holder.recover(protected) == KEY


def test_another_chip_does_not_open_it_and_says_so(chip: SoftwareTpm, tmp_path: Path) -> None:
    protected = TpmHolder(chip.address).protect(KEY)
    with software_tpm(tmp_path / "other") as other:
        assert _remedy(TpmHolder(other.address), protected) == "vault.tpm_other_chip"


@pytest.mark.parametrize("pcrs", [(7,), (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 16)])
def test_a_key_bound_to_the_start_of_the_machine_is_refused_after_another_start(
    chip: SoftwareTpm, pcrs: tuple[int, ...]
) -> None:
    holder = TpmHolder(chip.address, pcrs)
    protected = holder.protect(KEY)
    assert TpmHolder(chip.address).recover(protected) == KEY  # the blob says what it is bound to
    chip.extend_pcr(7, bytes([1] * 32))
    assert _remedy(holder, protected) == "vault.tpm_other_state"


def test_a_changed_blob_and_a_missing_chip_close_the_vault_in_words(chip: SoftwareTpm, tmp_path: Path) -> None:
    holder = TpmHolder(chip.address)
    protected = holder.protect(KEY)
    places = (0, 10, 60, len(protected) - 5)
    changed = [protected[:at] + bytes([protected[at] ^ 1]) + protected[at + 1 :] for at in places]
    assert [_remedy(holder, one) for one in changed] == [
        "vault.newer", "vault.tpm_other_chip", "vault.tpm_refused", "vault.tpm_refused",
    ]  # fmt: skip
    assert _remedy(holder, protected[:50]) == "vault.file_damaged"
    assert _remedy(TpmHolder(f"unix:{tmp_path}/nothing"), protected) == "vault.tpm_missing"
    assert not is_present(f"device:{tmp_path}")


def test_nothing_stays_in_the_chip(chip: SoftwareTpm) -> None:
    holder = TpmHolder(chip.address)
    protected = holder.protect(KEY)
    for _ in range(8):  # a chip without a resource manager has room for three objects
        assert holder.recover(protected) == KEY


def test_the_key_is_not_readable_on_the_wire(chip: SoftwareTpm, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[bytes] = []
    once = TpmDevice._once

    def listen(self: TpmDevice, command: bytes) -> bytes:
        heard.append(command)
        heard.append(once(self, command))
        return heard[-1]

    monkeypatch.setattr(TpmDevice, "_once", listen)
    holder = TpmHolder(chip.address)
    assert holder.recover(holder.protect(KEY)) == KEY
    assert len(heard) > 10
    assert not any(KEY[:8] in message for message in heard)


def test_an_answer_that_was_changed_on_the_wire_is_found_out(chip: SoftwareTpm) -> None:
    with TpmDevice(chip.address) as device:
        primary = tpm_codec.primary_of(device.exchange(tpm_codec.create_primary()))

        def interfere(command: bytes) -> bytes:
            data = device.exchange(command)
            is_of_create = command[6:HEADER_BYTES] == Command.CREATE.to_bytes(4, "big")
            return data[:40] + bytes([data[40] ^ 1]) + data[41:] if is_of_create else data

        session = Session(interfere, primary, is_policy=False, random_bytes=os.urandom)
        parameters = tpm_codec.sized(tpm_codec.sized(b"") + tpm_codec.sized(KEY))
        parameters += tpm_codec.sealed_template(b"") + tpm_codec.sized(b"") + bytes(4)
        with pytest.raises(TpmAnswerError) as caught:
            session.run(Command.CREATE, primary.handle.to_bytes(4, "big"), primary.name, parameters, hides=True)
        assert caught.value.code == 0


class PlayedChip:
    """Answers what it is told, once each, over a Unix socket."""

    def __init__(self, path: Path, answers: list[bytes]) -> None:
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(path))
        self._listener.listen()
        self._answers = answers
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        link, _ = self._listener.accept()
        with link:
            for answer in self._answers:
                if not link.recv(4096):
                    return
                link.sendall(answer)

    def close(self) -> None:
        self._thread.join(2)
        self._listener.close()


def _refusal(code: int) -> bytes:
    return b"\x80\x01" + (10).to_bytes(4, "big") + code.to_bytes(4, "big")


def test_a_busy_chip_is_asked_again_and_a_closed_line_is_an_error() -> None:
    waits: list[float] = []
    with tempfile.TemporaryDirectory(prefix="by-tpm-") as folder:
        chip = PlayedChip(Path(folder) / "chip", [_refusal(0x922), _refusal(0x922), _refusal(0)])
        try:
            with TpmDevice(f"unix:{folder}/chip", wait=waits.append) as device:
                assert device.exchange(tpm_codec.startup()) == _refusal(0)
                with pytest.raises(ConnectionError):
                    device.exchange(tpm_codec.startup())
        finally:
            chip.close()
    assert len(waits) == 2
    with pytest.raises(ValueError, match="address"):
        TpmDevice("tcp:somewhere")


def test_torn_answers_are_told_from_refusals() -> None:
    for data in (b"", b"\x80\x01" + bytes(8), _refusal(0)[:-1], _refusal(0) + b"\0"):
        with pytest.raises(TpmAnswerError) as caught:
            tpm_codec.answer(data)
        assert caught.value.code == 0
    with pytest.raises(TpmAnswerError) as caught:
        tpm_codec.answer(_refusal(0x99D))
    assert caught.value.is_other_state
    with pytest.raises(ValueError, match="PCR"):
        TpmHolder(pcrs=(24,))
