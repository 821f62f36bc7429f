import QtQuick
import controls
import drawings
import pages.parts

// Lay the card: the place in words, the drawing of this very front, what the reader does, and the time that is left.
PageFrame {
    id: page

    readonly property string stage: model.stage
    readonly property bool isStopped: stage === "stopped"
    readonly property bool isReading: stage === "reading"
    property bool moves: true

    function placeQuestion(place) {
        switch (place) {
        case "left_above":
            return qsTr("请把身份证平放在左上方亮灯处");
        case "above":
            return qsTr("请把身份证平放在上方亮灯处");
        case "right_above":
            return qsTr("请把身份证平放在右上方亮灯处");
        case "left":
            return qsTr("请把身份证平放在左侧亮灯处");
        case "right":
            return qsTr("请把身份证平放在右侧亮灯处");
        case "left_below":
            return qsTr("请把身份证平放在左下方亮灯处");
        case "below":
            return qsTr("请把身份证平放在下方亮灯处");
        default:
            return qsTr("请把身份证平放在右下方亮灯处");
        }
    }

    question: isReading ? qsTr("正在读取，请不要移动") : isStopped ? qsTr("读卡器现在读不了证件") : placeQuestion(model.readerPlace)
    lead: isStopped || Theme.landscape ? "" : isReading ? qsTr("约 1 秒读完。") : qsTr("放好后请不要移动，约 1 秒读完。证件信息离开时清除。")
    problem: model.problemText
    problemIsGentle: !isStopped
    actText: isStopped ? qsTr("再试一次") : ""
    onActed: model.goOn()

    Panel {
        id: scene

        x: Theme.landscape ? 0.42 * parent.width : 0
        width: parent.width - x
        height: Theme.landscape ? parent.height : others.y - 5 * Theme.mm
        padding: 5 * Theme.mm
        color: Theme.tintQuery
        visible: height > 40 * Theme.mm

        TerminalFront {
            anchors.fill: parent
            bays: page.model.bays
            lit: page.isStopped ? "" : "id_card_reader"
            shows: page.isStopped ? "" : "card"
            moves: page.moves && page.stage === "waiting"
            cardLies: page.isReading
        }
    }

    Words {
        id: others

        visible: !Theme.landscape
        y: time.y - height - 5 * Theme.mm
        width: parent.width
        horizontalAlignment: Text.AlignHCenter
        text: page.isStopped ? qsTr("也可以请大厅的工作人员帮忙，或拨打 %1。").arg(page.model.helpPhone) : qsTr("港澳台居民居住证、外国人永久居留身份证也放在这里。")
    }

    FactPanel {
        visible: Theme.landscape
        width: 0.42 * parent.width - 6 * Theme.mm
        height: time.visible ? time.y - 4 * Theme.mm : parent.height
        padding: (Theme.elder ? 4 : 8) * Theme.mm

        FactLine {
            visible: !page.isStopped
            width: parent.width
            sign: qsTr("放")
            icon: "card"
            title: qsTr("放平，不要移动")
            text: qsTr("约 1 秒读完。")
        }

        FactLine {
            visible: !page.isStopped
            width: parent.width
            sign: qsTr("证")
            icon: "people"
            title: qsTr("居住证也放在这里")
            text: qsTr("港澳台居民居住证、外国人永久居留身份证。")
        }

        FactLine {
            visible: !page.isStopped && !Theme.elder
            width: parent.width
            sign: qsTr("清")
            icon: "shield"
            title: qsTr("离开时清除")
            text: qsTr("证件信息不留在这台机器上。")
        }

        FactLine {
            visible: page.isStopped
            width: parent.width
            sign: qsTr("问")
            icon: "phone"
            title: qsTr("拨打 %1").arg(page.model.helpPhone)
            text: qsTr("也可以请大厅的工作人员帮忙。")
        }
    }

    TimeBar {
        id: time

        y: parent.height - height
        width: Theme.landscape ? 0.42 * parent.width - 6 * Theme.mm : parent.width
        visible: page.model.secondsLeft >= 0
        seconds: Math.max(0, page.model.secondsLeft)
        total: page.model.secondsTotal
    }
}
