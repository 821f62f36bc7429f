"""The checks of QML see what they are there to see."""

from pathlib import Path

from tests.house.qml_checks import lint, unformatted

VIEW_MODEL = """
from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement

QML_IMPORT_NAME = "Trial.Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class Visit(QObject):
    changed = Signal()

    @Property(str, notify=changed)
    def title(self) -> str:
        return "title"
"""

PAGE = """import QtQuick
import Trial.Models

Text {{
    required property Visit visit

    text: visit.{member}
}}
"""


def test_a_misspelt_member_of_a_python_type_is_found_and_a_right_one_passes(tmp_path: Path) -> None:
    (tmp_path / "visit.py").write_text(VIEW_MODEL)
    page = tmp_path / "Page.qml"
    page.write_text(PAGE.format(member="titel"))
    assert "titel" in lint([page], [], [tmp_path / "visit.py"])
    page.write_text(PAGE.format(member="title"))
    assert lint([page], [], [tmp_path / "visit.py"]) == ""


def test_a_file_that_qmlformat_would_change_is_found(tmp_path: Path) -> None:
    tidy, untidy = tmp_path / "Tidy.qml", tmp_path / "Untidy.qml"
    tidy.write_text("import QtQuick\n\nItem {\n    width: 4\n}\n")
    untidy.write_text("import QtQuick\nItem {\n  width: 4 }\n")
    (finding,) = unformatted([tidy, untidy])
    assert str(untidy) in finding


def test_an_empty_set_passes() -> None:
    assert lint([], [], []) == ""
    assert unformatted([]) == []
