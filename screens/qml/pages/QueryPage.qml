import QtQuick
import controls
import pages.parts

// Waiting for the platform: what happens and how long it takes; after a while a way out; after a failure the next try.
PageFrame {
    id: page

    readonly property bool hasFailed: model.stage === "failed"
    readonly property bool isSlow: model.stage === "slow"

    question: hasFailed ? qsTr("这次没有查到，可以再试一次") : isSlow ? qsTr("今天比平时慢，还在查询") : qsTr("正在查询，请稍候")
    lead: hasFailed ? "" : qsTr("正在向主管部门查询您的信息，一般 3 秒内完成。请不要走开。")
    problem: model.problemText
    actText: hasFailed ? qsTr("再试一次") : ""
    showBack: false
    onActed: model.goOn()

    Panel {
        width: parent.width
        height: Math.min(parent.height, 150 * Theme.mm)
        visible: !page.hasFailed
        color: Theme.tintQuery

        Column {
            anchors.centerIn: parent
            width: parent.width
            spacing: 10 * Theme.mm

            WaitingLights {
                anchors.horizontalCenter: parent.horizontalCenter
                size: 11 * Theme.mm
                goes: !page.hasFailed
            }

            Words {
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                font.pixelSize: Theme.lead
                text: page.isSlow ? qsTr("您可以继续等，也可以按“结束”改天再来。查询不会改动您的账户。") : qsTr("查询不会改动您的账户。")
            }
        }
    }

    FactPanel {
        width: parent.width
        visible: page.hasFailed

        FactLine {
            width: parent.width
            sign: qsTr("放")
            icon: "shield"
            title: qsTr("您的账户没有变化")
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
