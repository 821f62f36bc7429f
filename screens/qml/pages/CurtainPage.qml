import QtQuick
import controls

// Neutral: drawn and confirmed before anything of the visit is wiped.
Item {
    id: page

    required property var model

    Rectangle {
        anchors.fill: parent
        color: Theme.night
    }

    DemoMark {
        visible: page.model.isDemo
        x: Theme.margin
        y: Theme.margin
    }

    Column {
        anchors.centerIn: parent
        width: parent.width - 4 * Theme.margin
        spacing: 10 * Theme.mm

        BrandMark {
            anchors.horizontalCenter: parent.horizontalCenter
            size: 36 * Theme.mm
        }

        Words {
            objectName: "question"
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            color: Theme.nightText
            font.pixelSize: Theme.heading
            font.weight: Theme.bold
            lineHeight: Theme.headingLine
            text: qsTr("正在清除本次的信息")
        }

        Words {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            color: Theme.nightTextQuiet
            text: qsTr("稍等片刻就好。")
        }
    }
}
