pragma ComponentBehavior: Bound
import QtQuick

// Paragraphs that are paged, never scrolled: `sections` is a list of {"icon" or "number", "title", "text", "strong"}.
// They fill one column after the other; what does not fit comes on the next page.
Item {
    id: flow

    property var sections: []
    property int columns: Theme.landscape ? 2 : 1
    property int page: 0
    property int pages: 1
    readonly property bool isLast: page >= pages - 1
    readonly property real columnGap: 12 * Theme.mm
    readonly property real columnWidth: (width - (columns - 1) * columnGap) / columns
    readonly property real pagerHeight: Theme.target + 4 * Theme.mm

    function relayout() {
        if (width <= 0 || height <= 0 || all.count === 0)
            return;
        let total = place(height);
        if (total > 1)
            total = place(height - pagerHeight);
        pages = total;
        if (page >= total)
            page = total - 1;
    }

    function place(room: real): int {
        let y = 0;
        let column = 0;
        for (let i = 0; i < all.count; i++) {
            const one = all.itemAt(i);
            if (!one)
                return 1;
            if (y > 0 && y + one.implicitHeight > room) {
                y = 0;
                column += 1;
            }
            one.page = Math.floor(column / columns);
            one.x = (column % columns) * (columnWidth + columnGap);
            one.y = y;
            y += one.implicitHeight + 7 * Theme.mm;
        }
        return Math.floor(column / columns) + 1;
    }

    onWidthChanged: Qt.callLater(relayout)
    onHeightChanged: Qt.callLater(relayout)
    Component.onCompleted: relayout()

    Repeater {
        id: all

        model: flow.sections
        onItemAdded: Qt.callLater(flow.relayout)

        Item {
            id: section

            required property var modelData
            property int page: 0

            width: flow.columnWidth
            implicitHeight: texts.height
            visible: page === flow.page
            onImplicitHeightChanged: Qt.callLater(flow.relayout)

            Rectangle {
                id: disc

                width: 13 * Theme.mm
                height: width
                radius: width / 2
                color: Theme.tintQuery

                Icon {
                    visible: section.modelData["icon"] !== ""
                    anchors.centerIn: parent
                    size: 8 * Theme.mm
                    color: Theme.civic
                    shape: section.modelData["icon"]
                }

                Words {
                    visible: section.modelData["icon"] === ""
                    anchors.centerIn: parent
                    color: Theme.civic
                    font.weight: Theme.bold
                    text: section.modelData["number"] ?? ""
                }
            }

            Column {
                id: texts

                x: disc.width + 5 * Theme.mm
                width: parent.width - x
                spacing: Theme.mm

                Words {
                    width: parent.width
                    visible: text !== ""
                    color: Theme.muted
                    font.pixelSize: Theme.small
                    text: section.modelData["title"] ?? ""
                }

                Words {
                    width: parent.width
                    font.weight: section.modelData["strong"] ? Theme.bold : Theme.regular
                    text: section.modelData["text"]
                }
            }
        }
    }

    Pager {
        visible: flow.pages > 1
        width: parent.width
        y: parent.height - height
        page: flow.page
        pages: flow.pages
        onTurned: to => flow.page = to
    }
}
