pragma ComponentBehavior: Bound
import QtQuick
import controls

// A government hall from the street: a roof slab, columns, windows and its door. Rectangles only; by day in lines, by night
// as a dark house with lit windows and an open, lit door.
Item {
    id: hall

    property bool night: false
    property color wall: night ? Theme.nightWall : Theme.sheet
    property color edge: night ? Theme.nightWall : Theme.civic
    property color pane: night ? Theme.window : Theme.tintQuery
    property color light: night ? Theme.moon : Theme.civic
    readonly property real unit: width / 100
    readonly property real pen: night ? 0 : Theme.stroke

    implicitHeight: 62 * unit
    height: implicitHeight

    // the upper storey, set back
    Rectangle {
        x: 24 * hall.unit
        width: 52 * hall.unit
        height: 24 * hall.unit
        topLeftRadius: 1.5 * hall.unit
        topRightRadius: 1.5 * hall.unit
        color: hall.wall
        border.width: hall.pen
        border.color: hall.edge
    }

    Repeater {
        model: 7

        Rectangle {
            required property int index

            x: (28.4 + index * 6.4) * hall.unit
            y: 6 * hall.unit
            width: 3.6 * hall.unit
            height: 8 * hall.unit
            radius: 0.6 * hall.unit
            // by night two rooms are still at work
            color: hall.night && index !== 2 && index !== 5 ? Theme.night : hall.pane
        }
    }

    // the roof over the columns
    Rectangle {
        y: 20 * hall.unit
        width: 100 * hall.unit
        height: 6.5 * hall.unit
        radius: 1.4 * hall.unit
        color: hall.wall
        border.width: hall.pen
        border.color: hall.edge
    }

    Rectangle {
        x: 5 * hall.unit
        y: 26 * hall.unit
        width: 90 * hall.unit
        height: 31 * hall.unit
        color: hall.night ? Theme.night : hall.pane
    }

    // the glass beside the door
    Repeater {
        model: [9.5, 25.5, 65.5, 81.5]

        Rectangle {
            required property real modelData

            x: modelData * hall.unit
            y: 31 * hall.unit
            width: 9 * hall.unit
            height: 26 * hall.unit
            topLeftRadius: hall.unit
            topRightRadius: hall.unit
            color: hall.night ? Theme.nightHill : Theme.sheet
        }
    }

    // the door
    Rectangle {
        x: 41 * hall.unit
        y: 29.5 * hall.unit
        width: 18 * hall.unit
        height: 27.5 * hall.unit
        topLeftRadius: 9 * hall.unit
        topRightRadius: 9 * hall.unit
        color: hall.light
    }

    Rectangle {
        visible: hall.night
        x: 49.7 * hall.unit
        y: 36 * hall.unit
        width: 0.6 * hall.unit
        height: 21 * hall.unit
        color: Theme.nightHill
    }

    Repeater {
        model: [5, 20, 37, 60, 77, 92]

        Rectangle {
            required property real modelData

            x: modelData * hall.unit
            y: 26 * hall.unit
            width: 3 * hall.unit
            height: 31 * hall.unit
            color: hall.wall
            border.width: hall.pen
            border.color: hall.edge
        }
    }

    // the steps
    Rectangle {
        x: 2 * hall.unit
        y: 56.5 * hall.unit
        width: 96 * hall.unit
        height: 3 * hall.unit
        radius: 0.6 * hall.unit
        color: hall.wall
        border.width: hall.pen
        border.color: hall.edge
    }

    Rectangle {
        x: -2 * hall.unit
        y: 59 * hall.unit
        width: 104 * hall.unit
        height: 3.5 * hall.unit
        radius: 0.6 * hall.unit
        color: hall.wall
        border.width: hall.pen
        border.color: hall.edge
    }
}
