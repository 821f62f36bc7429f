pragma ComponentBehavior: Bound
import QtQuick
import controls
import pages.parts

// The number on the slip, on a pad of digits and letters.
PageFrame {
    id: page

    readonly property int across: 10
    readonly property real space: Theme.gap
    readonly property real keyWidth: (body.width - (across - 1) * space) / across

    question: qsTr("请输入凭条上的编号")
    lead: Theme.landscape ? "" : qsTr("以 T 开头，印在凭条上“终端流水号”后面。")
    problem: model.problemText
    problemIsGentle: true
    actText: qsTr("查询")
    actEnabled: model.number.length > 8
    actReason: qsTr("编号还没有输完")
    onActed: model.submit()

    Rectangle {
        id: field

        width: parent.width
        height: Theme.landscape ? 1.3 * Theme.target : Math.min(2 * Theme.target, Math.max(1.3 * Theme.target, 0.2 * parent.height))
        radius: Theme.radius
        color: Theme.sheet
        border.width: Theme.line
        border.color: Theme.civic

        Words {
            objectName: "number"
            x: 6 * Theme.mm
            width: parent.width - 2 * x
            anchors.verticalCenter: parent.verticalCenter
            font.pixelSize: Theme.heading
            font.weight: Theme.medium
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: Theme.small
            lineHeight: Theme.headingLine
            wrapMode: Text.NoWrap
            text: page.model.number
        }
    }

    Item {
        id: pad

        readonly property real keyHeight: Math.max(Theme.target, Math.min(2.6 * Theme.target, (height - 3 * page.space) / 4))

        y: field.height + 6 * Theme.mm
        width: parent.width
        height: parent.height - y

        Repeater {
            model: page.model.keys

            KeyCap {
                required property string modelData
                required property int index

                name: "key_" + modelData
                x: (index % page.across) * (page.keyWidth + page.space)
                y: Math.floor(index / page.across) * (pad.keyHeight + page.space)
                width: page.keyWidth
                height: pad.keyHeight
                cap: modelData
                text: modelData
                onActed: page.model.press(modelData)
            }
        }

        KeyCap {
            name: "key_delete"
            x: 7 * (page.keyWidth + page.space)
            y: 3 * (pad.keyHeight + page.space)
            width: 1.5 * page.keyWidth + 0.5 * page.space
            height: pad.keyHeight
            isWord: true
            cap: qsTr("删除")
            text: cap
            onActed: page.model.deleteOne()
        }

        KeyCap {
            name: "key_clear"
            x: 8.5 * (page.keyWidth + page.space) + 0.5 * page.space
            y: 3 * (pad.keyHeight + page.space)
            width: parent.width - x
            height: pad.keyHeight
            isWord: true
            cap: qsTr("清空")
            text: cap
            onActed: page.model.deleteAll()
        }
    }
}
