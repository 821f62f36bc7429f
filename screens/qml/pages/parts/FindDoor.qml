import QtQuick
import controls

// The way to the search, drawn as the field that comes next.
TouchTarget {
    id: door

    implicitHeight: Theme.target

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: door.pressed ? Theme.tintQuery : Theme.sheet
        border.width: Theme.line
        border.color: Theme.civic
    }

    Icon {
        id: sign

        x: 7 * Theme.mm
        anchors.verticalCenter: parent.verticalCenter
        size: 9 * Theme.mm
        color: Theme.civic
        shape: "search"
    }

    Words {
        x: sign.x + sign.width + 5 * Theme.mm
        width: parent.width - x - 5 * Theme.mm
        anchors.verticalCenter: parent.verticalCenter
        font.pixelSize: Theme.lead
        lineHeight: Theme.headingLine
        fontSizeMode: Text.HorizontalFit
        minimumPixelSize: Theme.small
        wrapMode: Text.NoWrap
        text: door.text
    }
}
