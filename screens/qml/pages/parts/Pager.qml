import QtQuick
import controls

// 第 n 页，共 m 页, with the two ways beside it; nothing to do while there is one page.
Item {
    id: pager

    property int page: 1
    property int count: 1
    property string note: ""
    signal previous
    signal next

    implicitHeight: Theme.target

    QuietButton {
        id: before

        name: "previous"
        visible: pager.count > 1
        enabled: pager.page > 1
        reason: qsTr("已经是第一页")
        height: parent.height
        icon: "up"
        text: qsTr("上一页")
        onActed: pager.previous()
    }

    Column {
        anchors.verticalCenter: parent.verticalCenter
        x: pager.count > 1 ? before.width + 4 * Theme.mm : 0
        width: pager.count > 1 ? after.x - 4 * Theme.mm - x : parent.width

        Words {
            objectName: "page_number"
            width: parent.width
            visible: pager.count > 1
            horizontalAlignment: Text.AlignHCenter
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: Theme.small * 0.8
            wrapMode: Text.NoWrap
            text: qsTr("第 %1 页，共 %2 页").arg(pager.page).arg(pager.count)
        }

        Words {
            width: parent.width
            visible: text !== "" && !(Theme.elder && pager.count > 1)
            horizontalAlignment: Text.AlignHCenter
            color: Theme.muted
            font.pixelSize: Theme.small
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: Theme.small * 0.8
            wrapMode: Text.NoWrap
            text: pager.note
        }
    }

    QuietButton {
        id: after

        name: "next"
        visible: pager.count > 1
        enabled: pager.page < pager.count
        reason: qsTr("已经是最后一页")
        x: parent.width - width
        height: parent.height
        icon: "down"
        text: qsTr("下一页")
        onActed: pager.next()
    }
}
