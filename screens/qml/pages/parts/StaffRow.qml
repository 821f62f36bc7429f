import QtQuick
import controls

// One line of a staff board: what it is, how it stands, and at most one act.
Item {
    id: row

    property string title: ""
    property string text: ""
    property string kind: "ready" // ready, later, stopped
    property string act: ""
    property string actName: ""
    property bool actEnabled: true
    readonly property color ink: kind === "ready" ? Theme.ready : kind === "later" ? Theme.later : Theme.stopped
    signal acted

    Accessible.role: Accessible.StaticText
    Accessible.name: row.title + " " + row.text

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: row.kind === "ready" ? Theme.sheet : row.kind === "later" ? Theme.laterTint : Theme.stoppedTint

        Rectangle {
            anchors.verticalCenter: parent.verticalCenter
            width: 1.6 * Theme.mm
            height: parent.height - 2 * Theme.radius
            radius: width / 2
            color: row.ink
        }
    }

    Column {
        x: 6 * Theme.mm
        width: (button.visible ? button.x : parent.width) - x - 4 * Theme.mm
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.mm

        Words {
            width: parent.width
            font.weight: Theme.bold
            lineHeight: Theme.headingLine
            text: row.title
        }

        Words {
            width: parent.width
            color: row.kind === "ready" ? Theme.muted : row.ink
            font.pixelSize: Theme.small
            lineHeight: Theme.headingLine
            text: row.text
        }
    }

    QuietButton {
        id: button

        name: row.actName
        visible: row.act !== ""
        enabled: row.actEnabled
        x: parent.width - width - 4 * Theme.mm
        anchors.verticalCenter: parent.verticalCenter
        text: row.act
        onActed: row.acted()
    }
}
