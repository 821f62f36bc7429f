import QtQuick

// A text of the house: plain, wrapped, in the language's face, body size unless told.
Text {
    color: Theme.ink
    font.family: Theme.family
    font.pixelSize: Theme.body
    font.weight: Theme.regular
    renderType: Text.QtRendering
    textFormat: Text.PlainText
    wrapMode: Text.Wrap
}
