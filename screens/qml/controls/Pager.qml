import QtQuick

// 上一页 · 第 n 页，共 m 页 · 下一页. Two buttons instead of scrolling.
Item {
    id: pager

    property int page: 0
    property int pages: 1
    signal turned(int to)

    implicitHeight: Theme.target

    QuietButton {
        name: "previous_page"
        width: Math.max(implicitWidth, 44 * Theme.mm)
        height: parent.height
        icon: "up"
        text: qsTr("上一页")
        enabled: pager.page > 0
        onActed: pager.turned(pager.page - 1)
    }

    Words {
        anchors.centerIn: parent
        text: qsTr("第 %1 页，共 %2 页").arg(pager.page + 1).arg(pager.pages)
    }

    QuietButton {
        name: "next_page"
        x: parent.width - width
        width: Math.max(implicitWidth, 44 * Theme.mm)
        height: parent.height
        icon: "down"
        text: qsTr("下一页")
        enabled: pager.page < pager.pages - 1
        onActed: pager.turned(pager.page + 1)
    }
}
