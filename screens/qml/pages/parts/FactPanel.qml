import QtQuick
import controls

// A sheet with facts one under the other.
Item {
    id: panel

    property real padding: 8 * Theme.mm
    default property alias facts: column.data

    implicitHeight: column.implicitHeight + 2 * padding
    height: implicitHeight

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: Theme.sheet
    }

    Column {
        id: column

        x: panel.padding
        y: panel.padding
        width: panel.width - 2 * panel.padding
        spacing: 7 * Theme.mm
    }
}
