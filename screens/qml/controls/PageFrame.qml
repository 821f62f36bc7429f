import QtQuick

// Every page of a visit: who and where, language and size, steps, the question, one thing, and the bar whose places never
// move - end and back on the left, the act on the right. `model` is the page's PageModel.
Item {
    id: frame

    required property var model
    property string question: ""
    property string lead: ""
    property string problem: ""
    property bool problemIsGentle: false
    property string actText: ""
    property bool actEnabled: true
    property string actReason: ""
    property bool showBack: true
    property bool showEnd: true
    property string endText: qsTr("结束")
    property string secondText: ""
    property alias body: place
    default property alias content: place.data
    readonly property bool twoRows: Theme.elder && !Theme.landscape
    signal acted
    signal secondActed

    Accessible.role: Accessible.Pane
    Accessible.name: frame.question

    Rectangle {
        anchors.fill: parent
        color: Theme.paper
    }

    // --- who and where -----------------------------------------------------------------------------------------------
    Rectangle {
        id: top

        width: parent.width
        height: (frame.twoRows ? who.height + Theme.target + 4 * Theme.mm : Theme.target) + (Theme.landscape ? 8 : 14) * Theme.mm
        color: Theme.civic

        Item {
            id: who

            x: Theme.margin
            y: (Theme.landscape ? 4 : 7) * Theme.mm
            width: frame.twoRows ? parent.width - 2 * Theme.margin : settings.x - Theme.margin - 6 * Theme.mm
            height: frame.twoRows ? 24 * Theme.mm : Theme.target

            BrandMark {
                id: mark

                anchors.verticalCenter: parent.verticalCenter
                size: 16 * Theme.mm
            }

            Column {
                x: mark.width + 4 * Theme.mm
                width: parent.width - x
                anchors.verticalCenter: parent.verticalCenter

                Words {
                    width: parent.width
                    color: Theme.civicText
                    font.weight: Theme.bold
                    lineHeight: Theme.headingLine
                    wrapMode: Text.NoWrap
                    text: frame.model.isDemo ? qsTr("不打烊 · 演示") : qsTr("不打烊 · 政务服务")
                }

                Words {
                    objectName: "site"
                    width: parent.width
                    color: Theme.civicTextQuiet
                    font.pixelSize: Theme.small
                    lineHeight: Theme.headingLine
                    maximumLineCount: 2
                    text: frame.model.siteLine
                }
            }
        }

        SettingsBar {
            id: settings

            model: frame.model
            x: parent.width - Theme.margin - width
            y: frame.twoRows ? who.y + who.height + 4 * Theme.mm : who.y
        }
    }

    // --- steps, question ---------------------------------------------------------------------------------------------
    StepsBar {
        id: steps

        x: Theme.margin
        y: top.height + (visible ? (Theme.landscape ? 5 : 6) * Theme.mm : 0)
        width: parent.width - 2 * Theme.margin
        steps: frame.model.steps
    }

    Item {
        id: head

        // a low screen has its lead beside a short question
        readonly property bool oneLine: Theme.landscape && lead.text !== "" && question.implicitWidth + lead.implicitWidth + 10 * Theme.mm < width
        readonly property real leadBottom: lead.text === "" ? question.height : lead.y + lead.height

        x: Theme.margin
        y: steps.y + steps.height + (Theme.landscape ? 5 : 9) * Theme.mm
        width: parent.width - 2 * Theme.margin
        height: Math.max(question.height, head.leadBottom) + (trouble.visible ? 3 * Theme.mm + trouble.height : 0)

        Words {
            id: question

            objectName: "question"
            width: head.oneLine ? implicitWidth : parent.width
            font.pixelSize: Theme.heading
            font.weight: Theme.bold
            lineHeight: Theme.headingLine
            text: frame.question
        }

        Words {
            id: lead

            objectName: "lead"
            x: head.oneLine ? question.width + 10 * Theme.mm : 0
            y: head.oneLine ? question.baselineOffset - baselineOffset : question.height + 3 * Theme.mm
            width: parent.width - x
            visible: text !== ""
            color: Theme.muted
            text: frame.lead
        }

        ProblemBox {
            id: trouble

            y: Math.max(question.height, head.leadBottom) + 3 * Theme.mm
            width: parent.width
            height: implicitHeight
            gentle: frame.problemIsGentle
            text: frame.problem
        }
    }

    // --- the one thing -----------------------------------------------------------------------------------------------
    Item {
        id: place

        x: Theme.margin
        y: head.y + head.height + 6 * Theme.mm
        width: parent.width - 2 * Theme.margin
        height: bottom.y - y - 5 * Theme.mm
    }

    // --- the bar whose places never move -----------------------------------------------------------------------------
    Rectangle {
        id: bottom

        y: parent.height - height
        width: parent.width
        height: bar.height + (reason.visible ? reason.implicitHeight : 0) + (Theme.landscape ? 10 : 14) * Theme.mm
        color: Theme.sheet

        Rectangle {
            width: parent.width
            height: Theme.line
            color: Theme.hairline
        }

        Words {
            id: reason

            objectName: "act_reason"
            x: Theme.margin
            y: 3 * Theme.mm
            width: parent.width - 2 * Theme.margin
            visible: text !== ""
            color: Theme.later
            horizontalAlignment: Text.AlignRight
            text: frame.actText !== "" && !frame.actEnabled ? frame.actReason : ""
        }

        Item {
            id: bar

            x: Theme.margin
            y: parent.height - height - (Theme.landscape ? 5 : 7) * Theme.mm
            width: parent.width - 2 * Theme.margin
            height: Theme.target * (Theme.landscape ? 1.1 : 1.3)

            QuietButton {
                id: endButton

                name: "end"
                visible: frame.showEnd
                height: parent.height
                width: Math.max(implicitWidth, 38 * Theme.mm)
                text: frame.endText
                onActed: frame.model.end()
            }

            QuietButton {
                id: backButton

                name: "back"
                visible: frame.showBack
                x: endButton.width + 4 * Theme.mm
                height: parent.height
                width: Math.max(implicitWidth, 38 * Theme.mm)
                icon: "back"
                text: qsTr("返回")
                onActed: frame.model.back()
            }

            // between the buttons, so that nothing on the page moves when it begins to count
            Words {
                readonly property real begin: (frame.showBack ? backButton.x + backButton.width : endButton.width) + 4 * Theme.mm

                objectName: "countdown"
                visible: frame.model.countdown >= 0
                x: begin
                width: (second.visible ? second.x : act.visible ? act.x : parent.width) - begin - 4 * Theme.mm
                anchors.verticalCenter: parent.verticalCenter
                horizontalAlignment: Text.AlignHCenter
                font.pixelSize: Theme.small
                lineHeight: Theme.headingLine
                text: qsTr("%1 秒后回首页").arg(frame.model.countdown)
            }

            ActButton {
                id: act

                readonly property real room: parent.width - (frame.showBack ? backButton.x + backButton.width : endButton.width) - 4 * Theme.mm - (second.visible ? second.width + 4 * Theme.mm : 0)

                name: "act"
                visible: frame.actText !== ""
                height: parent.height
                width: Math.min(room, Math.max(implicitWidth, Theme.landscape ? 130 * Theme.mm : 96 * Theme.mm))
                x: parent.width - width
                enabled: frame.actEnabled
                reason: frame.actReason
                text: frame.actText
                onActed: frame.acted()
            }

            QuietButton {
                id: second

                name: "second"
                visible: frame.secondText !== ""
                height: parent.height
                x: act.visible ? act.x - width - 4 * Theme.mm : parent.width - width
                text: frame.secondText
                onActed: frame.secondActed()
            }
        }
    }
}
