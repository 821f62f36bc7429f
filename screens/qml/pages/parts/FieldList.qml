pragma ComponentBehavior: Bound
import QtQuick
import controls

// Fields, each {"name", "title", "text", "weight", "isShort"}: the words on the left, the value on the right, in one or two columns.
Item {
    id: list

    property var fields: []
    // of all pages, so that few fields stand in one column
    property int total: 99
    property real mostBreath: 3.4 * Theme.body
    readonly property int across: Theme.landscape && width > 34 * Theme.body && total > down ? 2 : 1
    // English names of fields often take two lines
    readonly property real pitch: (Theme.language === "en" ? 2.3 : 1.78) * Theme.body
    readonly property real padding: 6 * Theme.mm
    readonly property int down: Math.max(1, Math.floor((height - 2 * padding - 1.5 * Theme.body) / pitch))
    // what the view-model cuts pages by
    readonly property real titleEm: columnWidth * split / Theme.body
    readonly property real valueEm: columnWidth * (0.99 - split) / Theme.body
    // rows breathe over the height that there is
    readonly property real filled: {
        let rows = 0;
        for (let i = 0; i < fields.length; i += across)
            rows += Math.max(...fields.slice(i, i + across).map(field => field.weight));
        return Math.max(1, rows);
    }
    property real room: height
    readonly property real breath: Math.max(pitch, Math.min(mostBreath, (room - 2 * padding) / filled - 0.12 * Theme.body))
    readonly property real split: Theme.elder || Theme.language === "en" ? 0.36 : 0.3
    readonly property int type: breath > 2.4 * Theme.body && across === 1 && fields.every(field => field.isShort) ? Theme.lead : Theme.body
    readonly property real columnWidth: (width - 2 * padding - (across - 1) * 2 * padding) / across

    Rectangle {
        width: parent.width
        height: Math.min(list.room, cells.height + 2 * list.padding)
        radius: Theme.radius
        color: Theme.sheet
    }

    Grid {
        id: cells

        x: list.padding
        y: list.padding
        columns: list.across
        columnSpacing: 2 * list.padding

        Repeater {
            model: list.fields

            Item {
                id: cell

                required property var modelData
                required property int index

                width: list.columnWidth
                height: Math.max(list.breath, label.implicitHeight + 0.3 * Theme.body, value.implicitHeight + 0.3 * Theme.body)
                objectName: "field_" + modelData.name
                Accessible.role: Accessible.StaticText
                Accessible.name: label.text + " " + value.text

                Rectangle {
                    visible: cell.index >= list.across
                    width: parent.width
                    height: Theme.line
                    color: Theme.hairline
                }

                Words {
                    id: label

                    anchors.verticalCenter: parent.verticalCenter
                    width: parent.width * list.split
                    color: Theme.muted
                    font.pixelSize: Theme.body
                    text: cell.modelData.title
                }

                Words {
                    id: value

                    anchors.verticalCenter: parent.verticalCenter
                    x: parent.width * (list.split + 0.01)
                    width: parent.width * (0.99 - list.split)
                    horizontalAlignment: Text.AlignRight
                    font.pixelSize: list.type
                    font.weight: Theme.medium
                    text: cell.modelData.text
                }
            }
        }
    }
}
