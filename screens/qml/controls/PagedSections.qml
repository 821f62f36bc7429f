pragma ComponentBehavior: Bound
import QtQuick

// Paragraphs that are paged, never scrolled: `sections` is a list of {"icon" or "number", "title", "text", "strong"}.
// They fill one column after the other, in the largest type of which all stand on one page (`most`: 3 heading, 2 large,
// 1 lead); what does not fit in body size comes on the next page. `spread` sets them in rows with the air that is left
// between them, and a line in it.
Item {
    id: flow

    property var sections: []
    property int columns: Theme.landscape ? 2 : 1
    property int page: 0
    property int pages: 1
    property int most: 0
    property int size: 0
    property bool spread: false
    property real air: 7 * Theme.mm
    property bool settling: false
    property bool isSpread: false
    readonly property real least: (size >= 2 ? 9 : 7) * Theme.mm
    readonly property int type: size === 3 ? Theme.heading : size === 2 ? Theme.large : size === 1 ? Theme.lead : Theme.body
    readonly property bool isLast: page >= pages - 1
    readonly property real columnGap: 12 * Theme.mm
    readonly property real columnWidth: (width - (columns - 1) * columnGap) / columns
    readonly property real pagerHeight: Theme.target + 4 * Theme.mm

    function relayout() {
        if (settling || width <= 0 || height <= 0 || all.count === 0)
            return;
        settling = true;
        let total = 2;
        for (let wanted = most; wanted >= 0 && total > 1; wanted--) {
            size = wanted;
            air = least;
            isSpread = spread && breathe();
            total = isSpread ? 1 : place(height);
        }
        if (total > 1)
            total = place(height - pagerHeight);
        pages = total;
        if (page >= total)
            page = total - 1;
        settling = false;
    }

    // rows over all columns; the air that is left goes between them. Returns whether they have room.
    function breathe(): bool {
        const rows = Math.ceil(all.count / columns);
        const heights = [];
        let used = 0;
        for (let row = 0; row < rows; row++) {
            heights[row] = 0;
            for (let i = row; i < all.count; i += rows)
                heights[row] = Math.max(heights[row], all.itemAt(i).implicitHeight);
            used += heights[row];
        }
        if (used + rows * least > height)
            return false;
        air = Math.min(44 * Theme.mm, (height - used) / rows);
        let y = Math.max(0, (height - used - (rows - 1) * air) / 2);
        for (let row = 0; row < rows; row++) {
            for (let i = row; i < all.count; i += rows) {
                const one = all.itemAt(i);
                one.page = 0;
                one.isFirst = row === 0;
                one.x = Math.floor(i / rows) * (columnWidth + columnGap);
                one.y = y + (heights[row] - one.implicitHeight) / 2;
                one.lineY = y - one.y - air / 2;
            }
            y += heights[row] + air;
        }
        return true;
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
            y += one.implicitHeight + air;
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
            property bool isFirst: false
            property real lineY: 0

            width: flow.columnWidth
            implicitHeight: Math.max(flow.size > 0 ? disc.height : 0, texts.height)
            visible: page === flow.page
            onImplicitHeightChanged: if (!flow.settling)
                Qt.callLater(flow.relayout)

            Rectangle {
                visible: flow.isSpread && !section.isFirst
                y: section.lineY
                width: parent.width
                height: Theme.line
                color: Theme.hairline
            }

            Rectangle {
                id: disc

                y: flow.spread ? (section.implicitHeight - height) / 2 : 0
                width: Math.max(13 * Theme.mm, (flow.size > 0 ? 2.1 : 1.6) * flow.type)
                height: width
                radius: width / 2
                color: Theme.tintQuery

                Icon {
                    visible: section.modelData["icon"] !== ""
                    anchors.centerIn: parent
                    size: 0.6 * disc.width
                    color: Theme.civic
                    shape: section.modelData["icon"]
                }

                Words {
                    visible: section.modelData["icon"] === ""
                    anchors.centerIn: parent
                    color: Theme.civic
                    font.pixelSize: flow.type
                    font.weight: Theme.bold
                    text: section.modelData["number"] ?? ""
                }
            }

            Item {
                id: texts

                readonly property bool isTitled: title.text !== ""

                x: disc.width + (flow.size > 0 ? 8 : 5) * Theme.mm
                y: flow.spread ? (section.implicitHeight - height) / 2 : 0
                width: parent.width - x
                height: (isTitled ? title.implicitHeight + Theme.mm : 0) + body.implicitHeight

                Words {
                    id: title

                    width: parent.width
                    visible: text !== ""
                    color: section.modelData["headed"] ? Theme.ink : Theme.muted
                    font.pixelSize: section.modelData["headed"] ? flow.type : Theme.small
                    font.weight: section.modelData["headed"] ? Theme.bold : Theme.regular
                    text: section.modelData["title"] ?? ""
                }

                Words {
                    id: body

                    y: texts.isTitled ? title.implicitHeight + Theme.mm : 0
                    width: parent.width
                    font.pixelSize: flow.size === 3 ? Theme.large : flow.size === 2 ? Theme.lead : flow.type
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
