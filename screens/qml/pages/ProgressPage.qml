pragma ComponentBehavior: Bound
import QtQuick
import controls
import pages.parts

// How far it has come: the state as the largest thing, the way with the places that are reached, what to do.
PageFrame {
    id: page

    readonly property string stage: model.stage
    readonly property bool isTold: stage === "told"
    readonly property bool hasAnswer: model.answer.length > 0

    question: isTold ? model.title : stage === "failed" ? qsTr("这次没有查到") : qsTr("正在查询，请稍候")
    lead: isTold ? model.lead : ""
    problem: model.problemText
    problemIsGentle: true
    showBack: false
    actText: isTold ? qsTr("知道了") : stage === "failed" ? qsTr("再查一次") : ""
    onActed: model.goOn()

    AskingScene {
        anchors.fill: parent
        visible: !page.isTold
        goes: page.stage === "waiting"
        isCut: page.stage === "failed"
        text: page.stage === "waiting" ? qsTr("查询只看办到哪一步，不显示您写的内容。") : ""
    }

    TwoParts {
        anchors.fill: parent
        visible: page.isTold
        share: page.model.way.length > 0 ? 0.5 : 1
        portraitShare: page.model.way.length > 0 ? 0.34 : 1

        first: FactPanel {
            anchors.fill: parent

            FactLine {
                width: parent.width
                sign: qsTr("号")
                icon: "slip"
                title: page.model.number
                text: page.model.receipt !== "" ? qsTr("平台回执 %1").arg(page.model.receipt) : qsTr("终端流水号")
            }

            FactLine {
                width: parent.width
                sign: qsTr("问")
                icon: "phone"
                title: qsTr("拨打 %1").arg(page.model.helpPhone)
                text: qsTr("报上编号就能问。")
            }
        }

        second: FactPanel {
            anchors.fill: parent
            visible: page.model.way.length > 0 && !page.hasAnswer

            WayLine {
                width: parent.width
                step: page.model.way[0]
                number: 1
            }

            WayLine {
                width: parent.width
                step: page.model.way[1]
                number: 2
            }

            WayLine {
                width: parent.width
                step: page.model.way[2]
                number: 3
            }

            WayLine {
                width: parent.width
                step: page.model.way[3]
                number: 4
            }
        }
    }

    // in place of the way: the department's words
    Panel {
        visible: page.isTold && page.hasAnswer
        x: parent.width - width
        y: parent.height - height
        width: Theme.landscape ? 0.5 * (parent.width - 8 * Theme.mm) : parent.width
        height: Theme.landscape ? parent.height : 0.66 * (parent.height - 8 * Theme.mm)

        PagedSections {
            width: parent.width
            height: parent.height
            columns: 1
            most: 2
            sections: page.model.answer
        }
    }

    component WayLine: FactLine {
        property var step
        property int number

        sign: step?.reached ? "✓" : number
        icon: step?.reached ? "tick" : "clock"
        title: step?.text ?? ""
        text: step?.reached ? qsTr("已完成") : qsTr("还没有")
    }
}
