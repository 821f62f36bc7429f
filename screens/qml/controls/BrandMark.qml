import QtQuick

// The mark of 不打烊: a door in the night with its lamp on.
Item {
    id: mark

    property real size: 16 * Theme.mm

    implicitWidth: size
    implicitHeight: size

    Rectangle {
        anchors.fill: parent
        radius: width * 0.24
        color: Theme.paper
    }

    Rectangle {
        x: mark.size * 0.29
        y: mark.size * 0.19
        width: mark.size * 0.42
        height: mark.size * 0.64
        topLeftRadius: width / 2
        topRightRadius: width / 2
        bottomLeftRadius: width * 0.12
        bottomRightRadius: width * 0.12
        color: Theme.civic
    }

    Rectangle {
        x: mark.size * 0.5 - width / 2
        y: mark.size * 0.34
        width: mark.size * 0.17
        height: width
        radius: width / 2
        color: Theme.moon
    }

    Rectangle {
        x: mark.size * 0.4
        y: mark.size * 0.68
        width: mark.size * 0.2
        height: mark.size * 0.05
        radius: height / 2
        color: Theme.paper
    }
}
