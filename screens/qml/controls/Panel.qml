import QtQuick

// A sheet of paper to put things on; its children lie inside the padding.
Item {
    id: panel

    property color color: Theme.sheet
    property real padding: 8 * Theme.mm
    default property alias content: inside.data

    implicitHeight: inside.childrenRect.height + 2 * padding

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: panel.color
    }

    Item {
        id: inside

        x: panel.padding
        y: panel.padding
        width: panel.width - 2 * panel.padding
        height: panel.height - 2 * panel.padding
    }
}
