pragma ComponentBehavior: Bound
import QtQuick
import controls
import pages.parts

// The number on the slip, on a pad of digits and letters; where there is a barcode reader, its code instead.
PageFrame {
    id: page

    readonly property int across: 10
    readonly property real space: Theme.gap
    readonly property real keyWidth: (body.width - (across - 1) * space) / across

    question: model.scans ? qsTr("请扫凭条上的码，或输入编号") : qsTr("请输入凭条上的编号")
    lead: Theme.landscape ? "" : qsTr("编号以 T 开头，印在凭条上“终端流水号”后面。")
    // a wide screen is low: what is wrong stands beside the field
    problem: Theme.landscape ? "" : model.problemText
    problemIsGentle: true
    actText: qsTr("查询")
    actEnabled: model.number.length > 8
    actReason: qsTr("编号还没有输完")
    onActed: model.submit()

    Rectangle {
        id: field

        width: scan.visible && Theme.landscape ? 0.5 * parent.width : parent.width
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

    // the code is read by itself: nothing to touch
    Rectangle {
        id: scan

        objectName: "scan"
        readonly property string trouble: Theme.landscape ? page.model.problemText : ""

        visible: page.model.scans || trouble !== ""
        x: Theme.landscape ? field.width + page.space : 0
        y: Theme.landscape ? 0 : field.height + page.space
        width: parent.width - x
        height: Math.max(hint.implicitHeight + 4 * Theme.mm, 1.3 * Theme.target)
        radius: Theme.radius
        color: page.model.isChecking ? Theme.readyTint : Theme.laterTint

        Icon {
            id: sign

            x: 5 * Theme.mm
            anchors.verticalCenter: parent.verticalCenter
            size: 13 * Theme.mm
            color: page.model.isChecking ? Theme.ready : Theme.later
            shape: scan.trouble !== "" ? "warning" : page.model.isChecking ? "tick" : "slip"
        }

        Words {
            id: hint

            objectName: "scan_hint"
            x: sign.x + sign.width + 4 * Theme.mm
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width - x - 5 * Theme.mm
            color: page.model.isChecking ? Theme.ready : Theme.later
            font.weight: Theme.medium
            lineHeight: Theme.headingLine
            text: scan.trouble !== "" ? scan.trouble : page.model.isChecking ? qsTr("读到了，正在核对") : qsTr("把凭条下方的方形码对准扫码窗口，自动读取。")
        }
    }

    Item {
        id: pad

        readonly property real keyHeight: Math.max(Theme.target, Math.min(2.6 * Theme.target, (height - 3 * page.space) / 4))

        y: (scan.visible ? Math.max(scan.y + scan.height, field.height) : field.height) + (Theme.landscape ? 4 : 6) * Theme.mm
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
