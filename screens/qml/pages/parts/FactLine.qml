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
    property int size: 0 // 0 body, 1 lead, 2 large, 3 heading; set by FactPanel

    implicitHeight: Math.max(ring.height, words.height)
    Accessible.role: Accessible.StaticText
    Accessible.name: fact.title + " " + fact.text

    Rectangle {
        id: ring

        readonly property bool drawn: Theme.language === "en"

        y: (parent.height - height) / 2
        width: (fact.size >= 2 ? 2.3 : 2.1) * title.font.pixelSize
        height: width
        radius: width / 2
        color: Theme.tintQuery

        Words {
            anchors.centerIn: parent
            visible: !parent.drawn
            color: Theme.civic
            font.pixelSize: title.font.pixelSize
            font.weight: Theme.bold
            wrapMode: Text.NoWrap
            text: fact.sign
        }

        Loader {
            anchors.centerIn: parent
            active: parent.drawn

            sourceComponent: Icon {
                shape: fact.icon
                color: Theme.civic
                size: 0.58 * ring.width
            }
        }
    }

    Item {
        id: words

        x: ring.width + 7 * Theme.mm
        y: (parent.height - height) / 2
        width: parent.width - x
        height: (title.visible ? title.implicitHeight : 0) + body.implicitHeight

        Words {
            id: title

            visible: text !== ""
            width: parent.width
            font.pixelSize: fact.size === 3 ? Theme.heading : fact.size === 2 ? Theme.large : fact.size === 1 ? Theme.lead : Theme.body
            font.weight: Theme.bold
            text: fact.title
        }

        Words {
            id: body

            y: title.visible ? title.implicitHeight : 0
            width: parent.width
            color: Theme.muted
            font.pixelSize: fact.size === 3 ? Theme.large : fact.size === 2 ? Theme.lead : fact.size === 1 ? (Theme.lead + Theme.body) / 2 : Theme.body
            text: fact.text
        }
    }
}
