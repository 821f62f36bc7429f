"""A decoder of photos, installed where the hosts look for packages; the real ones are vendors' and closed."""

from pathlib import Path

import pytest

PLUGIN = '''
"""A decoder for tests: four pixels, which are the first twelve bytes of the blob."""
import os

from devices.id_card_reader.types import PhotoRead


class Decoder:
    def decode(self, blob):
        if os.environ.get("TEST_DECODER") == "crash":
            os.abort()
        return PhotoRead(2, 2, blob[:12])


def make():
    return Decoder()


def make_broken():
    raise OSError("the vendor's library is not here")
'''


@pytest.fixture(params=["entry point", "module and name"])
def decoder(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """How the settings name it."""
    (tmp_path / "square_decoder.py").write_text(PLUGIN)
    information = tmp_path / "square_decoder-1.0.dist-info"
    information.mkdir()
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: square-decoder\nVersion: 1.0\n")
    (information / "entry_points.txt").write_text("[budayang.photo_decoders]\nsquare = square_decoder:make\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.syspath_prepend(str(tmp_path))
    return "square" if request.param == "entry point" else "square_decoder:make"
