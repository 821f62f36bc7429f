pragma ComponentBehavior: Bound
import QtQuick
import controls

// The pad of digits as on a telephone; where there is no room for four rows it has three, with 0, delete and clear on the
// right. Keys grow with their room and never fall below the theme's target.
Item {
    id: pad

    readonly property real space: Theme.gap
    readonly property bool low: height < 4 * Theme.target + 3 * space
    readonly property var keys: low ? ["1", "2", "3", "delete", "4", "5", "6", "clear", "7", "8", "9", "0"] : ["1", "2", "3", "4", "5", "6", "7", "8", "9", "clear", "0", "delete"]
    readonly property int across: low ? 4 : 3
    readonly property int down: low ? 3 : 4
    readonly property real keyWidth: (width - (across - 1) * space) / across
    readonly property real keyHeight: Math.max(Theme.target, (height - (down - 1) * space) / down)
    signal digit(string digit)
    signal deleteOne
    signal deleteAll

    implicitHeight: 4 * Theme.target + 3 * space

    Repeater {
        model: 12

        KeyCap {
            required property int index
            readonly property string key: pad.keys[index]

            name: "key_" + key
            x: (index % pad.across) * (pad.keyWidth + pad.space)
            y: Math.floor(index / pad.across) * (pad.keyHeight + pad.space)
            width: pad.keyWidth
            height: pad.keyHeight
            isWord: key.length > 1
            cap: key === "clear" ? qsTr("清空") : key === "delete" ? qsTr("删除") : key
            text: cap
            onActed: key === "clear" ? pad.deleteAll() : key === "delete" ? pad.deleteOne() : pad.digit(key)
        }
    }
}
