import QtQuick

// How far one gets now, in words: `kind` is ready, later, stopped or guide.
Item {
    id: badge

    property string kind: "ready"
    property string text: kind === "ready" ? qsTr("可以办") : kind === "later" ? qsTr("可先填") : kind === "stopped" ? qsTr("暂停") : qsTr("看指南")
    readonly property color ink: kind === "ready" ? Theme.ready : kind === "later" ? Theme.later : kind === "stopped" ? Theme.stopped : Theme.ink

    implicitWidth: label.x + label.implicitWidth + 4.5 * Theme.mm
    implicitHeight: label.implicitHeight + 2.4 * Theme.mm

    Rectangle {
        anchors.fill: parent
        radius: height / 2
        color: badge.kind === "ready" ? Theme.readyTint : badge.kind === "later" ? Theme.laterTint : badge.kind === "stopped" ? Theme.stoppedTint : Theme.sheet
        border.width: Theme.line
        border.color: badge.ink
    }

    Icon {
        id: sign

        x: 4 * Theme.mm
        anchors.verticalCenter: parent.verticalCenter
        size: Theme.small * 0.72
        color: badge.ink
        shape: badge.kind === "ready" ? "tick" : badge.kind === "later" ? "pencil" : badge.kind === "stopped" ? "pause" : "book"
    }

    Words {
        id: label

        x: 4 * Theme.mm + sign.width + 1.6 * Theme.mm
        anchors.verticalCenter: parent.verticalCenter
        color: badge.ink
        font.pixelSize: Theme.small
        font.weight: Theme.bold
        wrapMode: Text.NoWrap
        text: badge.text
    }
}
