import QtQuick
import QtQuick.Controls.Basic
import controls

// One device of the list: its name and its state in a word.
AbstractButton {
    id: entry

    required property string level
    required property string state_words
    property bool chosen: false

    implicitHeight: 28
    Accessible.name: entry.text + " " + entry.state_words
    Accessible.checkable: true
    Accessible.checked: entry.chosen

    background: Rectangle {
        radius: 8
        color: entry.chosen ? Theme.civic : entry.down || entry.hovered ? Theme.disabled : "transparent"
        border.width: entry.visualFocus ? 2 : 0
        border.color: Theme.lampPressed
    }
    contentItem: Item {
        PanelText {
            id: name

            x: 10
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width - chip.width - 22
            elide: Text.ElideRight
            wrapMode: Text.NoWrap
            font.weight: entry.chosen ? Font.Bold : Font.Normal
            color: entry.chosen ? Theme.civicText : Theme.ink
            text: entry.text
        }

        StateChip {
            id: chip

            anchors.right: parent.right
            anchors.rightMargin: 6
            anchors.verticalCenter: parent.verticalCenter
            room: parent.width - Math.min(name.implicitWidth, 110) - 26
            label.objectName: entry.objectName + ".word"
            level: entry.level
            text: entry.state_words
        }
    }
}
