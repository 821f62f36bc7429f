import QtQuick
import QtQuick.Controls.Basic
import controls

// What came out last: a slip, a sheet, a frame, a page; a click shows it large.
Item {
    id: pane

    required property var output
    required property var words
    signal enlarged

    PanelText {
        id: heading

        x: 16
        y: 12
        font.weight: Font.Bold
        font.pixelSize: 16
        text: pane.words.output
    }

    PanelText {
        anchors.right: back.left
        anchors.rightMargin: 8
        anchors.verticalCenter: heading.verticalCenter
        objectName: "output.page"
        color: Theme.muted
        text: pane.output.pageOf
    }

    SwitchButton {
        id: back

        objectName: "output.previous"
        anchors.right: on.left
        anchors.verticalCenter: heading.verticalCenter
        visible: pane.output.pageOf !== ""
        enabled: pane.output.hasPrevious
        text: pane.words.previous
        onClicked: pane.output.turn(-1)
    }

    SwitchButton {
        id: on

        objectName: "output.next"
        anchors.right: parent.right
        anchors.rightMargin: 12
        anchors.verticalCenter: heading.verticalCenter
        visible: pane.output.pageOf !== ""
        enabled: pane.output.hasNext
        text: pane.words.next
        onClicked: pane.output.turn(1)
    }

    Rectangle {
        id: ground

        anchors.top: heading.bottom
        anchors.bottom: parent.bottom
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.margins: 12
        radius: 8
        color: Theme.disabled
        clip: true

        Image {
            id: picture

            objectName: "output.picture"
            anchors.fill: parent
            anchors.margins: 8
            fillMode: Image.PreserveAspectFit
            // a long slip is told by its end, where it was cut
            verticalAlignment: Image.AlignVCenter
            cache: false
            mipmap: true
            source: pane.output.picture
        }

        AbstractButton {
            id: enlarge

            objectName: "output.enlarge"
            anchors.fill: parent
            text: pane.words.look_closer
            background: Rectangle {
                color: "transparent"
                radius: 8
                border.color: Theme.outline
                border.width: enlarge.visualFocus ? 2 : enlarge.hovered ? 1 : 0
            }
            ToolTip.visible: hovered
            ToolTip.text: text
            ToolTip.delay: 500
            onClicked: pane.enlarged()
        }
    }
}
