pragma ComponentBehavior: Bound
import QtQuick
import controls

// What the spelling may mean: as many candidates as have room, and a key to the page before and after.
Item {
    id: strip

    required property var source
    property string family: Theme.family
    property var starts: [0]
    property var shown: []
    readonly property int first: starts[starts.length - 1]
    // at the very end the engine goes before the panel
    readonly property bool hasAfter: source !== null && first + shown.length < source.count
    readonly property bool hasBefore: starts.length > 1
    readonly property int size: Theme.large
    readonly property real room: width - 2 * (Theme.target + Theme.gap)
    signal chosen(int index)

    implicitHeight: Theme.target
    onRoomChanged: begin()

    // To the first page of what is offered now.
    function begin() {
        turn([0]);
    }

    function turn(to: var) {
        const found = [];
        let x = 0;
        for (let index = to[to.length - 1]; source !== null && index < source.count; index++) {
            const text = String(source.dataAt(index));
            const needed = Math.max(Theme.target, Math.ceil(metrics.advanceWidth(text)) + 6 * Theme.mm);
            if (found.length > 0 && x + needed > room)
                break;
            found.push({
                "index": index,
                "text": text,
                "x": x,
                "width": Math.min(needed, room)
            });
            x += needed + Theme.gap;
        }
        starts = to;
        shown = found;
    }

    FontMetrics {
        id: metrics

        font.family: strip.family
        font.pixelSize: strip.size
        font.weight: Theme.medium
    }

    Repeater {
        model: strip.shown

        KeyboardKey {
            required property var modelData
            required property int index

            name: "candidate_" + index
            x: modelData.x
            width: modelData.width
            height: strip.height
            family: strip.family
            size: strip.size
            capWidth: width - 2 * Theme.mm
            text: modelData.text
            cap: modelData.text
            onActed: strip.chosen(modelData.index)
        }
    }

    Words {
        anchors.verticalCenter: parent.verticalCenter
        width: strip.room
        visible: strip.shown.length === 0
        color: Theme.muted
        text: qsTr("请接着拼，拼错了按“删除”")
    }

    KeyboardKey {
        name: "candidates_before"
        x: parent.width - after.width - Theme.gap - width
        width: Theme.target
        height: parent.height
        visible: strip.shown.length > 0
        enabled: strip.hasBefore
        text: qsTr("前面的字")
        cap: "‹"
        onActed: strip.turn(strip.starts.slice(0, -1))
    }

    KeyboardKey {
        id: after

        name: "candidates_after"
        x: parent.width - width
        width: Theme.target
        height: parent.height
        visible: strip.shown.length > 0
        enabled: strip.hasAfter
        text: qsTr("后面的字")
        cap: "›"
        onActed: strip.turn(strip.starts.concat(strip.first + strip.shown.length))
    }
}
