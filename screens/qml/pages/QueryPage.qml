import QtQuick
import controls
import pages.parts

// Waiting for the platform: what happens and how long it takes; after a while a way out; after a failure the next try.
PageFrame {
    id: page

    readonly property bool hasFailed: model.stage === "failed"
    readonly property bool isSlow: model.stage === "slow"

    question: hasFailed ? qsTr("这次没有查到，可以再试一次") : isSlow ? qsTr("今天比平时慢，还在查询") : qsTr("正在查询，请稍候")
    lead: hasFailed ? "" : isSlow ? qsTr("主管部门还没有答复，答复一到就显示。请不要走开。") : qsTr("正在向主管部门查询您的信息，一般 3 秒内完成。请不要走开。")
    problem: model.problemText
    actText: hasFailed ? qsTr("再试一次") : ""
    showBack: false
    onActed: model.goOn()

    AskingScene {
        width: parent.width
        height: page.hasFailed ? parent.height - facts.height - 6 * Theme.mm : parent.height
        visible: !page.hasFailed || height > 70 * Theme.mm
        goes: !page.hasFailed
        isCut: page.hasFailed
        text: page.hasFailed ? "" : page.isSlow ? qsTr("您可以继续等，也可以按“结束”改天再来。查询只是看，不会改动您的信息。") : qsTr("查询只是看，不会改动您的信息。")
    }

    FactPanel {
        id: facts

        y: parent.height - height
        width: parent.width
        height: Theme.landscape ? parent.height : 0.5 * parent.height
        visible: page.hasFailed

        FactLine {
            width: parent.width
            sign: qsTr("放")
            icon: "shield"
            title: qsTr("您的信息没有变化")
            text: qsTr("查询只是看，不会改动任何东西。")
        }

        FactLine {
            width: parent.width
            sign: qsTr("问")
            icon: "phone"
            title: qsTr("还是不行？")
            text: qsTr("可以结束后改天再来，或拨打 %1，也可以到人工窗口查询。").arg(page.model.helpPhone)
        }
    }
}
