pragma ComponentBehavior: Bound
import QtQuick
import controls
import pages.parts

// The second factor: choose a way, type the secret on the pad, see what became of it. The digits are never shown.
PageFrame {
    id: page

    readonly property string stage: model.stage
    readonly property bool isCode: model.method === "code"
    readonly property bool isEntering: stage === "enter"
    readonly property bool isWaiting: stage === "sending" || stage === "checking"
    readonly property int wanting: model.digitsWanted - model.digitCount
    readonly property string tries: model.triesLeft > 0 ? qsTr("还可以再试 %1 次。").arg(model.triesLeft) : ""

    question: {
        switch (stage) {
        case "choose":
            return qsTr("请选择怎样核对是您本人");
        case "sending":
            return qsTr("正在发送验证码，请稍候");
        case "enter":
            return isCode ? qsTr("请输入手机收到的 6 位验证码") : qsTr("请输入您的服务密码");
        case "checking":
            return qsTr("正在核对，请稍候");
        case "blocked":
            return qsTr("为了您的账户安全，核对先暂停");
        default:
            return qsTr("这次没有核对成，可以再试一次");
        }
    }
    lead: {
        switch (stage) {
        case "choose":
            return qsTr("只有身份证还不够：再核对一次，别人拿到您的证件也看不到您的信息。");
        case "enter":
            return isCode ? qsTr("验证码已发到 %1，一般 1 分钟内收到。").arg(model.phoneMasked) : qsTr("在窗口或手机上设过的数字密码，6 到 12 位。请用手挡住键盘。");
        default:
            return "";
        }
    }
    problem: [model.problemText, stage === "enter" ? tries : ""].filter(text => text !== "").join(" ")
    problemIsGentle: stage !== "blocked"
    showBack: stage !== "blocked"
    actText: isEntering ? qsTr("核对") : stage === "failed" ? qsTr("再试一次") : stage === "blocked" ? qsTr("知道了，结束") : ""
    secondText: isEntering && isCode ? qsTr("重新发送") : ""
    actEnabled: !isEntering || model.canSubmit
    actReason: isEntering && wanting > 0 ? qsTr("还差 %1 位").arg(wanting) : ""
    onActed: isEntering ? model.submit() : model.goOn()
    onSecondActed: model.chooseMethod("code")
    Component.onDestruction: model.forgetDigits()

    Column {
        id: ways

        readonly property real tileHeight: Math.min(64 * Theme.mm, (height - none.implicitHeight) / 2 - spacing)

        width: parent.width
        height: parent.height
        visible: page.stage === "choose"
        spacing: 6 * Theme.mm

        Repeater {
            model: page.stage === "choose" ? page.model.methods : []

            ChoiceTile {
                required property string modelData

                name: "method_" + modelData
                width: ways.width
                height: Math.max(implicitHeight, ways.tileHeight)
                sign: modelData === "code" ? qsTr("信") : qsTr("密")
                icon: modelData === "code" ? "phone" : "shield"
                tint: modelData === "code" ? Theme.tintRead : Theme.tintQuery
                text: modelData === "code" ? qsTr("手机验证码") : qsTr("服务密码")
                lead: modelData === "code" ? qsTr("发到您在主管部门登记的手机，请带着手机。") : qsTr("您在窗口或手机上设过的数字密码。")
                onActed: page.model.chooseMethod(modelData)
            }
        }

        Words {
            id: none

            width: parent.width
            topPadding: 2 * Theme.mm
            color: Theme.muted
            text: qsTr("两样都没有？请带身份证到人工窗口，或拨打 %1 问怎么设。").arg(page.model.helpPhone)
        }
    }

    TwoParts {
        anchors.fill: parent
        visible: page.isEntering
        share: 0.42
        portraitShare: Math.min(0.4, (1.2 * Theme.target + 4 * Theme.mm + hint.implicitHeight) / Math.max(1, height - 8 * Theme.mm))

        first: Column {
            width: parent ? parent.width : 0
            spacing: 4 * Theme.mm

            DigitDots {
                width: parent.width
                count: page.model.digitCount
                wanted: page.model.digitsWanted
                most: page.model.digitsMost
            }

            Words {
                id: hint

                width: parent.width
                color: Theme.muted
                text: page.isCode ? qsTr("没有收到？请按“重新发送”，或按“返回”改用服务密码。") : qsTr("忘了密码？请按“返回”改用手机验证码。")
            }
        }

        second: KeyPad {
            anchors.fill: parent
            onDigit: digit => page.model.pressDigit(digit)
            onDeleteOne: page.model.deleteDigit()
            onDeleteAll: page.model.forgetDigits()
        }
    }

    Panel {
        width: parent.width
        height: Math.min(parent.height, 110 * Theme.mm)
        visible: page.isWaiting
        color: Theme.tintQuery

        WaitingLights {
            anchors.centerIn: parent
            size: 11 * Theme.mm
            goes: page.isWaiting
        }
    }

    FactPanel {
        width: parent.width
        visible: page.stage === "blocked" || page.stage === "failed"

        FactLine {
            width: parent.width
            visible: page.stage === "failed"
            sign: qsTr("放")
            icon: "steps"
            title: qsTr("核对系统没有回答")
            text: qsTr("再试一次时，请重新输入一遍。")
        }

        FactLine {
            width: parent.width
            visible: page.stage === "blocked"
            sign: qsTr("等")
            icon: "clock"
            title: qsTr("过一会儿再来")
            text: qsTr("暂停到点会自己解除，这台机器和别的机器都可以再办。")
        }

        FactLine {
            width: parent.width
            sign: qsTr("问")
            icon: "phone"
            title: qsTr("拨打 %1").arg(page.model.helpPhone)
            text: qsTr("可以问怎样重设服务密码，怎样更换登记的手机。")
        }

        FactLine {
            width: parent.width
            sign: qsTr("窗")
            icon: "people"
            title: qsTr("白天到人工窗口")
            text: qsTr("带上身份证，当场就能查询和重设。")
        }
    }
}
