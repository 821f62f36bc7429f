pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import controls

// The demo's control panel: the code on top, the devices at the left, the chosen one's board, what it put out and its wire
// at the right, the last result at the foot.
Window {
    id: window

    required property var panel
    required property var board
    required property var output
    required property var traffic
    required property var scenes
    property bool showsScenes: false

    width: 1280
    height: 800
    minimumWidth: 1024
    minimumHeight: 600
    color: Theme.paper
    title: panel.words.title

    Rectangle {
        id: head

        width: parent.width
        height: 60
        color: Theme.night

        PanelText {
            id: codeTitle

            x: 18
            anchors.verticalCenter: parent.verticalCenter
            color: Theme.moon
            font.weight: Font.Medium
            font.pixelSize: 15
            wrapMode: Text.NoWrap
            text: window.panel.words.code_title
        }

        PanelText {
            id: code

            objectName: "code"
            anchors.left: codeTitle.right
            anchors.leftMargin: 18
            anchors.verticalCenter: parent.verticalCenter
            visible: text !== ""
            color: Theme.nightText
            font.pixelSize: 34
            font.weight: Font.Bold
            font.letterSpacing: 3
            wrapMode: Text.NoWrap
            text: window.panel.code
        }

        PanelText {
            objectName: "code_line"
            anchors.left: code.visible ? code.right : codeTitle.right
            anchors.leftMargin: 18
            anchors.right: scenesButton.left
            anchors.rightMargin: 18
            anchors.verticalCenter: parent.verticalCenter
            elide: Text.ElideRight
            wrapMode: Text.NoWrap
            color: Theme.nightTextQuiet
            font.pixelSize: 15
            text: window.panel.codeLine
        }

        AbstractButton {
            id: scenesButton

            objectName: "scenes"
            anchors.right: parent.right
            anchors.rightMargin: visible ? 18 : 0
            anchors.verticalCenter: parent.verticalCenter
            visible: window.scenes.scenes.length > 0
            width: visible ? scenesWords.implicitWidth + 32 : 0
            height: 36
            text: window.scenes.isRunning ? window.panel.words.scene_plays : window.panel.words.scenes
            Accessible.checkable: true
            Accessible.checked: window.showsScenes
            onClicked: window.showsScenes = !window.showsScenes

            background: Rectangle {
                radius: height / 2
                color: window.showsScenes ? Theme.moon : scenesButton.hovered || scenesButton.down ? Theme.nightHill : "transparent"
                border.color: scenesButton.visualFocus ? Theme.lamp : Theme.moon
                border.width: scenesButton.visualFocus ? 2 : 1
            }
            contentItem: PanelText {
                id: scenesWords

                horizontalAlignment: Text.AlignHCenter
                verticalAlignment: Text.AlignVCenter
                wrapMode: Text.NoWrap
                font.weight: Font.Medium
                color: window.showsScenes ? Theme.lampText : Theme.nightText
                text: scenesButton.text
            }
        }
    }

    Rectangle {
        id: left

        anchors.top: head.bottom
        anchors.bottom: foot.top
        width: 280
        color: Theme.paper

        DeviceList {
            anchors.fill: parent
            panel: window.panel
            showsChosen: !window.showsScenes
            onChosen: window.showsScenes = false
        }

        Rectangle {
            anchors.right: parent.right
            width: 1
            height: parent.height
            color: Theme.hairline
        }
    }

    ScenesBoard {
        anchors.top: head.bottom
        anchors.bottom: foot.top
        anchors.left: left.right
        anchors.right: right.left
        visible: window.showsScenes
        scenes: window.scenes
        words: window.panel.words
    }

    DeviceBoard {
        visible: !window.showsScenes
        anchors.top: head.bottom
        anchors.bottom: foot.top
        anchors.left: left.right
        anchors.right: right.left
        board: window.board
        words: window.panel.words
    }

    Rectangle {
        id: right

        anchors.top: head.bottom
        anchors.bottom: foot.top
        anchors.right: parent.right
        width: Math.max(320, Math.round(window.width * 0.3))
        color: Theme.paper

        Rectangle {
            width: 1
            height: parent.height
            color: Theme.hairline
        }

        OutputPane {
            id: picture

            width: parent.width
            height: visible ? Math.round(parent.height * 0.48) : 0
            visible: window.output.picture !== ""
            output: window.output
            words: window.panel.words
            onEnlarged: closer.visible = true
        }

        TrafficPane {
            anchors.top: picture.bottom
            anchors.bottom: parent.bottom
            width: parent.width
            traffic: window.traffic
            device: window.board.title
            words: window.panel.words
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

        objectName: "output.close"
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
                mipmap: true
                source: closer.visible ? window.output.picture : ""
            }
        }
    }
}
