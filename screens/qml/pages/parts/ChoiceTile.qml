pragma ComponentBehavior: Bound
import QtQuick
import controls

// One large choice: a character (or, in English, a drawing) in a circle, what it is, and what one needs for it.
TouchTarget {
    id: tile

    property string sign: ""
    property string icon: ""
    property string lead: ""
    property color tint: Theme.tintQuery

    implicitHeight: Math.max(2 * Theme.target, words.implicitHeight + 14 * Theme.mm)
    Accessible.description: tile.lead

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: tile.tint
        border.width: tile.pressed ? Theme.stroke : 0
        border.color: Theme.civic
    }

    Rectangle {
        id: ring

        x: 8 * Theme.mm
        anchors.verticalCenter: parent.verticalCenter
        width: 24 * Theme.mm
        height: width
        radius: width / 2
        color: Theme.sheet

        readonly property bool drawn: Theme.language === "en"

        Words {
            anchors.centerIn: parent
            visible: !parent.drawn
            font.pixelSize: Theme.heading
            font.weight: Theme.bold
            wrapMode: Text.NoWrap
            text: tile.sign
        }

        Loader {
            anchors.centerIn: parent
            active: parent.drawn

            sourceComponent: Icon {
                shape: tile.icon
                size: 0.58 * ring.width
            }
        }
    }

    Column {
        id: words

        x: ring.x + ring.width + 7 * Theme.mm
        width: parent.width - x - 8 * Theme.mm
        anchors.verticalCenter: parent.verticalCenter
        spacing: 2 * Theme.mm

        Words {
            width: parent.width
            font.pixelSize: Theme.lead
            font.weight: Theme.bold
            lineHeight: Theme.headingLine
            text: tile.text
        }

        Words {
            width: parent.width
            text: tile.lead
        }
    }
}
