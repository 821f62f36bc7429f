import QtQuick
import QtQuick.Controls.Basic
import controls

// One switch. `marked` when it tells how things are now; `wanted` when it is the next thing that a person would do.
AbstractButton {
    id: button

    property bool marked: false
    property bool waits: false
    property bool wanted: false

    implicitHeight: 28
    implicitWidth: Math.max(32, label.implicitWidth + 18)
    opacity: enabled ? 1 : 0.5
    Accessible.checkable: true
    Accessible.checked: marked

    background: Rectangle {
        radius: 7
        color: button.marked ? (button.down ? Theme.civicPressed : Theme.civic) : button.wanted ? (button.down ? Theme.lampPressed : Theme.lamp) : button.down ? Theme.hairline : button.hovered ? Theme.sheet : "transparent"
        border.width: button.visualFocus ? 2 : button.waits ? 1 : 0
        border.color: button.visualFocus ? Theme.lampPressed : Theme.outline
    }
    contentItem: PanelText {
        id: label

        horizontalAlignment: Text.AlignHCenter
        verticalAlignment: Text.AlignVCenter
        wrapMode: Text.NoWrap
        color: button.marked ? Theme.civicText : button.wanted ? Theme.lampText : Theme.ink
        text: button.text
    }
}
