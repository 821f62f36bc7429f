"""Keys, candidates and texts are as large as the law says, in both orientations, all languages and sizes; nothing is cut,
and neither the field nor the page's act is covered."""

from collections.abc import Callable
from itertools import product

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtQuick import QQuickItem

from kiosk.session.state import Language, TextSize
from tests.screens.keyboard.conftest import Writer
from tests.screens.layout_check import complaints, is_target, visible_items

Open = Callable[..., Writer]
SPELT = {Language.ZH_CN: "nihao", Language.ZH_HK: "ㄋㄧˇ", Language.EN: "ab"}
HAN_OF_EM = 0.875
"""The body of a Han character in Noto Sans CJK."""


def _rect(item: QQuickItem) -> QRectF:
    return item.mapRectToScene(QRectF(0, 0, item.width(), item.height()))


@pytest.mark.parametrize("landscape", [False, True], ids=["portrait", "landscape"])
@pytest.mark.parametrize(("language", "size"), list(product(Language, TextSize)))
def test_everything_fits(writer: Open, language: Language, size: TextSize, landscape: bool) -> None:
    one = writer(language, size, landscape=landscape, full=True)
    host = one.stage.host
    mm = host.theme.px_per_mm
    elder = size is TextSize.ELDER

    def faults() -> list[str]:
        return complaints(host.window, one.stage.shown, mm, elder=elder)

    assert faults() == []
    one.type(SPELT[language])
    assert faults() == []
    keys = [i for i in visible_items(one.stage.shown) if is_target(i) and i.objectName().startswith(("key_", "cand"))]
    assert len(keys) >= 32
    least = 20.0 if elder else 16.0
    assert min(min(key.width(), key.height()) for key in keys) / mm >= least - 0.01
    if language is not Language.EN:
        caps = [i for i in visible_items(one.item("candidate_0")) if i.property("paintedWidth")]
        assert min(cap.property("font").pixelSize() for cap in caps) * HAN_OF_EM / mm >= 8.0
        assert one.item("candidate_0").height() / mm >= least - 0.01
        one.touch("candidate_0")
    one.touch("key_symbols")
    assert faults() == []
    one.item("text_field").setProperty("text", "好\n" * 20)
    one.stage.settle()
    one.type("1")
    assert one.sees("problem")
    assert one.sees("text_up") or one.item("text_field").height() < 200 * mm
    assert faults() == []
    field, act = _rect(one.item("entry")), _rect(one.item("act"))
    places = [_rect(key) for key in visible_items(one.stage.shown) if key.objectName().startswith(("key_", "way_"))]
    assert not any(place.intersects(act) for place in places)
    paper = _rect(one.item("text_counter").parentItem().parentItem())
    assert not any(place.intersects(paper) for place in places)
    assert all(field.adjusted(-1, -1, 1, 1).contains(place) for place in places)
    assert paper.height() / mm > (60 if landscape else 70)
