pragma ComponentBehavior: Bound
import QtQuick
import controls
import pages.parts

// What one looks for, with what it finds below (on a wide screen beside the keyboard); and, in the second stage, what was opened.
PageFrame {
    id: page

    readonly property bool isList: model.stage === "list"
    readonly property real gap: Theme.gap
    readonly property real keyboardWidth: Theme.landscape ? Math.max(10 * Theme.target + 9 * Theme.gap, 0.54 * body.width) : body.width
    readonly property real keyboardHeight: 6 * Theme.target + 5 * Theme.gap
    property int sheet: 0

    question: !isList ? model.title : model.scope === "policy" ? qsTr("您要找什么政策？") : model.scope === "place" ? qsTr("您要找哪个地名？") : qsTr("您要找什么？")
    lead: isList ? "" : model.titleNote
    problem: model.problemText !== "" ? model.problemText : isList ? model.oldText : [model.elsewhere, model.oldText].filter(text => text !== "").join("\n")
    problemIsGentle: true
    Component.onDestruction: model.forget()

    Connections {
        target: page.model

        function onAnsweredChanged() {
            page.sheet = 0;
        }
    }

    Loader {
        id: list

        anchors.fill: parent
        active: page.isList
        sourceComponent: Item {
            id: place

            readonly property real leftWidth: Theme.landscape ? width - page.keyboardWidth - 2 * page.gap : width
            readonly property real lowest: Theme.landscape ? height : height - page.keyboardHeight - 5 * Theme.mm

            SearchEntry {
                id: entry

                width: place.leftWidth
                height: implicitHeight
                begin: page.model.text
                limit: page.model.limit
                label: qsTr("要找的内容")
                placeholder: Theme.landscape ? qsTr("字、拼音或首字母") : qsTr("打几个字、拼音或首字母")
                onEdited: text => page.model.setText(text)
            }

            Item {
                id: found

                readonly property var rows: page.model.rows
                readonly property real least: measure.leastHeight
                readonly property real room: height - Theme.target - page.gap
                readonly property int each: Math.max(1, Math.min(Theme.elder ? 6 : 12, Math.floor((room + page.gap) / (least + page.gap))))
                readonly property int pages: Math.max(1, Math.ceil(rows.length / each))
                readonly property int sheet: Math.min(page.sheet, pages - 1)
                readonly property real rowHeight: Math.min(1.4 * least, (room + page.gap) / each - page.gap)

                y: entry.height + page.gap
                width: place.leftWidth
                height: place.lowest - y

                FoundRow {
                    id: measure

                    visible: false
                    width: parent.width
                }

                Repeater {
                    model: found.rows.slice(found.sheet * found.each, (found.sheet + 1) * found.each)

                    FoundRow {
                        required property var modelData
                        required property int index

                        name: "found_" + index
                        y: index * (height + page.gap)
                        width: found.width
                        height: found.rowHeight
                        enabled: page.model.isSettled
                        text: modelData["name"]
                        note: modelData["note"]
                        kind: modelData["kind"]
                        badge: modelData["badge"]
                        onActed: page.model.open(found.sheet * found.each + index)
                    }
                }

                Pager {
                    visible: found.rows.length > 0
                    y: parent.height - height
                    width: parent.width
                    page: found.sheet
                    pages: found.pages
                    note: page.model.countText
                    onTurned: to => page.sheet = to
                }

                Words {
                    objectName: "looking"
                    width: parent.width
                    visible: page.model.isLooking
                    color: Theme.muted
                    text: qsTr("正在找…")
                }

                FactPanel {
                    visible: page.model.isEmpty
                    width: parent.width
                    height: Math.min(parent.height, 150 * Theme.mm)

                    FactLine {
                        width: parent.width
                        sign: qsTr("没")
                        icon: "search"
                        title: qsTr("没有找到")
                        text: qsTr("少打几个字，或换一种说法，再试一次。")
                    }

                    FactLine {
                        width: parent.width
                        sign: qsTr("问")
                        icon: "phone"
                        title: qsTr("也可以拨打 %1").arg(page.model.helpPhone)
                        text: qsTr("或请工作人员帮您找。")
                    }
                }

                FactPanel {
                    visible: !page.model.isEmpty && !page.model.isLooking && found.rows.length === 0 && page.problem === ""
                    width: parent.width
                    height: Math.min(parent.height, 150 * Theme.mm)

                    FactLine {
                        width: parent.width
                        sign: qsTr("字")
                        icon: "pencil"
                        title: qsTr("打几个字就行")
                        text: page.model.scope === "policy" ? qsTr("例如：补贴、就业、老年人") : page.model.scope === "place" ? qsTr("例如：区、街道、村的名字") : qsTr("例如：社保、居住证、老年人")
                    }

                    FactLine {
                        width: parent.width
                        sign: qsTr("拼")
                        icon: "search"
                        title: qsTr("拼音、首字母也行")
                        text: qsTr("例如：shebao、sb")
                    }
                }
            }

            Loader {
                id: keyboard

                // made after the field has its text, and by its address, so that pages without it load nothing of it
                x: parent.width - width
                y: parent.height - height
                width: page.keyboardWidth
                height: Theme.landscape ? Math.min(parent.height, 1.25 * page.keyboardHeight) : page.keyboardHeight
                Component.onCompleted: setSource("../keyboard/KeyboardPanel.qml", {
                    "field": entry.field,
                    "oneLine": true
                })
            }

            Binding {
                target: keyboard.item
                property: "room"
                value: entry.room
                when: keyboard.item !== null
            }
        }
    }

    PagedSections {
        visible: !page.isList
        anchors.fill: parent
        most: 1
        sections: page.isList ? [] : page.model.sections
    }
}
