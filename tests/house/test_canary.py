"""PySide6 6.12 loses one reference to None at every call that returns it, which kills Python 3.11 after some thousands."""

import sys

from PySide6.QtCore import QObject


def test_calls_that_return_none_keep_its_references() -> None:
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(1000):
        thing.setObjectName("name")
    assert sys.getrefcount(None) > before - 100
