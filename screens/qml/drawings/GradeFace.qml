pragma ComponentBehavior: Bound
import QtQuick
import controls

// A face for a grade: 5 smiles widely, 3 is level, 1 is sad. Only circles and halves of circles.
Item {
    id: face

    property int grade: 3
    property color ink: Theme.ink
    property color fill: Theme.sheet
    property real size: 20 * Theme.mm
    readonly property real pen: Math.max(2, size * 0.055)

    implicitWidth: size
    implicitHeight: size

    Rectangle {
        width: face.size
        height: face.size
        radius: width / 2
        color: face.fill
        border.width: face.pen
        border.color: face.ink
    }

    Repeater {
        model: [0.33, 0.67]

        Rectangle {
            required property real modelData

            x: modelData * face.size - width / 2
            y: 0.36 * face.size - height / 2
            width: 0.1 * face.size
            height: width
            radius: width / 2
            color: face.ink
        }
    }

    Rectangle {
        visible: face.grade === 3
        x: 0.3 * face.size
        y: 0.66 * face.size
        width: 0.4 * face.size
        height: face.pen
        radius: height / 2
        color: face.ink
    }

    Item {
        id: mouth

        readonly property bool smiles: face.grade > 3
        readonly property real wide: (face.grade === 5 || face.grade === 1 ? 0.5 : 0.38) * face.size
        readonly property real deep: (face.grade === 5 || face.grade === 1 ? 0.5 : 0.3) * wide

        visible: face.grade !== 3
        x: (face.size - wide) / 2
        y: smiles ? 0.56 * face.size : 0.62 * face.size
        width: wide
        height: deep
        clip: true

        Rectangle {
            width: mouth.wide
            height: mouth.wide
            y: mouth.smiles ? mouth.deep - height : 0
            radius: width / 2
            color: "transparent"
            border.width: face.pen
            border.color: face.ink
        }
    }
}
