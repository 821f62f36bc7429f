pragma ComponentBehavior: Bound
import QtQuick

// The devices and the network in words; `devices` is a list of {"name", "text", "kind"} with kind ready, later, stopped.
Flow {
    id: strip

    property var devices: []
    property bool night: false

    spacing: 3 * Theme.mm

    Repeater {
        model: strip.devices

        Row {
            id: device

            required property var modelData
            readonly property string kind: modelData["kind"]

            spacing: 2 * Theme.mm
            rightPadding: 5 * Theme.mm

            Item {
                width: 4 * Theme.mm
                height: label.height

                // a full disc, a half one, a ring: told apart without colour
                Rectangle {
                    anchors.centerIn: parent
                    width: 4 * Theme.mm
                    height: width
                    radius: width / 2
                    color: device.kind === "ready" ? border.color : "transparent"
                    border.width: Theme.stroke
                    border.color: strip.night ? Theme.nightTextQuiet : device.kind === "ready" ? Theme.ready : device.kind === "later" ? Theme.later : Theme.stopped
                }

                Rectangle {
                    anchors.centerIn: parent
                    visible: device.kind === "stopped"
                    width: 4 * Theme.mm
                    height: Theme.stroke
                    color: strip.night ? Theme.nightTextQuiet : Theme.stopped
                }
            }

            Words {
                id: label

                width: Math.min(implicitWidth, strip.width - 12 * Theme.mm)
                color: strip.night ? Theme.nightTextQuiet : Theme.ink
                font.pixelSize: Theme.small
                text: device.modelData["text"]
            }
        }
    }
}
