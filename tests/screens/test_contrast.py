"""The roles of colour keep their contrast (WCAG 2 formula): 10:1 for text, 4.5:1 for signs and borders."""

import pytest
from PySide6.QtGui import QColor, QGuiApplication

from screens.window import NIGHT, ScreenHost
from tests.screens.fake_terminal import FakeTerminal

TEXT = [
    ("ink", "paper"), ("ink", "sheet"), ("muted", "paper"), ("muted", "sheet"), ("ink", "readyTint"),
    ("ink", "tintQuery"), ("ink", "tintDo"), ("ink", "tintRead"), ("ink", "tintAsk"),
    ("civicText", "civic"), ("civicTextQuiet", "civic"), ("night", "civicTextQuiet"), ("lampText", "lamp"),
    ("nightText", "night"), ("nightTextQuiet", "night"), ("nightText", "nightHill"),
    ("ready", "sheet"), ("later", "sheet"), ("stopped", "sheet"),
]  # fmt: skip
LARGE_OR_BOLD = [
    ("ready", "readyTint"), ("later", "laterTint"), ("stopped", "stoppedTint"), ("disabledText", "disabled"),
    ("lampText", "lampPressed"), ("muted", "tintDo"), ("muted", "tintAsk"), ("nightTextQuiet", "nightHill"),
    ("nightTextQuiet", "nightFar"), ("civic", "tintQuery"),
]  # fmt: skip
SIGNS = [("outline", "sheet"), ("outline", "paper"), ("civic", "paper"), ("civic", "sheet"), ("lamp", "night")]


def _luminance(colour: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)

    red, green, blue = (linear(part) for part in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    """1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_formula_knows_black_and_white() -> None:
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21.0)
    assert contrast(QColor("#777777"), QColor("white")) == pytest.approx(4.48, abs=0.01)


def test_every_pair_of_roles_keeps_its_contrast(gui: QGuiApplication) -> None:
    host = ScreenHost(FakeTerminal())
    theme = host.theme.values
    poor = []
    for pairs, least in ((TEXT, 10.0), (LARGE_OR_BOLD, 7.0), (SIGNS, 4.5)):
        for ink, ground in pairs:
            found = contrast(QColor(theme.property(ink)), QColor(theme.property(ground)))
            if found < least:
                poor.append(f"{ink} on {ground}: {found:.1f} < {least}")
    assert QColor(theme.property("night")) == NIGHT
    host.close()
    assert poor == []
