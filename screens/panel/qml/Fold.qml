import QtQuick
import QtQuick.Controls.Basic
import controls

// Opens and closes a board's faults. The chevron is made of rectangles: a Shape ignores the list's clip in the software
// renderer and would be drawn over the foot.
AbstractButton {
    id: fold

    property bool unfolded: false

    implicitHeight: 34
    implicitWidth: label.implicitWidth + 34

    background: Rectangle {
        radius: 9
        color: fold.hovered ? Theme.paper : "transparent"
        border.width: fold.visualFocus ? 2 : 0
        border.color: Theme.lampPressed
    }
    contentItem: Item {
        Item {
            x: 8
            y: parent.height / 2
            width: 10
            rotation: fold.unfolded ? 180 : 0

            Rectangle {
                x: -1
                y: -1
                width: 8
                height: 2
                radius: 1
                rotation: 45
                color: Theme.muted
                antialiasing: true
            }

            Rectangle {
                x: 4
                y: -1
                width: 8
                height: 2
                radius: 1
                rotation: -45
                color: Theme.muted
                antialiasing: true
            }
        }

        PanelText {
            id: label

            x: 26
            anchors.verticalCenter: parent.verticalCenter
            color: Theme.muted
            wrapMode: Text.NoWrap
            text: fold.text
        }
    }
}
