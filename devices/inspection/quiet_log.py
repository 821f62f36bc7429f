"""Keeps the device layer's log off the technician's screen: what it tells there stands in the answer itself."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def quiet() -> Iterator[None]:
    """Within it, records without a handler go nowhere instead of to stderr."""
    handler = logging.NullHandler()
    root = logging.root
    root.addHandler(handler)
    try:
        yield
    finally:
        root.removeHandler(handler)
