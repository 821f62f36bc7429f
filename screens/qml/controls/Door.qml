pragma ComponentBehavior: Bound
import QtQuick

// One of the four doors of the home page: a character (in English a drawing) in a circle, what one wants, and examples.
TouchTarget {
    id: door

    property string letter: ""
    property string icon: ""
    property string examples: ""
    property color tint: Theme.tintQuery
    property bool chosen: false

    Accessible.description: door.examples

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: door.pressed ? Theme.hairline : door.tint
        border.width: door.chosen ? Theme.stroke : 0
        border.color: Theme.civic
    }

    Rectangle {
        id: disc

        // where the language has no such character
        readonly property bool isDrawn: Theme.language === "en"

        x: (Theme.elder ? 12 : 7) * Theme.mm
        anchors.verticalCenter: parent.verticalCenter
        width: Theme.elder ? 34 * Theme.mm : 21 * Theme.mm
        height: width
        radius: width / 2
        color: Theme.sheet

        Words {
            anchors.centerIn: parent
            color: Theme.civic
            font.pixelSize: Theme.heading
            font.weight: Theme.bold
            visible: !disc.isDrawn
            text: door.letter
        }

        Loader {
            anchors.centerIn: parent
            active: disc.isDrawn

            sourceComponent: Icon {
                shape: door.icon
                color: Theme.civic
                size: 0.56 * disc.width
            }
        }
    }

    Column {
        x: disc.x + disc.width + (Theme.elder ? 9 : 5) * Theme.mm
        width: parent.width - x - 4 * Theme.mm
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.mm

        Words {
            width: parent.width
            font.pixelSize: Theme.elder ? Theme.heading : Theme.lead
            font.weight: Theme.bold
            lineHeight: Theme.headingLine
            text: door.text
        }

        Words {
            width: parent.width
            font.pixelSize: Theme.small
            color: Theme.muted
            lineHeight: Theme.headingLine
            text: door.examples
        }
    }
}
