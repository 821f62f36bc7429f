pragma ComponentBehavior: Bound
import QtQuick
import controls

// Switches that belong together, on one ground; it breaks into lines where they do not fit.
Rectangle {
    id: group

    required property var switches
    required property var board
    required property real room
    // so many of equal width in a line, as on a keypad; 0: as many as fit
    property int columns: 0
    readonly property real cell: 88

    implicitWidth: columns > 0 ? columns * (cell + row.spacing) - row.spacing + 4 : Math.min(room, natural.width + 4)
    implicitHeight: row.implicitHeight + 4
    width: implicitWidth
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
                width: group?.columns > 0 ? group.cell : implicitWidth
                text: modelData.label
                // when another board is laid out, these may outlive their group by a moment
                marked: group?.board.marked.includes(modelData.id) ?? false
                wanted: group?.board.wanted.includes(modelData.id) ?? false
                waits: group?.board.underWay === modelData.id
                onImplicitWidthChanged: natural.measure()
                onClicked: group.board.press(modelData.id)
            }
        }
    }
}
