pragma ComponentBehavior: Bound
import QtQuick
import controls

// Switches that belong together, on one ground.
Rectangle {
    id: group

    required property var switches
    required property var panel

    implicitWidth: row.implicitWidth + 6
    implicitHeight: row.implicitHeight + 6
    radius: 9
    color: Theme.disabled

    Row {
        id: row

        x: 3
        y: 3
        spacing: 2

        Repeater {
            model: group.switches

            SwitchButton {
                required property var modelData

                objectName: modelData.id
                text: modelData.label
                marked: group.panel.marked.indexOf(modelData.id) >= 0
                waits: group.panel.underWay === modelData.id
                onClicked: group.panel.press(modelData.id)
            }
        }
    }
}
