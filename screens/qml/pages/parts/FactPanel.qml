import QtQuick
import controls

// A sheet with facts one under the other, in the largest type that its height holds and with the air that is left.
Item {
    id: panel

    property real padding: 8 * Theme.mm
    property alias color: sheet.color
    default property alias facts: place.data
    property bool settling: false
    property bool begun: false

    function relayout(): void {
        if (settling || !visible || width <= 0 || height <= 0)
            return;
        settling = true;
        const room = height - 2 * padding;
        const shown = [];
        for (let i = 0; i < place.children.length; i++)
            if (place.children[i].visible)
                shown.push(place.children[i]);
        let used = 0;
        for (let size = 3; size >= 0; size--) {
            used = 0;
            for (const fact of shown) {
                fact.size = size;
                used += fact.implicitHeight;
            }
            if (used + (shown.length + 1) * 4 * Theme.mm * size <= room)
                break;
        }
        const air = Math.max(3 * Theme.mm, Math.min(50 * Theme.mm, (room - used) / (shown.length + 1)));
        let y = Math.max(0, (room - used - (shown.length - 1) * air) / 2);
        for (const fact of shown) {
            fact.y = y;
            fact.height = fact.implicitHeight;
            y += fact.implicitHeight + air;
        }
        settling = false;
    }

    // at once, so that the first frame is right
    onWidthChanged: if (begun)
        relayout()
    onHeightChanged: if (begun)
        relayout()
    onVisibleChanged: Qt.callLater(relayout)
    Component.onCompleted: {
        begun = true;
        relayout();
    }

    Connections {
        target: Theme

        function onElderChanged() {
            Qt.callLater(panel.relayout);
        }

        function onLanguageChanged() {
            Qt.callLater(panel.relayout);
        }
    }

    Rectangle {
        id: sheet

        anchors.fill: parent
        radius: Theme.radius
        color: Theme.sheet
    }

    Item {
        id: place

        x: panel.padding + 2 * Theme.mm
        y: panel.padding
        width: panel.width - 2 * x
        height: panel.height - 2 * y
    }
}
