pragma ComponentBehavior: Bound
import QtQuick
import controls
import drawings
import pages.parts

// The papers, each with its state in words, the slot lit in the drawing; where the terminal cannot know, it asks.
PageFrame {
    id: page

    readonly property string stage: model.stage
    readonly property bool asksSheet: model.askedDocument === "sheet"

    question: stage === "working" ? qsTr("正在打印，请稍候") : stage === "asking" ? (asksSheet ? model.isCertificate ? qsTr("证明出来了吗？") : qsTr("查询单出来了吗？") : qsTr("凭条出来了吗？")) : stage === "missing" ? qsTr("有的纸没有打印出来，要再打印一次吗？") : qsTr("打好了，请取走您的单据")
    lead: stage === "working" ? qsTr("出纸口在图上亮灯处，请不要往外拉纸。") : stage === "asking" ? qsTr("机器自己看不到纸有没有出来，要请您看一眼亮灯的出纸口。") : stage === "missing" ? qsTr("请看下面的原因。不打印也可以继续，办好的事不受影响。") : qsTr("单据上有您的个人信息，请不要留在机器上。")
    showBack: stage !== "working"
    actText: stage === "asking" ? qsTr("出来了") : stage === "missing" ? qsTr("再打印一次") : stage === "done" ? qsTr("已取走，继续") : ""
    secondText: stage === "asking" ? qsTr("没有出来") : stage === "missing" ? qsTr("不打印，继续") : ""
    onActed: stage === "asking" ? model.answer(true) : stage === "missing" ? model.printAgain() : model.goOn()
    onSecondActed: stage === "asking" ? model.answer(false) : model.goOn()

    TwoParts {
        anchors.fill: parent
        share: 0.5
        portraitShare: Math.max(0.2, 1 - (papers.implicitHeight + 4 * Theme.mm) / Math.max(1, height - 8 * Theme.mm))

        first: Panel {
            anchors.fill: parent
            visible: height > 40 * Theme.mm
            color: Theme.tintQuery

            TerminalFront {
                anchors.fill: parent
                bays: page.model.bays
                lit: page.model.litDevice
                shows: page.model.litDevice === "" || page.stage === "asking" ? "" : "paper"
            }
        }

        second: Column {
            id: papers

            // beside the drawing there is room for larger lines
            readonly property real lineHeight: Theme.landscape && (page.stage === "working" || page.stage === "done") ? Math.min(100 * Theme.mm, ((parent ? parent.height : 0) - (time.visible ? time.implicitHeight + spacing : 0) + spacing) / Math.max(1, page.model.papers.length) - spacing) : 0

            width: parent ? parent.width : 0
            spacing: Theme.gap

            Repeater {
                model: page.model.papers

                PaperLine {
                    required property var modelData

                    width: papers.width
                    height: Math.max(implicitHeight, papers.lineHeight)
                    document: modelData.document
                    isCertificate: page.model.isCertificate
                    paperState: modelData.state
                    reason: modelData.reason
                }
            }

            TimeBar {
                id: time

                width: parent.width
                visible: page.stage === "done" && page.model.secondsLeft >= 0
                seconds: Math.max(0, page.model.secondsLeft)
                total: page.model.secondsTotal
            }
        }
    }
}
