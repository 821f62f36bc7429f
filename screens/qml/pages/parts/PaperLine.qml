import QtQuick
import controls

// One paper and what became of it, in words.
Item {
    id: line

    property string document: ""
    property string paperState: ""
    property bool isCertificate: false
    property string reason: ""
    readonly property bool isMissing: paperState === "missing"
    readonly property string name: document === "sheet" ? isCertificate ? qsTr("证明（A4 纸）") : qsTr("查询单（A4 纸）") : qsTr("凭条（小票）")
    readonly property string words: paperState === "waiting" ? qsTr("排在后面，马上打印") : paperState === "working" ? qsTr("正在打印…") : paperState === "printed" ? qsTr("已打印，请取走") : isMissing ? qsTr("没有打印出来") : qsTr("不能确定是否出来了")
    readonly property bool isTall: height > 44 * Theme.mm

    implicitHeight: Math.max(1.3 * Theme.target, texts.implicitHeight + 8 * Theme.mm)
    objectName: "paper_" + document
    Accessible.role: Accessible.StaticText
    Accessible.name: name + " " + words + " " + reason

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: line.paperState === "printed" ? Theme.readyTint : line.isMissing ? Theme.stoppedTint : line.paperState === "unknown" ? Theme.laterTint : Theme.sheet
    }

    Icon {
        id: sign

        x: 6 * Theme.mm
        anchors.verticalCenter: parent.verticalCenter
        size: line.isTall ? 22 * Theme.mm : 14 * Theme.mm
        shape: line.document === "sheet" ? "sheet" : "slip"
    }

    Column {
        id: texts

        x: sign.x + sign.width + 5 * Theme.mm
        width: parent.width - x - 6 * Theme.mm
        anchors.verticalCenter: parent.verticalCenter

        Words {
            width: parent.width
            text: line.name
        }

        Words {
            width: parent.width
            color: line.paperState === "printed" ? Theme.ready : line.isMissing ? Theme.stopped : line.paperState === "unknown" ? Theme.later : Theme.ink
            font.pixelSize: line.isTall ? Theme.large : Theme.lead
            font.weight: Theme.bold
            lineHeight: Theme.headingLine
            text: line.words
        }

        Words {
            width: parent.width
            visible: text !== ""
            text: line.reason
        }
    }
}
