pragma ComponentBehavior: Bound
import QtQuick
import controls

// An identity card, drawn; nothing on it can be read.
Rectangle {
    id: card

    readonly property real part: width / 86

    height: width * 0.63
    radius: 5 * part
    color: Theme.sheet
    border.width: Theme.stroke
    border.color: Theme.ink

    Repeater {
        model: [30, 20, 36]

        Rectangle {
            required property int index
            required property int modelData

            x: 10 * card.part
            y: (12 + index * 13) * card.part
            width: modelData * card.part
            height: 4 * card.part
            radius: height / 2
            color: index === 0 ? Theme.outline : Theme.tintQuery
        }
    }

    Rectangle {
        x: 56 * card.part
        y: 10 * card.part
        width: 20 * card.part
        height: 27 * card.part
        radius: 3 * card.part
        color: Theme.tintQuery

        Rectangle {
            anchors.horizontalCenter: parent.horizontalCenter
            y: 5 * card.part
            width: 8 * card.part
            height: width
            radius: width / 2
            color: Theme.outline
        }

        Rectangle {
            anchors.horizontalCenter: parent.horizontalCenter
            y: 16 * card.part
            width: 14 * card.part
            height: 11 * card.part
            topLeftRadius: 6 * card.part
            topRightRadius: 6 * card.part
            color: Theme.outline
        }
    }
}
