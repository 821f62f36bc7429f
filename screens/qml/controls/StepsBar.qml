pragma ComponentBehavior: Bound
import QtQuick

// Progress in named steps, beside their dots on a low screen; `steps` is a list of {"place", "state"} with state done, now or later.
Item {
    id: bar

    property var steps: []
    readonly property real dot: Theme.small * 1.25
    readonly property bool beside: Theme.landscape
    readonly property real share: steps.length > 0 ? width / steps.length : width

    function title(place: string): string {
        switch (place) {
        case "notice":
            return qsTr("须知");
        case "identify":
            return qsTr("证件");
        case "consent":
            return qsTr("确认");
        case "factor":
            return qsTr("核验");
        case "query":
            return qsTr("查询");
        case "result":
        case "answer":
            return qsTr("结果");
        case "write":
            return qsTr("填写");
        case "review":
            return qsTr("核对");
        case "submit":
            return qsTr("提交");
        case "number":
            return qsTr("编号");
        case "progress":
            return qsTr("进度");
        case "print":
            return qsTr("打印");
        case "rate":
            return qsTr("评价");
        }
        return "";
    }

    implicitHeight: steps.length > 0 ? (beside ? dot : dot + 2 * Theme.mm + Theme.small * 1.45) : 0
    visible: steps.length > 0

    Repeater {
        model: bar.steps

        Item {
            id: step

            required property var modelData
            required property int index
            readonly property bool now: modelData["state"] === "now"
            readonly property bool done: modelData["state"] === "done"
            readonly property real whole: bar.beside ? bar.dot + 2 * Theme.mm + title.implicitWidth : bar.dot
            readonly property real begin: bar.beside ? 0 : (width - bar.dot) / 2

            x: index * bar.share
            width: bar.share
            height: bar.height

            // the way to the next step
            Rectangle {
                visible: step.index < bar.steps.length - 1
                x: step.begin + step.whole + 2 * Theme.mm
                y: bar.dot / 2 - height / 2
                width: bar.share - step.whole - 4 * Theme.mm
                height: Theme.stroke
                radius: height / 2
                color: step.done ? Theme.civic : Theme.hairline
            }

            Rectangle {
                x: step.begin
                width: bar.dot
                height: bar.dot
                radius: width / 2
                color: step.now ? Theme.civic : step.done ? Theme.tintQuery : Theme.hairline

                Words {
                    anchors.centerIn: parent
                    font.pixelSize: Theme.small * 0.86
                    font.weight: Theme.bold
                    color: step.now ? Theme.civicText : Theme.ink
                    text: step.done ? "✓" : String(step.index + 1)
                }
            }

            Words {
                id: title

                x: bar.beside ? bar.dot + 2 * Theme.mm : 0
                y: bar.beside ? (bar.dot - height) / 2 : bar.dot + 1.5 * Theme.mm
                width: bar.beside ? implicitWidth : parent.width
                horizontalAlignment: bar.beside ? Text.AlignLeft : Text.AlignHCenter
                font.pixelSize: Theme.small
                font.weight: step.now ? Theme.bold : Theme.regular
                wrapMode: Text.NoWrap
                text: bar.title(step.modelData["place"])
            }
        }
    }
}
