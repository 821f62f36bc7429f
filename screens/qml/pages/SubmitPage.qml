import QtQuick
import controls
import pages.parts

// Being handed in; handed in, with the number as the largest thing and what happens next; or not known whether it was.
PageFrame {
    id: page

    readonly property string stage: model.stage
    readonly property bool isDone: stage === "done"
    readonly property bool isAtPlatform: model.receipt !== ""

    question: isDone ? (isAtPlatform ? qsTr("已提交，平台已收到") : qsTr("已提交，尚未受理")) : stage === "sending" ? qsTr("正在提交，请稍候") : qsTr("还没有确认提交成功")
    lead: stage === "failed" ? qsTr("请按“再提交一次”：同一份只会收一次，不会重复。") : ""
    problem: model.problemText
    problemIsGentle: true
    showBack: false
    actText: isDone ? (model.canPrint ? qsTr("打印凭条") : qsTr("我已记下编号，继续")) : stage === "failed" ? qsTr("再提交一次") : ""
    secondText: isDone && model.canPrint ? qsTr("不打印，继续") : ""
    onActed: isDone && model.canPrint ? model.printSlip() : model.goOn()
    onSecondActed: model.goOn()

    AskingScene {
        anchors.fill: parent
        visible: page.stage === "sending"
        goes: page.stage === "sending"
        text: qsTr("先安全存下，再送往平台。")
    }

    AskingScene {
        anchors.fill: parent
        visible: page.stage === "failed"
        goes: false
        isCut: true
        text: qsTr("您写的内容还在，不用重写。")
    }

    TwoParts {
        anchors.fill: parent
        visible: page.isDone
        share: 0.44
        portraitShare: 0.3

        first: Rectangle {
            anchors.fill: parent
            radius: Theme.radius
            color: Theme.civic

            Column {
                x: 8 * Theme.mm
                width: parent.width - 2 * x
                anchors.verticalCenter: parent.verticalCenter
                spacing: 3 * Theme.mm

                Words {
                    width: parent.width
                    color: Theme.civicTextQuiet
                    font.pixelSize: Theme.lead
                    text: qsTr("终端流水号")
                }

                Words {
                    objectName: "terminal_number"
                    width: parent.width
                    color: Theme.civicText
                    font.pixelSize: Theme.hero
                    font.weight: Theme.bold
                    fontSizeMode: Text.HorizontalFit
                    minimumPixelSize: Theme.body
                    wrapMode: Text.NoWrap
                    text: page.model.number
                }

                Words {
                    width: parent.width
                    color: Theme.civicTextQuiet
                    text: page.isAtPlatform ? qsTr("%1 提交 · 平台回执 %2").arg(page.model.handedInAt).arg(page.model.receipt) : qsTr("%1 提交").arg(page.model.handedInAt)
                }
            }
        }

        second: FactPanel {
            anchors.fill: parent

            FactLine {
                width: parent.width
                sign: qsTr("送")
                icon: "next"
                title: page.isAtPlatform ? qsTr("已经送到平台") : qsTr("联网后自动送达")
                text: page.isAtPlatform ? qsTr("约一个工作日答复。") : qsTr("已加密存在本机，断电也不会丢，不用再交一次。")
            }

            FactLine {
                width: parent.width
                visible: !page.model.isVerified
                sign: qsTr("验")
                icon: "shield"
                title: qsTr("身份待核验")
                text: qsTr("下次带身份证和手机来确认，确认后才算受理。")
            }

            FactLine {
                width: parent.width
                sign: qsTr("查")
                icon: "search"
                title: qsTr("在任何一台终端都能查")
                text: qsTr("选“办件查询”，输入编号，放身份证。")
            }

            FactLine {
                width: parent.width
                sign: qsTr("问")
                icon: "phone"
                title: qsTr("拨打 %1").arg(page.model.helpPhone)
                text: qsTr("报上编号就能问。")
            }
        }
    }
}
