"""A TPM 2.0 in software (swtpm, over libtpms, the reference's code), behind a Unix socket."""

import contextlib
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from offline_cache.vault import tpm_codec
from offline_cache.vault.tpm_device import TpmDevice


class SoftwareTpm:
    """One chip; `state` is what it keeps when its power goes."""

    def __init__(self, state: Path) -> None:
        self.state = state
        self._process: subprocess.Popen[bytes] | None = None
        # a socket's name has 107 bytes at most, a test's folder may have more
        self._sockets = tempfile.TemporaryDirectory(prefix="by-tpm-")
        self._path = Path(self._sockets.name) / "chip"

    @property
    def address(self) -> str:
        return f"unix:{self._path}"

    def power_on(self) -> None:
        self.state.mkdir(exist_ok=True)
        self._process = subprocess.Popen(
            [
                "swtpm", "socket", "--tpm2", "--server", f"type=unixio,path={self._path}", "--ctrl",
                f"type=unixio,path={self._path}.control", "--tpmstate", f"dir={self.state}", "--flags",
                "not-need-init,startup-clear",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        deadline = time.monotonic() + 10
        while True:
            with contextlib.suppress(OSError), TpmDevice(self.address) as device:
                tpm_codec.answer(device.exchange(tpm_codec.pcr_readings((0,))[0]))
                return
            assert time.monotonic() < deadline, "swtpm did not start"
            assert self._process.poll() is None, "swtpm ended"
            time.sleep(0.01)

    def power_off(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(5)
            self._process = None
        self._path.unlink(missing_ok=True)

    def extend_pcr(self, number: int, digest: bytes) -> None:
        """As firmware does when it measures something."""
        values = (1).to_bytes(4, "big") + (0x000B).to_bytes(2, "big") + digest
        extend = tpm_codec.command(0x182, number.to_bytes(4, "big"), values, tpm_codec.password_area())  # type: ignore[arg-type]
        with TpmDevice(self.address) as device:
            tpm_codec.answer(device.exchange(extend))

    def close(self) -> None:
        self.power_off()
        self._sockets.cleanup()


@contextmanager
def software_tpm(state: Path) -> Iterator[SoftwareTpm]:
    """A chip that is on."""
    chip = SoftwareTpm(state)
    try:
        chip.power_on()
        yield chip
    finally:
        chip.close()
