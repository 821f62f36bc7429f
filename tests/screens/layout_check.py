"""What can be measured about a page's layout: cut texts, texts over texts, things outside, targets and gaps in mm."""

from dataclasses import dataclass
from itertools import combinations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlEngine, QQmlExpression
from PySide6.QtQuick import QQuickItem, QQuickWindow

_SLACK_PX = 1.5
SMALLEST_GAP_MM = 3.9  # 4 mm less the rounding to pixels
SMALLEST_CAP_MM = 4.7  # 4.8 mm less the rounding of the em
CAP_OF_EM = 0.733


@dataclass(frozen=True)
class _Placed:
    item: QQuickItem
    rect: QRectF
    name: str
    top: bool


def _kind(item: QQuickItem) -> str:
    return str(item.metaObject().className())


def _walk(item: QQuickItem, found: list[QQuickItem]) -> None:
    if not item.isVisible() or item.opacity() == 0:
        return
    found.append(item)
    for child in item.childItems():
        _walk(child, found)


def _rect(item: QQuickItem) -> QRectF:
    return item.mapRectToScene(QRectF(0, 0, item.width(), item.height()))


def visible_items(root: QQuickItem) -> list[QQuickItem]:
    """All visible items below `root`, in painting order of their parents."""
    found: list[QQuickItem] = []
    _walk(root, found)
    return found


def is_text(item: QQuickItem) -> bool:
    """Whether it is a Text."""
    return (
        item.metaObject().indexOfProperty("truncated") >= 0 and item.metaObject().indexOfProperty("paintedWidth") >= 0
    )


def is_target(item: QQuickItem) -> bool:
    """Whether it is one of our touch targets."""
    return item.metaObject().indexOfSignal("acted()") >= 0 and item.metaObject().indexOfProperty("pressed") >= 0


def complaints(window: QQuickWindow, root: QQuickItem, px_per_mm: float, *, elder: bool) -> list[str]:
    """One line per fault on the page `root`."""
    QGuiApplication.processEvents()
    window.grabWindow()  # positioners lay out when a frame is made
    items = visible_items(root)
    frame = QRectF(0, 0, window.width(), window.height())
    texts = [item for item in items if is_text(item) and str(item.property("text")).strip()]
    targets = [item for item in items if is_target(item)]
    found = []
    painted = []
    for item in texts:
        label = str(item.property("text"))[:24].replace("\n", "/")
        width, height = float(item.property("paintedWidth")), float(item.property("paintedHeight"))
        rect = _rect(item)
        if item.property("truncated"):
            found.append(f"cut: {label}")
        if (
            width > item.width() + _SLACK_PX
            or height > item.height() + _SLACK_PX + float(item.property("font").pixelSize()) * 0.25
        ):
            found.append(
                f"larger than its place: {label} ({width:.0f}x{height:.0f} in {item.width():.0f}x{item.height():.0f})"
            )
        if not frame.adjusted(-1, -1, 1, 1).contains(rect):
            found.append(f"outside the window: {label} {rect}")
        cap = item.property("font").pixelSize() * CAP_OF_EM / px_per_mm
        if cap < SMALLEST_CAP_MM * (0.86 if not label.strip("✓123456789") else 1):
            found.append(f"too small: {label} ({cap:.1f} mm)")
        # what is painted, by the alignment, less the air of the natural line
        align, vertical = _alignment(item)
        x = rect.x() + ((rect.width() - width) if align & 2 else (rect.width() - width) / 2 if align & 4 else 0)
        air = float(item.property("font").pixelSize()) * 0.2
        # vertical centring matters only where the item is higher than its text
        y = rect.y() + (rect.height() - height) / 2 if vertical & 128 else rect.y()
        painted.append((label, QRectF(x, y + air, width, max(1.0, height - 2 * air))))
    for (one, a), (other, b) in combinations(painted, 2):
        both = a.intersected(b)
        if both.width() > 2 and both.height() > 2:
            found.append(f"texts over each other: {one} | {other}")
    smallest = 20.0 if elder else 16.0
    rects = []
    for item in targets:
        rect = _rect(item)
        name = item.objectName() or str(item.property("text"))
        if not item.objectName():
            found.append(f"target without a name: {item.property('text')}")
        if min(rect.width(), rect.height()) / px_per_mm < smallest - 0.1:
            found.append(
                f"target too small: {name} {rect.width() / px_per_mm:.1f} x {rect.height() / px_per_mm:.1f} mm"
            )
        if not frame.adjusted(-1, -1, 1, 1).contains(rect):
            found.append(f"target outside the window: {name}")
        rects.append((name, rect))
    for (one, a), (other, b) in combinations(rects, 2):
        dx = max(a.left() - b.right(), b.left() - a.right())
        dy = max(a.top() - b.bottom(), b.top() - a.bottom())
        if max(dx, dy) / px_per_mm < SMALLEST_GAP_MM:
            found.append(f"targets too near: {one} | {other} ({max(dx, dy) / px_per_mm:.1f} mm)")
    return found


def _alignment(item: QQuickItem) -> tuple[int, int]:
    """Qt's flags; PySide has no converter for the enums of Text."""
    context = QQmlEngine.contextForObject(item)
    value, _ = QQmlExpression(context, item, "horizontalAlignment * 1000 + verticalAlignment").evaluate()
    return divmod(int(value), 1000)


def centre_of(item: QQuickItem) -> QPointF:
    """The middle of an item in the window."""
    return item.mapToScene(QPointF(item.width() / 2, item.height() / 2))
