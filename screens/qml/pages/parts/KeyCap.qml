import QtQuick
import controls

// A key of the pad. It says its name, never what was typed.
TouchTarget {
    id: key

    property string cap: ""
    property bool isWord: false

    Accessible.name: key.text

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: key.pressed ? Theme.tintQuery : Theme.sheet
        border.width: Theme.line
        border.color: Theme.civic
    }

    Words {
        anchors.centerIn: parent
        width: parent.width - 4 * Theme.mm
        horizontalAlignment: Text.AlignHCenter
        font.pixelSize: key.isWord ? Theme.lead : key.height > 1.6 * Theme.target ? Theme.heading * 1.3 : Theme.heading
        font.weight: key.isWord ? Theme.regular : Theme.medium
        wrapMode: Text.NoWrap
        fontSizeMode: Text.HorizontalFit
        minimumPixelSize: Theme.small
        text: key.cap
    }
}
