pragma ComponentBehavior: Bound
import QtQuick
import controls
import drawings
import pages.parts

// Five grades and, as large as each of them, the choice to pass. Nobody is asked twice.
PageFrame {
    id: page

    readonly property bool isAsking: model.stage === "asking" || model.stage === "failed"
    readonly property real space: Theme.gap
    readonly property int across: Theme.landscape ? 3 : 2
    readonly property int down: 6 / across

    question: model.stage === "sent" ? qsTr("谢谢您的评价") : model.stage === "sending" ? qsTr("正在送出您的评价") : qsTr("您对这次办理满意吗？")
    lead: isAsking ? qsTr("自愿评价。工作人员看不到是谁评的。") : model.stage === "sent" ? qsTr("您的评价已经收到。请按“完成”，然后取走证件和单据。") : ""
    problem: model.problemText
    problemIsGentle: true
    showBack: false
    actText: isAsking ? "" : qsTr("完成")
    actEnabled: model.stage !== "sending"
    actReason: qsTr("评价送出后就可以完成")
    onActed: model.goOn()

    Item {
        id: choices

        readonly property real tileWidth: (width - (page.across - 1) * page.space) / page.across
        readonly property real tileHeight: (height - (page.down - 1) * page.space) / page.down

        width: parent.width
        height: parent.height - time.height - 4 * Theme.mm
        visible: page.isAsking

        Repeater {
            model: page.isAsking ? [5, 4, 3, 2, 1, 0] : []

            TouchTarget {
                id: choice

                required property int index
                required property int modelData
                readonly property bool isPass: modelData === 0

                name: isPass ? "skip" : "grade_" + modelData
                x: (index % page.across) * (choices.tileWidth + page.space)
                y: Math.floor(index / page.across) * (choices.tileHeight + page.space)
                width: choices.tileWidth
                height: choices.tileHeight
                text: modelData === 5 ? qsTr("非常满意") : modelData === 4 ? qsTr("满意") : modelData === 3 ? qsTr("基本满意") : modelData === 2 ? qsTr("不满意") : modelData === 1 ? qsTr("非常不满意") : qsTr("跳过，不评价")
                onActed: isPass ? page.model.goOn() : page.model.rate(modelData)

                Rectangle {
                    anchors.fill: parent
                    radius: Theme.radius
                    color: choice.pressed ? Theme.tintQuery : Theme.sheet
                    border.width: Theme.line
                    border.color: Theme.civic
                }

                Column {
                    anchors.centerIn: parent
                    width: parent.width - 6 * Theme.mm
                    spacing: 3 * Theme.mm

                    GradeFace {
                        visible: !choice.isPass
                        anchors.horizontalCenter: parent.horizontalCenter
                        size: Math.min(46 * Theme.mm, choice.height - title.implicitHeight - 12 * Theme.mm)
                        grade: choice.modelData
                        fill: Theme.paper
                    }

                    Icon {
                        visible: choice.isPass
                        anchors.horizontalCenter: parent.horizontalCenter
                        size: 0.5 * Math.min(46 * Theme.mm, choice.height - title.implicitHeight - 12 * Theme.mm)
                        shape: "next"
                    }

                    Words {
                        id: title

                        width: parent.width
                        horizontalAlignment: Text.AlignHCenter
                        font.pixelSize: choice.height > 60 * Theme.mm ? Theme.large : Theme.lead
                        font.weight: Theme.bold
                        text: choice.text
                    }
                }
            }
        }
    }

    TimeBar {
        id: time

        y: parent.height - height
        width: parent.width
        visible: page.model.secondsLeft >= 0 && page.model.stage !== "sending"
        seconds: Math.max(0, page.model.secondsLeft)
        total: page.model.secondsTotal
    }

    WaitingLights {
        anchors.centerIn: parent
        visible: page.model.stage === "sending"
        size: 11 * Theme.mm
    }

    Rectangle {
        width: parent.width
        height: (time.visible ? time.y - 5 * Theme.mm : parent.height)
        visible: page.model.stage === "sent"
        radius: Theme.radius
        color: Theme.readyTint

        GradeFace {
            anchors.centerIn: parent
            size: Math.min(110 * Theme.mm, parent.height * 0.7)
            grade: page.model.sentGrade
        }
    }
}
