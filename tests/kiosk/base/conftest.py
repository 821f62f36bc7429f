"""What the tests of the configuration share."""

from pathlib import Path

import pytest


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder in which every file that `test_config.GOOD` names is there."""
    for name in (
        "tls/ca.pem",
        "tls/client.pem",
        "tls/client.key",
        "keys/attestation.pem",
        "keys/list.json",
        "keys/list.pem",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch(mode=0o600)
    return tmp_path
