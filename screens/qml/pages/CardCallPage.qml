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

    Item {
        id: words

        readonly property real room: Theme.landscape ? page.height - y - Theme.margin : implicitHeight

        implicitHeight: question.implicitHeight + gone.implicitHeight + 7 * Theme.mm + (safe.visible ? safe.height + 7 * Theme.mm : 0) + (trouble.visible ? trouble.implicitHeight + 7 * Theme.mm : 0)
        x: Theme.margin
        y: Theme.target + (Theme.landscape ? 20 : 32) * Theme.mm
        width: (Theme.landscape ? parent.width * 0.5 : parent.width) - 2 * Theme.margin
        height: room

        Words {
            id: question

            objectName: "question"
            y: (words.height - words.implicitHeight - (todo.visible ? todo.height + 14 * Theme.mm : 0)) / 2
            width: parent.width
            font.pixelSize: Theme.hero
            font.weight: Theme.bold
            lineHeight: Theme.headingLine
            text: page.call === "card" ? qsTr("请取走您的证件") : page.call === "papers" ? qsTr("请取走您的单据") : page.call === "thanks" ? qsTr("再见，欢迎再来") : qsTr("请取走您的证件和单据")
        }

        Words {
            id: gone

            y: question.y + question.height + 7 * Theme.mm
            width: parent.width
            font.pixelSize: Theme.lead
            color: Theme.muted
            text: page.model.isRecovered ? qsTr("机器刚刚重新启动，您的信息已清除。可以重新开始，或拨 %1。").arg(page.model.helpPhone) : qsTr("您的信息已从这台机器上清除。")
        }

        // a machine that has just started again owes the person this before all else
        Rectangle {
            id: safe

            visible: page.model.keptText !== ""
            y: gone.y + gone.height + 7 * Theme.mm
            width: parent.width
            height: visible ? sentence.implicitHeight + 10 * Theme.mm : 0
            radius: Theme.radius
            color: Theme.readyTint

            Icon {
                x: 6 * Theme.mm
                anchors.verticalCenter: parent.verticalCenter
                size: 12 * Theme.mm
                color: Theme.ready
                shape: "tick"
            }

            Words {
                id: sentence

                objectName: "kept"
                x: 24 * Theme.mm
                anchors.verticalCenter: parent.verticalCenter
                width: parent.width - x - 6 * Theme.mm
                font.pixelSize: Theme.lead
                font.weight: Theme.bold
                color: Theme.ready
                text: page.model.keptText
            }
        }

        ProblemBox {
            id: trouble

            y: safe.visible ? safe.y + safe.height + 7 * Theme.mm : safe.y
            width: parent.width
            height: implicitHeight
            gentle: true
            text: page.model.isOverdue ? qsTr("证件还在机器上。已通知大厅工作人员，请取走或拨 %1。").arg(page.model.helpPhone) : ""
        }

        // what to take, drawn large where there is room beside the front
        Row {
            id: todo

            visible: Theme.landscape && !trouble.visible && !page.model.isRecovered && page.call !== "thanks"
            y: gone.y + gone.height + 14 * Theme.mm
            height: visible ? 44 * Theme.mm : 0
            spacing: 10 * Theme.mm

            Repeater {
                model: page.call === "card" ? ["card"] : page.call === "papers" ? ["slip", "sheet"] : ["card", "slip", "sheet"]

                Rectangle {
                    required property string modelData

                    width: 44 * Theme.mm
                    height: width
                    radius: 6 * Theme.mm
                    color: Theme.sheet

                    Icon {
                        anchors.centerIn: parent
                        size: 26 * Theme.mm
                        color: Theme.civic
                        shape: parent.modelData
                    }
                }
            }
        }
    }

    Rectangle {
        x: Theme.landscape ? parent.width * 0.5 : Theme.margin
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
