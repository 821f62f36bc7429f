import QtQuick

// One service item: its name, what one gets and needs, and honestly how far one gets now.
TouchTarget {
    id: row

    property string detail: ""
    property string kind: "ready"
    property int stars: 0

    Accessible.description: row.detail

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: row.pressed ? Theme.tintQuery : Theme.sheet

        Rectangle {
            x: 0
            anchors.verticalCenter: parent.verticalCenter
            width: 1.6 * Theme.mm
            height: parent.height - 2 * Theme.radius
            radius: width / 2
            color: row.kind === "ready" ? Theme.ready : row.kind === "later" ? Theme.later : row.kind === "stopped" ? Theme.stopped : Theme.outline
        }
    }

    Column {
        x: 7 * Theme.mm
        width: parent.width - x - aside.width - 9 * Theme.mm
        anchors.verticalCenter: parent.verticalCenter
        spacing: 0.5 * Theme.mm

        Words {
            width: parent.width
            font.weight: Theme.bold
            lineHeight: Theme.headingLine
            text: row.text
        }

        Words {
            width: parent.width
            color: Theme.muted
            font.pixelSize: Theme.small
            lineHeight: Theme.headingLine
            text: row.detail
        }
    }

    Column {
        id: aside

        anchors.right: parent.right
        anchors.rightMargin: 5 * Theme.mm
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.mm

        StateBadge {
            kind: row.kind
        }

        Words {
            anchors.right: parent.right
            color: Theme.muted
            font.pixelSize: Theme.small
            text: "★".repeat(row.stars)
        }
    }
}
