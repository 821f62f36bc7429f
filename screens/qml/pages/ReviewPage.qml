pragma ComponentBehavior: Bound
import QtQuick
import controls

// Everything that will be handed in; each part can be changed, and the way leads back here.
PageFrame {
    id: page

    question: qsTr("请核对，再提交")
    actText: qsTr("提交")
    onActed: model.goOn()

    Panel {
        id: sheet

        width: parent.width
        height: changes.y - 5 * Theme.mm
        padding: (Theme.landscape ? 5 : 8) * Theme.mm

        PagedSections {
            width: parent.width
            height: parent.height
            most: 1
            sections: page.model.sections
        }
    }

    Row {
        id: changes

        readonly property real share: (width - (page.model.entries.length - 1) * spacing) / Math.max(1, page.model.entries.length)

        y: note.y - height - 5 * Theme.mm
        width: parent.width
        height: Theme.target
        spacing: Theme.gap

        Repeater {
            model: page.model.entries

            QuietButton {
                required property var modelData

                name: "change_" + modelData["key"]
                width: changes.share
                icon: Theme.elder && !Theme.landscape ? "" : "pencil"
                text: modelData["text"]
                onActed: page.model.change(modelData["key"])
            }
        }
    }

    Words {
        id: note

        y: parent.height - height
        width: parent.width
        color: Theme.muted
        text: page.model.note
    }
}
