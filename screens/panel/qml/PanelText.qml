import QtQuick
import controls

// A text of the panel, in logical pixels: it is a window on a desk, not the citizen's screen.
Text {
    color: Theme.ink
    font.family: Theme.family
    font.pixelSize: 14
    renderType: Text.QtRendering
    textFormat: Text.PlainText
    wrapMode: Text.Wrap
}
