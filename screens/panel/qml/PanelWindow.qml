pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import controls

// The demo's control panel: the code on top, the devices below it, the last result at the foot.
Window {
    id: window

    required property var panel

    width: 520
    height: 900
    minimumWidth: 420
    minimumHeight: 400
    color: Theme.paper
    title: panel.words.title

    Rectangle {
        id: head

        width: parent.width
        height: 100
        color: Theme.night

        PanelText {
            x: 18
            y: 14
            color: Theme.moon
            font.weight: Font.Medium
            text: window.panel.words.code_title
        }

        PanelText {
            objectName: "code"
            x: 18
            y: 32
            visible: text !== ""
            color: Theme.nightText
            font.pixelSize: 44
            font.weight: Font.Bold
            font.letterSpacing: 3
            wrapMode: Text.NoWrap
            text: window.panel.code
        }

        PanelText {
            objectName: "code_line"
            x: 18
            y: window.panel.code === "" ? 44 : 14
            width: parent.width - 36
            horizontalAlignment: window.panel.code === "" ? Text.AlignLeft : Text.AlignRight
            color: Theme.nightTextQuiet
            font.pixelSize: window.panel.code === "" ? 16 : 14
            text: window.panel.codeLine
        }
    }

    Flickable {
        id: scroll

        anchors.top: head.bottom
        anchors.bottom: foot.top
        width: parent.width
        contentHeight: boards.implicitHeight + 20
        boundsBehavior: Flickable.StopAtBounds
        clip: true

        ScrollBar.vertical: ScrollBar {}

        Column {
            id: boards

            x: 12
            y: 10
            width: scroll.width - 24
            spacing: 8

            Repeater {
                model: window.panel.boards

                DeviceBoard {
                    required property var modelData

                    width: boards.width
                    panel: window.panel
                    device: modelData
                    onSlipWanted: closer.visible = true
                }
            }
        }
    }

    Rectangle {
        id: foot

        readonly property string level: window.panel.resultLevel

        anchors.bottom: parent.bottom
        width: parent.width
        height: Math.max(46, result.implicitHeight + 20)
        color: level === "ready" ? Theme.readyTint : level === "later" ? Theme.laterTint : level === "stopped" ? Theme.stoppedTint : Theme.disabled

        PanelText {
            id: result

            objectName: "result"
            x: 18
            width: parent.width - 36
            anchors.verticalCenter: parent.verticalCenter
            font.pixelSize: 15
            font.weight: Font.Medium
            color: foot.level === "ready" ? Theme.ready : foot.level === "later" ? Theme.later : foot.level === "stopped" ? Theme.stopped : Theme.ink
            text: window.panel.result
        }
    }

    AbstractButton {
        id: closer

        objectName: "slip.close"
        anchors.fill: parent
        visible: false
        text: window.panel.words.look_closer
        onClicked: closer.visible = false

        background: Rectangle {
            color: Theme.night
        }
        contentItem: Item {
            Image {
                anchors.centerIn: parent
                height: parent.height - 24
                width: parent.width - 24
                fillMode: Image.PreserveAspectFit
                cache: false
                source: closer.visible ? window.panel.slip : ""
            }
        }
    }
}
