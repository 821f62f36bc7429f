import QtQuick

// Time that is left, gently: words and a bar, no flashing.
Item {
    id: bar

    property int seconds: 0
    property int total: 60
    property bool night: false

    implicitHeight: words.implicitHeight + 4 * Theme.mm

    Words {
        id: words

        width: parent.width
        color: bar.night ? Theme.nightText : Theme.muted
        text: qsTr("还有 %1 秒").arg(bar.seconds)
    }

    Rectangle {
        y: parent.height - height
        width: parent.width
        height: 2 * Theme.mm
        radius: height / 2
        color: bar.night ? Theme.nightHill : Theme.hairline

        Rectangle {
            width: Math.max(height, parent.width * Math.min(1, bar.seconds / Math.max(1, bar.total)))
            height: parent.height
            radius: height / 2
            color: bar.night ? Theme.nightTextQuiet : Theme.civic
        }
    }
}
