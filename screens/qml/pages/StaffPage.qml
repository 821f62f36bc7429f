pragma ComponentBehavior: Bound
import QtQuick
import controls
import pages.parts

// For staff and technicians: a PIN, then the queue, its dead letters and the devices as they stand now. Nothing of a citizen.
PageFrame {
    id: page

    readonly property bool isOpen: model.stage === "open"
    readonly property real gap: 4 * Theme.mm
    readonly property var rows: model.rows
    readonly property real leastRow: (model.tab === "devices" && Theme.elder ? 54 : Theme.elder ? (Theme.language === "en" ? 78 : 58) : (Theme.language === "en" ? 44 : 34)) * Theme.mm
    readonly property real listTop: tabs.height + gap + (model.tab === "devices" ? sum.height + gap : 0)
    readonly property int columns: Theme.landscape && !Theme.elder ? 2 : 1
    readonly property real wholeRoom: body.height - listTop
    readonly property int wholeCount: columns * fitting(wholeRoom)
    readonly property bool isPaged: rows.length > wholeCount
    readonly property real room: isPaged ? wholeRoom - Theme.target - gap : wholeRoom
    readonly property int across: columns * fitting(room)
    readonly property int pages: Math.max(1, Math.ceil(rows.length / across))
    readonly property int sheet: Math.min(model.sheet, pages - 1)
    readonly property real rowHeight: Math.min(1.4 * leastRow, (room + gap) / fitting(room) - gap)
    readonly property real rowWidth: (body.width - (columns - 1) * gap) / columns

    function fitting(height: real): int {
        return Math.max(1, Math.floor((height + gap) / (leastRow + gap)));
    }

    question: isOpen ? qsTr("本机状况") : qsTr("工作人员入口")
    lead: isOpen ? (model.isThere ? qsTr("%1 的情况，自动更新").arg(model.at) : qsTr("正在问存储，请稍候")) : qsTr("请输入工作人员 PIN。不是工作人员请按“离开”。")
    problem: isOpen ? model.toldText : model.problemText
    problemIsGentle: true
    showBack: false
    endText: qsTr("离开")
    actText: isOpen ? (model.tab === "queue" ? qsTr("立即送出") : "") : qsTr("进入")
    actEnabled: isOpen ? !model.isActing && model.isThere : model.mayEnter
    actReason: isOpen ? qsTr("正在处理，请稍候") : model.stage === "checking" ? qsTr("正在核对") : qsTr("PIN 至少 6 位")
    onActed: isOpen ? model.drain() : model.enter()

    // --- the PIN -----------------------------------------------------------------------------------------------------
    Item {
        anchors.fill: parent
        visible: !page.isOpen

        DigitDots {
            id: dots

            width: parent.width
            height: Math.min(implicitHeight, 0.25 * parent.height)
            count: page.model.typed
        }

        KeyPad {
            y: dots.height + 2 * page.gap
            width: parent.width
            height: Math.min(parent.height - y, 200 * Theme.mm)
            onDigit: digit => page.model.press(digit)
            onDeleteOne: page.model.deleteOne()
            onDeleteAll: page.model.deleteAll()
        }
    }

    // --- the boards --------------------------------------------------------------------------------------------------
    Row {
        id: tabs

        visible: page.isOpen
        width: parent.width
        height: 1.1 * Theme.target
        spacing: page.gap

        Repeater {
            model: page.isOpen ? [["queue", qsTr("离线队列")], ["letters", qsTr("退件")], ["devices", qsTr("设备")]] : []

            QuietButton {
                required property var modelData

                name: "tab_" + modelData[0]
                width: (tabs.width - 2 * page.gap) / 3
                height: tabs.height
                chosen: page.model.tab === modelData[0]
                text: modelData[1]
                onActed: page.model.choose(modelData[0])
            }
        }
    }

    Item {
        visible: page.isOpen && page.model.tab === "queue" && page.model.isThere
        y: tabs.height + page.gap
        width: parent.width
        height: parent.height - y

        StaffFigure {
            id: queued

            width: Theme.landscape ? 0.3 * parent.width : (parent.width - page.gap) / 2
            height: Theme.landscape ? 0.62 * (parent.height - page.gap) : Math.min((Theme.elder ? 88 : 66) * Theme.mm, 0.34 * parent.height)
            label: qsTr("等待送出")
            count: page.model.queued
            kind: page.model.light
            note: page.model.lightText
        }

        StaffFigure {
            x: Theme.landscape ? 0 : queued.width + page.gap
            y: Theme.landscape ? queued.height + page.gap : 0
            width: queued.width
            height: Theme.landscape ? parent.height - y : queued.height
            label: qsTr("退件")
            count: page.model.dead
            kind: page.model.dead === "0" ? "ready" : "later"
        }

        Rectangle {
            x: Theme.landscape ? queued.width + page.gap : 0
            y: Theme.landscape ? 0 : queued.height + page.gap
            width: parent.width - x
            height: parent.height - y
            radius: Theme.radius
            color: Theme.sheet

            PagedSections {
                anchors.fill: parent
                anchors.margins: 6 * Theme.mm
                columns: 1
                most: 2
                spread: true
                sections: page.model.facts
            }
        }
    }

    Words {
        id: sum

        visible: page.isOpen && page.model.tab === "devices"
        y: tabs.height + page.gap
        width: parent.width
        font.weight: Theme.bold
        text: page.model.devicesText
    }

    Words {
        visible: page.isOpen && page.model.tab === "letters" && page.model.isThere && page.rows.length === 0
        y: tabs.height + 3 * page.gap
        width: parent.width
        font.pixelSize: Theme.lead
        text: qsTr("没有退件。")
    }

    Repeater {
        model: page.rows.slice(page.sheet * page.across, (page.sheet + 1) * page.across)

        StaffRow {
            required property var modelData
            required property int index

            x: (index % page.columns) * (page.rowWidth + page.gap)
            y: page.listTop + Math.floor(index / page.columns) * (page.rowHeight + page.gap)
            width: page.rowWidth
            height: page.rowHeight
            title: modelData["title"]
            text: modelData["text"]
            kind: modelData["kind"]
            act: page.model.tab === "letters" ? qsTr("再送一次") : ""
            actName: "retry_" + index
            actEnabled: !page.model.isActing
            onActed: page.model.retry(modelData["key"])
        }
    }

    Pager {
        visible: page.isPaged
        y: parent.height - height
        width: parent.width
        page: page.sheet
        pages: page.pages
        onTurned: to => page.model.turn(to)
    }
}
