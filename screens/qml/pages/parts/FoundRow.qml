import QtQuick
import controls

// One line of what was found: its name, who does it or where it lies, and what one gets by touching it.
TouchTarget {
    id: row

    property string note: ""
    property string kind: "guide"
    property string badge: ""
    readonly property int noteLines: (width < 200 * Theme.mm || Theme.elder ? 2 : 1) + (Theme.language === "en" ? 1 : 0)
    readonly property real leastHeight: (2 * Theme.body + noteLines * Theme.small) * 1.26 + 3.5 * Theme.mm

    Accessible.description: row.note

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: row.pressed ? Theme.tintQuery : Theme.sheet
    }

    Column {
        x: 6 * Theme.mm
        width: tag.x - x - 4 * Theme.mm
        anchors.verticalCenter: parent.verticalCenter

        Words {
            width: parent.width
            height: Math.min(implicitHeight, row.height - under.height - 2 * Theme.mm)
            fontSizeMode: Text.Fit
            minimumPixelSize: Theme.small
            font.weight: Theme.bold
            lineHeight: Theme.headingLine
            maximumLineCount: 2
            elide: Text.ElideRight
            text: row.text
        }

        Words {
            id: under

            width: parent.width
            visible: text !== ""
            color: Theme.muted
            font.pixelSize: Theme.small
            lineHeight: Theme.headingLine
            maximumLineCount: row.noteLines
            elide: Text.ElideRight
            text: row.note
        }
    }

    StateBadge {
        id: tag

        anchors.right: parent.right
        anchors.rightMargin: 5 * Theme.mm
        anchors.verticalCenter: parent.verticalCenter
        kind: row.kind
        Binding on text {
            when: row.badge !== ""
            value: row.badge
        }
    }
}
