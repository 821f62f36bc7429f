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

    readonly property bool isTall: height > 90 * Theme.mm

    implicitHeight: Math.max(2 * Theme.target, words.height + 14 * Theme.mm)
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

        readonly property bool drawn: Theme.language === "en"

        x: 12 * Theme.mm
        y: (tile.height - height) / 2
        width: Math.max(26 * Theme.mm, Math.min(0.24 * tile.width, 0.4 * tile.height))
        height: width
        radius: width / 2
        color: Theme.sheet

        Words {
            anchors.centerIn: parent
            visible: !parent.drawn
            color: Theme.civic
            font.pixelSize: 0.5 * ring.width
            font.weight: Theme.bold
            wrapMode: Text.NoWrap
            text: tile.sign
        }

        Loader {
            anchors.centerIn: parent
            active: parent.drawn

            sourceComponent: Icon {
                shape: tile.icon
                color: Theme.civic
                size: 0.56 * ring.width
            }
        }
    }

    Item {
        id: words

        x: ring.x + ring.width + 10 * Theme.mm
        y: (tile.height - height) / 2
        width: parent.width - x - 8 * Theme.mm
        height: title.implicitHeight + 2 * Theme.mm + lead.implicitHeight

        Words {
            id: title

            width: parent.width
            font.pixelSize: tile.isTall ? Theme.heading : Theme.large
            font.weight: Theme.bold
            lineHeight: Theme.headingLine
            text: tile.text
        }

        Words {
            id: lead

            y: title.implicitHeight + 2 * Theme.mm
            width: parent.width
            font.pixelSize: Theme.lead
            text: tile.lead
        }
    }
}
