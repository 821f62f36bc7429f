import QtQuick
import controls

// One device on the front: the reader's pad, the slot of the slips, the slot of the sheets. Lit, it is the one amber place.
Item {
    id: bay

    property string device: ""
    property bool lit: false
    readonly property bool isReader: device === "id_card_reader"

    Rectangle {
        visible: bay.lit
        anchors.centerIn: face
        width: face.width + 8 * Theme.stroke
        height: face.height + 8 * Theme.stroke
        radius: face.radius + 4 * Theme.stroke
        color: "transparent"
        border.width: Theme.stroke
        border.color: Theme.lamp
    }

    Rectangle {
        id: face

        anchors.centerIn: parent
        width: bay.isReader ? Math.min(0.88 * parent.width, parent.height * 1.6) : parent.width * (bay.device === "sheet_printer" ? 0.92 : 0.6)
        height: bay.isReader ? Math.min(parent.height, width / 1.6) : Math.max(3 * Theme.stroke, parent.height * 0.26)
        radius: bay.isReader ? 0.1 * height : height / 2
        color: bay.lit ? Theme.lamp : bay.isReader ? Theme.tintQuery : Theme.ink
        border.width: Theme.stroke
        border.color: bay.lit || bay.isReader ? Theme.ink : "transparent"

        Rectangle {
            visible: bay.isReader
            anchors.centerIn: parent
            width: parent.width * 0.56
            height: parent.height * 0.56
            radius: 0.1 * height
            color: "transparent"
            border.width: Math.max(1, Theme.stroke / 2)
            border.color: bay.lit ? Theme.ink : Theme.outline
        }

        Rectangle {
            visible: !bay.isReader
            anchors.centerIn: parent
            width: parent.width - 2 * parent.height * 0.6
            height: Math.max(2, parent.height * 0.22)
            radius: height / 2
            color: bay.lit ? Theme.ink : Theme.outline
        }
    }
}
