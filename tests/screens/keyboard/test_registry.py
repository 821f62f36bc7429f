"""A page with a field names the keyboard among its parts: without that, its first showing under a translator never ends."""

import re

from screens.view_models.registry import KEYBOARD, OVERLAYS, PAGES, QML


def test_every_page_with_a_field_has_the_keyboard_compiled_before_it_is_made() -> None:
    specs = [spec for spec in (*PAGES.values(), *OVERLAYS.values()) if spec.is_there]
    asking = [spec for spec in specs if re.search(r"\b(Text|Search)Entry\b", spec.path.read_text(encoding="utf-8"))]
    assert [spec.qml for spec in asking if spec.parts != KEYBOARD] == []
    assert [spec.qml for spec in specs if spec.parts and spec not in asking] == []
    assert all((QML / part).exists() for part in KEYBOARD)
