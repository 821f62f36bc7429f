pragma ComponentBehavior: Bound
import QtQuick
import controls

// A paper that comes out of a slot: lines, a sum at the foot, nothing that can be read.
Rectangle {
    id: paper

    property int lines: 4

    color: Theme.sheet
    border.width: Theme.stroke
    border.color: Theme.ink
    bottomLeftRadius: 0.06 * width
    bottomRightRadius: 0.06 * width

    Repeater {
        model: paper.lines

        Rectangle {
            required property int index

            x: 0.14 * paper.width
            y: paper.height * (index + 1) / (paper.lines + 1) - height / 2
            width: paper.width * (index % 2 ? 0.5 : 0.72)
            height: Math.max(2, 0.05 * paper.width)
            radius: height / 2
            color: index === 0 ? Theme.outline : Theme.tintQuery
        }
    }
}
