import QtQuick
import controls

// A count of the queue, as large as its place allows.
Item {
    id: figure

    property string label: ""
    property string count: ""
    property string kind: "ready"
    property string note: ""

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: figure.kind === "ready" ? Theme.readyTint : figure.kind === "later" ? Theme.laterTint : Theme.stoppedTint
    }

    Column {
        x: 8 * Theme.mm
        width: parent.width - 2 * x
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.mm

        Words {
            width: parent.width
            font.weight: Theme.bold
            lineHeight: Theme.headingLine
            text: figure.label
        }

        Words {
            objectName: "figure_" + figure.label
            width: parent.width
            font.pixelSize: Theme.hero
            font.weight: Theme.bold
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: Theme.body
            lineHeight: Theme.headingLine
            wrapMode: Text.NoWrap
            text: figure.count
        }

        Words {
            width: parent.width
            visible: text !== ""
            color: figure.kind === "ready" ? Theme.ready : figure.kind === "later" ? Theme.later : Theme.stopped
            lineHeight: Theme.headingLine
            text: figure.note
        }
    }
}
