import QtQuick
import controls
import "../drawings"

// 请取走您的证件和单据: neutral, after the wipe.
Item {
    id: page

    required property var model
    readonly property string call: page.model.call

    Rectangle {
        anchors.fill: parent
        color: Theme.paper
    }

    Rectangle {
        width: parent.width
        height: Theme.target + (Theme.landscape ? 8 : 14) * Theme.mm
        color: Theme.civic

        BrandMark {
            id: mark

            x: Theme.margin
            anchors.verticalCenter: parent.verticalCenter
            size: 16 * Theme.mm
        }

        Words {
            x: mark.x + mark.width + 4 * Theme.mm
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width - x - Theme.margin
            color: Theme.civicText
            font.weight: Theme.bold
            text: page.model.isDemo ? qsTr("演示 · %1").arg(page.model.siteLine) : page.model.siteLine
        }
    }

    Column {
        id: words

        x: Theme.margin
        y: Theme.target + (Theme.landscape ? 22 : 32) * Theme.mm
        width: (Theme.landscape ? parent.width * 0.52 : parent.width) - 2 * Theme.margin
        spacing: 7 * Theme.mm

        Words {
            objectName: "question"
            width: parent.width
            font.pixelSize: Theme.hero
            font.weight: Theme.bold
            lineHeight: Theme.headingLine
            text: page.call === "card" ? qsTr("请取走您的证件") : page.call === "papers" ? qsTr("请取走您的单据") : page.call === "thanks" ? qsTr("再见，欢迎再来") : qsTr("请取走您的证件和单据")
        }

        Words {
            width: parent.width
            font.pixelSize: Theme.lead
            color: Theme.muted
            text: page.model.isRecovered ? qsTr("机器刚刚重新启动，您的信息已清除。可以重新开始，或拨 %1。").arg(page.model.helpPhone) : qsTr("您的信息已从这台机器上清除。")
        }

        ProblemBox {
            width: parent.width
            gentle: true
            text: page.model.isOverdue ? qsTr("证件还在机器上。已通知大厅工作人员，请取走或拨 %1。").arg(page.model.helpPhone) : ""
        }
    }

    Rectangle {
        x: Theme.landscape ? parent.width * 0.52 : Theme.margin
        y: Theme.landscape ? Theme.target + 20 * Theme.mm : words.y + words.height + 12 * Theme.mm
        width: parent.width - x - Theme.margin
        height: parent.height - y - Theme.margin
        radius: 6 * Theme.mm
        color: Theme.readyTint

        TerminalFront {
            anchors.fill: parent
            anchors.margins: 10 * Theme.mm
            bays: page.model.bays
            lit: page.model.lit
            shows: page.model.lit !== "" ? "card" : ""
        }
    }
}
