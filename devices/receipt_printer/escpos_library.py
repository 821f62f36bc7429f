"""python-escpos (3.1), loaded so that it leaves nothing behind.

While it is imported the library makes a folder for temporary files and a pickle of its capabilities in it, also where
``ESCPOS_CAPABILITIES_PICKLE_DIR`` names another; it never takes either away, and a host ends without the interpreter's
farewell. Both go into a folder that lives as long as the import. To keep the pickle would save no time worth a file that
somebody else could put there: reading the capabilities takes a tenth of a second.
"""

import os
import tempfile

_PICKLES = "ESCPOS_CAPABILITIES_PICKLE_DIR"

with tempfile.TemporaryDirectory(prefix="budayang-escpos-") as _folder:
    _before, tempfile.tempdir = tempfile.tempdir, _folder
    _wish = os.environ.pop(_PICKLES, None)
    try:
        from escpos.printer import Dummy
    finally:
        tempfile.tempdir = _before
        if _wish is not None:
            os.environ[_PICKLES] = _wish

__all__ = ["Dummy"]
