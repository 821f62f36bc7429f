pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import controls

// One emulated device: its state, its switches, what it printed, and a fold of faults.
Rectangle {
    id: board

    required property var panel
    required property var device
    readonly property var now: panel.devices[device.emulator]
    property bool unfolded: false
    signal slipWanted

    implicitHeight: content.implicitHeight + 20
    radius: 12
    color: Theme.sheet
    border.color: Theme.hairline

    Column {
        id: content

        x: 14
        y: 10
        width: parent.width - 28
        spacing: 6

        Item {
            width: parent.width
            height: 26

            PanelText {
                id: title

                anchors.verticalCenter: parent.verticalCenter
                font.pixelSize: 17
                font.weight: Font.Bold
                text: board.device.title
            }

            Rectangle {
                id: chip

                anchors.right: parent.right
                height: parent.height
                width: Math.min(state.implicitWidth + 24, parent.width - title.width - 12)
                radius: height / 2
                color: board.now.level === "ready" ? Theme.readyTint : board.now.level === "later" ? Theme.laterTint : board.now.level === "stopped" ? Theme.stoppedTint : Theme.disabled

                PanelText {
                    id: state

                    objectName: board.device.emulator + ".state"
                    anchors.centerIn: parent
                    width: Math.min(implicitWidth, parent.width - 16)
                    elide: Text.ElideRight
                    wrapMode: Text.NoWrap
                    font.weight: Font.Medium
                    color: board.now.level === "ready" ? Theme.ready : board.now.level === "later" ? Theme.later : board.now.level === "stopped" ? Theme.stopped : Theme.disabledText
                    text: board.now.state
                }
            }
        }

        Item {
            width: parent.width
            height: Math.max(switches.implicitHeight, picture.visible ? picture.height : 0)

            Column {
                id: switches

                width: parent.width - (picture.visible ? picture.width + 12 : 0)
                spacing: 6

                PanelText {
                    objectName: board.device.emulator + ".detail"
                    width: parent.width
                    visible: text !== ""
                    color: Theme.muted
                    font.pixelSize: 13
                    wrapMode: Text.WrapAnywhere
                    text: board.now.detail
                }

                Flow {
                    width: parent.width
                    spacing: 6

                    Repeater {
                        model: board.device.hasCards ? board.panel.cards : []

                        SwitchGroup {
                            required property var modelData

                            enabled: board.now.isThere
                            panel: board.panel
                            room: switches.width
                            switches: [modelData]
                        }
                    }

                    Repeater {
                        model: board.device.groups

                        SwitchGroup {
                            required property var modelData

                            enabled: board.now.isThere
                            panel: board.panel
                            room: switches.width
                            switches: modelData
                        }
                    }

                    Fold {
                        objectName: board.device.emulator + ".fold"
                        visible: board.device.faults.length > 0
                        text: board.panel.words.faults
                        unfolded: board.unfolded
                        onClicked: board.unfolded = !board.unfolded
                    }
                }
            }

            // what came out last
            Rectangle {
                id: picture

                anchors.right: parent.right
                visible: board.device.hasSlip && board.panel.slip !== ""
                width: 84
                height: 100
                clip: true
                color: Theme.sheet

                Image {
                    objectName: board.device.emulator + ".picture"
                    x: 4
                    y: 4
                    width: parent.width - 8
                    fillMode: Image.PreserveAspectFit
                    verticalAlignment: Image.AlignTop
                    cache: false
                    sourceSize.width: 2 * width
                    source: board.device.hasSlip ? board.panel.slip : ""
                }

                AbstractButton {
                    id: enlarge

                    objectName: board.device.emulator + ".slip"
                    anchors.fill: parent
                    text: board.panel.words.look_closer
                    background: Rectangle {
                        color: "transparent"
                        border.color: Theme.outline
                        border.width: enlarge.visualFocus ? 2 : 1
                    }
                    ToolTip.visible: hovered
                    ToolTip.text: text
                    ToolTip.delay: 500
                    onClicked: board.slipWanted()
                }
            }
        }

        Flow {
            width: parent.width
            spacing: 6
            visible: board.unfolded
            enabled: board.now.isThere

            Repeater {
                model: board.unfolded ? board.device.faults : []

                SwitchGroup {
                    required property var modelData

                    panel: board.panel
                    room: content.width
                    switches: modelData
                }
            }
        }
    }
}
