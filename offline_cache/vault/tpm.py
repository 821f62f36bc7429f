"""Keeps the key sealed in a TPM 2.0.

The commands are our own (`tpm_codec`): six of them, on the kernel's device, whose bytes are a standard that does not change.
The libraries were weighed: tpm2-pytss is built against the C libraries of one tpm2-tss release and has no wheels, so each terminal
would need a compiler or a second package source; tpm2-tools would pass the key through six processes and context files, and its
options change between releases. Fewer parts can fail this way, and the key travels encrypted to and from the chip.

The blob: version 1 (``01``) · PCR selection 3 bytes · then three fields, each behind its length as 2 bytes: the primary's name, the
private and the public part as the chip gave them.
"""

import contextlib
import secrets
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from offline_cache.vault import tpm_codec
from offline_cache.vault.holders import KEY_BYTES, Strength, VaultClosedError
from offline_cache.vault.tpm_codec import Command, Primary, Reader, TpmAnswerError, sized
from offline_cache.vault.tpm_device import DEVICE, TpmDevice, is_present
from offline_cache.vault.tpm_session import Session

_VERSION = 1
_PCRS = 24


@dataclass(frozen=True)
class _Blob:
    pcrs: tuple[int, ...]
    primary_name: bytes
    private: bytes
    public: bytes


class TpmHolder:
    """Fulfils `Holder`.

    Args:
        address: see `tpm_device`.
        pcrs: the key is given out only while these PCRs (SHA-256 bank) are as they were when it was sealed; none: always. An
            update of what they measure then closes the vault, so that the key must be sealed anew before it.
        random_bytes: of the operating system.
    """

    strength = Strength.TPM

    def __init__(
        self,
        address: str = DEVICE,
        pcrs: tuple[int, ...] = (),
        random_bytes: Callable[[int], bytes] = secrets.token_bytes,
    ) -> None:
        if any(not 0 <= pcr < _PCRS for pcr in pcrs):
            raise ValueError("PCRs are numbered from 0 to 23")
        self._address = address
        self._pcrs = tuple(sorted(set(pcrs)))
        self._random_bytes = random_bytes

    def is_available(self) -> bool:
        return is_present(self._address)

    def fits(self, protected: bytes) -> bool:
        return _decode(protected).pcrs == self._pcrs

    def protect(self, key: bytes) -> bytes:
        with self._chip() as (device, primary):
            policy = b""
            if self._pcrs:
                values = [
                    value
                    for reading in tpm_codec.pcr_readings(self._pcrs)
                    for value in tpm_codec.pcr_values(device.exchange(reading))
                ]
                policy = tpm_codec.pcr_policy(self._pcrs, values)
            with self._session(device, primary, is_policy=False) as session:
                answer = session.run(
                    Command.CREATE,
                    struct.pack(">I", primary.handle),
                    primary.name,
                    # the key first: it is the parameter that is encrypted
                    sized(sized(b"") + sized(key))
                    + tpm_codec.sealed_template(policy)
                    + sized(b"")
                    + struct.pack(">I", 0),
                    hides=True,
                )
                return _encode(_Blob(self._pcrs, primary.name, answer.sized(), answer.sized()))

    def recover(self, protected: bytes) -> bytes:
        blob = _decode(protected)
        with self._chip() as (device, primary):
            if primary.name != blob.primary_name:
                raise VaultClosedError("vault.tpm_other_chip")
            with self._session(device, primary, is_policy=False) as session:
                handle = session.run(
                    Command.LOAD,
                    struct.pack(">I", primary.handle),
                    primary.name,
                    sized(blob.private) + sized(blob.public),
                ).number(4)
            try:
                with self._session(device, primary, is_policy=bool(blob.pcrs)) as session:
                    if blob.pcrs:
                        tpm_codec.answer(device.exchange(tpm_codec.policy_pcr(session.handle, blob.pcrs)))
                    key = session.run(
                        Command.UNSEAL,
                        struct.pack(">I", handle),
                        tpm_codec.name_of(blob.public),
                        b"",
                        reveals=True,
                    ).sized()
            finally:
                _flush(device, handle)
        if len(key) != KEY_BYTES:
            raise VaultClosedError("vault.file_damaged")
        return key

    @contextlib.contextmanager
    def _chip(self) -> Iterator[tuple[TpmDevice, Primary]]:
        """The chip with its primary key loaded; whatever goes wrong in the block closes the vault, in words."""
        try:
            with TpmDevice(self._address) as device:
                primary = tpm_codec.primary_of(device.exchange(tpm_codec.create_primary()))
                try:
                    yield device, primary
                finally:
                    _flush(device, primary.handle)
        except OSError:
            raise VaultClosedError("vault.tpm_missing", address=self._address) from None
        except TpmAnswerError as error:
            key = "vault.tpm_other_state" if error.is_other_state else "vault.tpm_refused"
            raise VaultClosedError(key, code=f"0x{error.code:03x}") from None

    @contextlib.contextmanager
    def _session(self, device: TpmDevice, primary: Primary, *, is_policy: bool) -> Iterator[Session]:
        session = Session(device.exchange, primary, is_policy=is_policy, random_bytes=self._random_bytes)
        try:
            yield session
        finally:
            _flush(device, session.handle)


def pcrs_of(protected: bytes) -> tuple[int, ...]:
    """What a key is bound to. Raises VaultClosedError: it is damaged, or of a newer program."""
    return _decode(protected).pcrs


def _flush(device: TpmDevice, handle: int) -> None:
    """Frees it in the chip; the kernel does the same when the device is closed, so a failure is nobody's."""
    with contextlib.suppress(OSError, TpmAnswerError):
        tpm_codec.answer(device.exchange(tpm_codec.flush_context(handle)))


def _encode(blob: _Blob) -> bytes:
    bits = sum(1 << pcr for pcr in blob.pcrs).to_bytes(3, "little")
    return bytes([_VERSION]) + bits + sized(blob.primary_name) + sized(blob.private) + sized(blob.public)


def _decode(data: bytes) -> _Blob:
    try:
        reader = Reader(data)
        if reader.number(1) != _VERSION:
            raise VaultClosedError("vault.newer")
        bits = int.from_bytes(reader.take(3), "little")
        pcrs = tuple(pcr for pcr in range(_PCRS) if bits >> pcr & 1)
        return _Blob(pcrs, reader.sized(), reader.sized(), reader.sized())
    except TpmAnswerError:
        raise VaultClosedError("vault.file_damaged") from None
