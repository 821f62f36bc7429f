import QtQuick
import "../controls"

// A personal page that nobody touched for a while is covered; one touch uncovers it.
Item {
    id: cover

    required property var model

    Accessible.role: Accessible.Dialog
    Accessible.name: title.text

    Rectangle {
        anchors.fill: parent
        color: Theme.night
    }

    MouseArea {
        anchors.fill: parent
    }

    DemoMark {
        visible: cover.model.isDemo
        x: Theme.margin
        y: Theme.margin
    }

    Column {
        anchors.centerIn: parent
        width: parent.width - 4 * Theme.margin
        spacing: 10 * Theme.mm

        Icon {
            anchors.horizontalCenter: parent.horizontalCenter
            size: 44 * Theme.mm
            weight: 1.4
            color: Theme.nightTextQuiet
            shape: "shield"
        }

        Words {
            id: title

            objectName: "question"
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            color: Theme.nightText
            font.pixelSize: Theme.heading * 1.15
            font.weight: Theme.bold
            lineHeight: Theme.headingLine
            text: qsTr("您的信息已遮住")
        }

        Words {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            color: Theme.nightTextQuiet
            font.pixelSize: Theme.lead
            text: qsTr("轻触屏幕，继续查看。请留意身后。")
        }
    }
}
