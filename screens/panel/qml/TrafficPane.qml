pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import controls

// What went over the wire, newest last: arrow and time, words, bytes.
Item {
    id: pane

    required property var traffic
    required property var words
    required property string device

    PanelText {
        id: heading

        x: 16
        y: 12
        width: pause.x - 24
        elide: Text.ElideRight
        wrapMode: Text.NoWrap
        font.weight: Font.Bold
        font.pixelSize: 16
        text: pane.words.traffic + " · " + pane.device
    }

    SwitchButton {
        id: pause

        objectName: "traffic.pause"
        anchors.right: copy.left
        anchors.rightMargin: 4
        anchors.verticalCenter: heading.verticalCenter
        enabled: pane.traffic.hasTraffic
        marked: pane.traffic.paused
        text: pane.traffic.paused ? pane.words.go_on : pane.words.pause
        onClicked: pane.traffic.togglePause()
    }

    SwitchButton {
        id: copy

        objectName: "traffic.copy"
        anchors.right: parent.right
        anchors.rightMargin: 12
        anchors.verticalCenter: heading.verticalCenter
        enabled: pane.traffic.count > 0
        text: pane.words.copy
        onClicked: pane.traffic.copy()
    }

    PanelText {
        objectName: "traffic.note"
        anchors.top: heading.bottom
        anchors.topMargin: 12
        x: 16
        width: parent.width - 32
        visible: pane.traffic.count === 0
        color: Theme.muted
        text: pane.traffic.hasTraffic ? pane.words.quiet_line : pane.words.no_traffic
    }

    ListView {
        id: frames

        property bool follows: true

        objectName: "traffic.frames"
        anchors.top: heading.bottom
        anchors.bottom: parent.bottom
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.margins: 12
        clip: true
        spacing: 6
        boundsBehavior: Flickable.StopAtBounds
        model: pane.traffic
        onMovementEnded: frames.follows = frames.atYEnd
        onContentHeightChanged: frames.follow()
        onHeightChanged: frames.follow()
        onCountChanged: frames.follow()

        // once what has come is laid out: the rows differ in height
        function follow() {
            if (frames.follows)
                Qt.callLater(frames.positionViewAtEnd);
        }

        ScrollBar.vertical: ScrollBar {
            onPressedChanged: if (!pressed)
                frames.follows = frames.atYEnd
        }

        delegate: Rectangle {
            id: frame

            required property string time
            required property bool isToDevice
            required property string hex
            required property string decoded
            required property string size

            width: frames.width - 10
            height: text.implicitHeight + 10
            radius: 6
            color: isToDevice ? Theme.tintQuery : Theme.sheet

            Column {
                id: text

                x: 8
                y: 5
                width: parent.width - 16

                PanelText {
                    width: parent.width
                    font.pixelSize: 13
                    color: Theme.muted
                    text: (frame.isToDevice ? "→ " + pane.words.to_device : "← " + pane.words.from_device) + "   " + frame.time + (frame.size === "" ? "" : "   " + frame.size)
                }

                PanelText {
                    width: parent.width
                    visible: text !== ""
                    font.weight: Font.Medium
                    text: frame.decoded
                }

                PanelText {
                    width: parent.width
                    visible: text !== ""
                    font.family: "Noto Sans Mono CJK SC"
                    font.pixelSize: 13
                    text: frame.hex
                }
            }
        }
    }
}
