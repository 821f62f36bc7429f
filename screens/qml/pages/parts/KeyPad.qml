import QtQuick
import controls

// The pad of digits as on a telephone; keys grow with their room and never fall below the theme's target.
Item {
    id: pad

    readonly property real space: Theme.gap
    readonly property real keyWidth: (width - 2 * space) / 3
    readonly property real keyHeight: Math.max(Theme.target, Math.min(1.9 * Theme.target, (height - 3 * space) / 4))
    signal digit(string digit)
    signal deleteOne
    signal deleteAll

    implicitHeight: 4 * Theme.target + 3 * space

    Repeater {
        model: ["1", "2", "3", "4", "5", "6", "7", "8", "9", "clear", "0", "delete"]

        KeyCap {
            required property int index
            required property string modelData

            name: "key_" + modelData
            x: (index % 3) * (pad.keyWidth + pad.space)
            y: Math.floor(index / 3) * (pad.keyHeight + pad.space)
            width: pad.keyWidth
            height: pad.keyHeight
            isWord: modelData.length > 1
            cap: modelData === "clear" ? qsTr("清空") : modelData === "delete" ? qsTr("删除") : modelData
            text: cap
            onActed: modelData === "clear" ? pad.deleteAll() : modelData === "delete" ? pad.deleteOne() : pad.digit(modelData)
        }
    }
}
