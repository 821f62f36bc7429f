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
            return page.model.mayDoWithout ? qsTr("网络中断，可以先填写，以后再核对") : qsTr("这次没有核对成，可以再试一次");
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
    problem: [model.problemText, stage === "enter" ? tries : ""].filter(text => text !== "").join(model.language === "en" ? " " : "")
    problemIsGentle: stage !== "blocked"
    showBack: stage !== "blocked"
    actText: isEntering ? qsTr("核对") : stage === "failed" ? (model.mayDoWithout ? qsTr("先填写，继续") : qsTr("再试一次")) : stage === "blocked" ? qsTr("知道了，结束") : ""
    secondText: isEntering && isCode ? qsTr("重新发送") : model.without === "progress" ? qsTr("不核对，只看进度") : model.without === "handIn" ? qsTr("先不核对，继续") : ""
    actEnabled: !isEntering || model.canSubmit
    actReason: isEntering && wanting > 0 ? qsTr("还差 %1 位").arg(wanting) : ""
    onActed: isEntering ? model.submit() : model.goOn()
    onSecondActed: isEntering ? model.chooseMethod("code") : model.goOn()
    Component.onDestruction: model.forgetDigits()

    Item {
        id: ways

        readonly property int count: Math.max(1, page.model.methods.length)
        readonly property int across: Theme.landscape ? count : 1
        readonly property real space: 6 * Theme.mm
        readonly property real room: none.y - space
        readonly property real tileWidth: (width - (across - 1) * space) / across
        readonly property real tileHeight: (room - (count / across - 1) * space) / (count / across)

        width: parent.width
        height: parent.height
        visible: page.stage === "choose"

        Repeater {
            model: page.stage === "choose" ? page.model.methods : []

            ChoiceTile {
                required property string modelData
                required property int index

                name: "method_" + modelData
                x: (index % ways.across) * (ways.tileWidth + ways.space)
                y: Math.floor(index / ways.across) * (ways.tileHeight + ways.space)
                width: ways.tileWidth
                height: ways.tileHeight
                sign: modelData === "code" ? qsTr("信") : qsTr("密")
                icon: modelData === "code" ? "phone" : "shield"
                tint: modelData === "code" ? Theme.tintRead : Theme.tintQuery
                text: modelData === "code" ? qsTr("手机验证码") : qsTr("服务密码")
                lead: modelData === "code" ? qsTr("发到您登记的手机，请把手机拿好。") : qsTr("您在窗口或手机上设过的数字密码。")
                onActed: page.model.chooseMethod(modelData)
            }
        }

        Words {
            id: none

            y: parent.height - height
            width: parent.width
            color: Theme.muted
            text: qsTr("两样都没有？请带身份证到人工窗口，或拨打 %1 问怎么设。").arg(page.model.helpPhone)
        }
    }

    TwoParts {
        anchors.fill: parent
        visible: page.isEntering
        share: 0.42
        portraitShare: Math.max(leastShare, 0.33)

        // the keys have two thirds of a high screen, where the hand is
        readonly property real leastShare: Math.min(0.4, (1.3 * Theme.target + 5 * Theme.mm + hint.implicitHeight) / Math.max(1, height - 8 * Theme.mm))

        first: Item {
            anchors.fill: parent

            DigitDots {
                id: dots

                width: parent.width
                height: Math.max(1.2 * Theme.target, Math.min(Math.max(2.4 * Theme.target, 0.5 * parent.height), parent.height - hint.implicitHeight - 5 * Theme.mm))
                count: page.model.digitCount
                wanted: page.model.digitsWanted
                most: page.model.digitsMost
            }

            Words {
                id: hint

                y: dots.height + 5 * Theme.mm
                width: parent.width
                font.pixelSize: Theme.elder ? Theme.body : Theme.lead
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

    AskingScene {
        anchors.fill: parent
        visible: page.isWaiting
        goes: page.isWaiting
        text: page.stage === "sending" ? qsTr("验证码一般 1 分钟内收到，请把手机拿在手里。") : qsTr("核对只看是不是您本人，不会改动您的账户。")
    }

    AskingScene {
        width: parent.width
        height: parent.height - facts.height - 6 * Theme.mm
        visible: page.stage === "failed" && height > 70 * Theme.mm
        goes: false
        isCut: true
    }

    Panel {
        width: parent.width
        height: parent.height - facts.height - 6 * Theme.mm
        visible: page.stage === "blocked" && height > 70 * Theme.mm
        color: Theme.tintQuery

        Icon {
            anchors.centerIn: parent
            size: 0.7 * parent.height
            shape: "shield"
            color: Theme.civic
        }
    }

    FactPanel {
        id: facts

        y: parent.height - height
        width: parent.width
        height: Theme.landscape ? parent.height : 0.62 * parent.height
        visible: page.stage === "blocked" || page.stage === "failed"

        FactLine {
            width: parent.width
            visible: page.stage === "failed"
            sign: qsTr("放")
            icon: "steps"
            title: qsTr("核对系统没有回答")
            text: page.model.mayDoWithout ? qsTr("填好先交到本机，联网后自动送达；身份下次来时再核对。") : qsTr("再试一次时，请重新输入一遍。")
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
