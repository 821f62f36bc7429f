pragma ComponentBehavior: Bound
import QtQuick
import controls
import pages.parts

// Which kind of matter, then the text. What was written stays when one goes back.
PageFrame {
    id: page

    readonly property bool isText: model.stage === "text"

    question: isText ? qsTr("请写下您要说的事") : qsTr("您要说的是哪一类？")
    lead: isText || Theme.landscape ? "" : qsTr("选一类，好交给对的人答复。")
    actText: isText ? qsTr("写好了，继续") : ""
    actEnabled: model.hasText
    actReason: qsTr("还没有写内容")
    onActed: {
        const text = entry.item as TextEntry;
        if (text !== null && text.composing)
            text.askToFinish();
        else
            model.submit();
    }
    Component.onDestruction: model.forget()

    Item {
        id: tiles

        readonly property int across: Theme.landscape ? 2 : 1
        readonly property int down: 4 / across
        readonly property real space: (Theme.landscape ? 5 : 6) * Theme.mm
        readonly property real tileWidth: (width - (across - 1) * space) / across
        readonly property real tileHeight: (height - (down - 1) * space) / down

        anchors.fill: parent
        visible: !page.isText

        Repeater {
            model: page.isText ? [] : page.model.categories

            ChoiceTile {
                required property var modelData
                required property int index

                name: "category_" + modelData["key"]
                x: (index % tiles.across) * (tiles.tileWidth + tiles.space)
                y: Math.floor(index / tiles.across) * (tiles.tileHeight + tiles.space)
                width: tiles.tileWidth
                height: tiles.tileHeight
                sign: modelData["sign"]
                icon: modelData["chosen"] ? "tick" : ["question", "warning", "pencil", "people"][index]
                tint: modelData["chosen"] ? Theme.readyTint : [Theme.tintQuery, Theme.tintAsk, Theme.tintRead, Theme.tintDo][index]
                text: modelData["title"]
                lead: modelData["lead"]
                onActed: page.model.choose(modelData["key"])
            }
        }
    }

    Loader {
        id: entry

        anchors.fill: parent
        active: page.isText

        sourceComponent: TextEntry {
            limit: page.model.limit
            label: qsTr("内容")
            placeholder: qsTr("什么事、什么时候、在哪里，希望怎样解决。请不要写银行卡号和密码。")
            problem: page.model.problemText
            text: page.model.text
            onEdited: text => page.model.setText(text)
        }
    }
}
