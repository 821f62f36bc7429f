import QtQuick

// 上一页 · 第 n 页，共 m 页 · 下一页: two buttons instead of scrolling. `page` counts from 0; with one page only the note stands.
Item {
    id: pager

    property int page: 0
    property int pages: 1
    property string note: ""
    signal turned(int to)

    implicitHeight: Theme.target

    QuietButton {
        id: before

        name: "previous"
        visible: pager.pages > 1
        enabled: pager.page > 0
        reason: qsTr("已经是第一页")
        width: Math.max(implicitWidth, 38 * Theme.mm)
        height: parent.height
        icon: "up"
        text: qsTr("上一页")
        onActed: pager.turned(pager.page - 1)
    }

    Column {
        anchors.verticalCenter: parent.verticalCenter
        x: pager.pages > 1 ? before.width + 4 * Theme.mm : 0
        width: pager.pages > 1 ? after.x - 4 * Theme.mm - x : parent.width

        Words {
            objectName: "page_number"
            width: parent.width
            visible: pager.pages > 1
            horizontalAlignment: Text.AlignHCenter
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: Theme.small
            wrapMode: Text.NoWrap
            text: qsTr("第 %1 页，共 %2 页").arg(pager.page + 1).arg(pager.pages)
        }

        Words {
            width: parent.width
            visible: text !== "" && !(Theme.elder && pager.pages > 1)
            horizontalAlignment: Text.AlignHCenter
            color: Theme.muted
            font.pixelSize: Theme.small
            lineHeight: Theme.headingLine
            text: pager.note
        }
    }

    QuietButton {
        id: after

        name: "next"
        visible: pager.pages > 1
        enabled: pager.page < pager.pages - 1
        reason: qsTr("已经是最后一页")
        x: parent.width - width
        width: before.width
        height: parent.height
        icon: "down"
        text: qsTr("下一页")
        onActed: pager.turned(pager.page + 1)
    }
}
