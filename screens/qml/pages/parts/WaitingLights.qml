pragma ComponentBehavior: Bound
import QtQuick
import controls

// Work in progress: a light that goes along five lamps, one step in 0.7 s. Few frames, no endless animation.
Grid {
    id: lights

    property bool goes: true
    property int at: 0
    property bool stands: false
    property real size: 6 * Theme.mm

    columns: stands ? 1 : 5
    spacing: 0.8 * size

    Repeater {
        model: 5

        Rectangle {
            required property int index

            width: lights.size
            height: width
            radius: width / 2
            color: index === lights.at ? Theme.lamp : Theme.sheet
            border.width: Theme.line
            border.color: index === lights.at ? Theme.ink : Theme.outline
        }
    }

    Timer {
        interval: 700
        repeat: true
        running: lights.goes && lights.visible
        onTriggered: lights.at = (lights.at + 1) % 5
    }
}
