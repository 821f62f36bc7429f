import QtQuick
import QtQuick.Controls.Basic
import controls

// One switch. Marked when it tells how things are now; `acts` for those that do something once.
AbstractButton {
    id: button

    property bool marked: false
    property bool waits: false
    property bool strong: false

    implicitHeight: 32
    implicitWidth: label.implicitWidth + 22
    opacity: enabled ? 1 : 0.5
    Accessible.checkable: true
    Accessible.checked: marked

    background: Rectangle {
        radius: 7
        color: button.marked || button.strong ? (button.down ? Theme.civicPressed : Theme.civic) : button.down ? Theme.hairline : button.hovered ? Theme.sheet : "transparent"
        border.width: button.visualFocus ? 2 : button.waits ? 1 : 0
        border.color: button.visualFocus ? Theme.lampPressed : Theme.outline
    }
    contentItem: PanelText {
        id: label

        horizontalAlignment: Text.AlignHCenter
        verticalAlignment: Text.AlignVCenter
        wrapMode: Text.NoWrap
        color: button.marked || button.strong ? Theme.civicText : Theme.ink
        text: button.text
    }
}
