pragma ComponentBehavior: Bound
import QtQuick
import controls

// A short fact with a character in a circle before it; where the language has no such character, a drawing.
Item {
    id: fact

    property string sign: ""
    property string icon: ""
    property string title: ""
    property string text: ""

    implicitHeight: Math.max(ring.height, words.implicitHeight)
    Accessible.role: Accessible.StaticText
    Accessible.name: fact.title + " " + fact.text

    Rectangle {
        id: ring

        width: 1.9 * Theme.body
        height: width
        radius: width / 2
        color: Theme.tintQuery

        readonly property bool drawn: Theme.language === "en"

        Words {
            anchors.centerIn: parent
            visible: !parent.drawn
            font.weight: Theme.bold
            wrapMode: Text.NoWrap
            text: fact.sign
        }

        Loader {
            anchors.centerIn: parent
            active: parent.drawn

            sourceComponent: Icon {
                shape: fact.icon
                size: 0.58 * ring.width
            }
        }
    }

    Column {
        id: words

        x: ring.width + 5 * Theme.mm
        width: parent.width - x
        y: Math.max(0, (ring.height - (title.visible ? title.implicitHeight : implicitHeight)) / 2)

        Words {
            id: title

            visible: text !== ""
            width: parent.width
            font.weight: Theme.bold
            text: fact.title
        }

        Words {
            width: parent.width
            color: Theme.muted
            text: fact.text
        }
    }
}
