pragma ComponentBehavior: Bound
import QtQuick
import controls

// Switches that belong together, on one ground; it breaks into lines where they do not fit.
Rectangle {
    id: group

    required property var switches
    required property var panel
    required property real room

    implicitWidth: Math.min(room, natural.width + 4)
    implicitHeight: row.implicitHeight + 4
    radius: 9
    color: Theme.disabled

    // as wide as all of them in one line
    QtObject {
        id: natural

        property real width: 0

        function measure() {
            let sum = 0;
            for (let index = 0; index < buttons.count; index++) {
                sum += (buttons.itemAt(index)?.implicitWidth ?? 0) + (index > 0 ? row.spacing : 0);
            }
            natural.width = sum;
        }
    }

    Flow {
        id: row

        x: 2
        y: 2
        width: group.width - 4
        spacing: 2

        Repeater {
            id: buttons

            model: group.switches
            onItemAdded: natural.measure()

            SwitchButton {
                required property var modelData

                objectName: modelData.id
                text: modelData.label
                marked: group.panel.marked.indexOf(modelData.id) >= 0
                wanted: group.panel.wanted === modelData.id
                waits: group.panel.underWay === modelData.id
                onImplicitWidthChanged: natural.measure()
                onClicked: group.panel.press(modelData.id)
            }
        }
    }
}
