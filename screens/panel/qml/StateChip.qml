import QtQuick
import controls

// A state in a word, on the tint of its level; the colour is never alone.
Rectangle {
    id: chip

    required property string level
    property alias text: label.text
    property alias label: label
    property real room: 400

    implicitWidth: Math.min(label.implicitWidth + 18, room)
    implicitHeight: label.implicitHeight + 4
    radius: height / 2
    color: chip.level === "ready" ? Theme.readyTint : chip.level === "later" ? Theme.laterTint : chip.level === "stopped" ? Theme.stoppedTint : Theme.disabled

    PanelText {
        id: label

        anchors.centerIn: parent
        width: Math.min(implicitWidth, chip.width - 16)
        elide: Text.ElideRight
        wrapMode: Text.NoWrap
        font.weight: Font.Medium
        font.pixelSize: 13
        color: chip.level === "ready" ? Theme.ready : chip.level === "later" ? Theme.later : chip.level === "stopped" ? Theme.stopped : Theme.disabledText
    }
}
