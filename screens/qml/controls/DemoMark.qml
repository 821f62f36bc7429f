import QtQuick

// 演示, on every screen of a demo that has no top bar to say it.
Item {
    id: mark

    property bool night: true

    implicitWidth: label.implicitWidth + 8 * Theme.mm
    implicitHeight: label.implicitHeight + 2 * Theme.mm

    Rectangle {
        anchors.fill: parent
        radius: height / 2
        color: "transparent"
        border.width: Theme.line
        border.color: label.color
    }

    Words {
        id: label

        objectName: "demo"
        anchors.centerIn: parent
        color: mark.night ? Theme.nightTextQuiet : Theme.ink
        font.pixelSize: Theme.small
        wrapMode: Text.NoWrap
        text: qsTr("演示")
    }
}
