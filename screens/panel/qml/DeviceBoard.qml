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

    implicitHeight: content.implicitHeight + 24
    radius: 12
    color: Theme.sheet
    border.color: Theme.hairline

    Column {
        id: content

        x: 14
        y: 12
        width: parent.width - 28
        spacing: 8

        Item {
            width: parent.width
            height: 28

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
                spacing: 8

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
                    visible: board.device.hasCards
                    enabled: board.now.isThere

                    Repeater {
                        model: board.device.hasCards ? board.panel.cards : []

                        SwitchButton {
                            required property var modelData

                            objectName: modelData.id
                            text: modelData.label
                            marked: board.panel.marked.indexOf(modelData.id) >= 0
                            waits: board.panel.underWay === modelData.id
                            onClicked: board.panel.press(modelData.id)

                            Rectangle {
                                anchors.fill: parent
                                z: -1
                                radius: 7
                                color: Theme.disabled
                            }
                        }
                    }
                }

                Flow {
                    width: parent.width
                    spacing: 6
                    enabled: board.now.isThere

                    Repeater {
                        model: board.device.groups

                        SwitchGroup {
                            required property var modelData

                            panel: board.panel
                            switches: modelData
                        }
                    }
                }
            }

            Rectangle {
                id: picture

                anchors.right: parent.right
                visible: board.device.hasSlip && board.panel.slip !== ""
                width: 84
                height: 116
                clip: true
                color: Theme.sheet
                border.color: Theme.outline

                Image {
                    objectName: "slip"
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
                    objectName: "slip.enlarge"
                    anchors.fill: parent
                    text: board.panel.words.look_closer
                    ToolTip.visible: hovered
                    ToolTip.text: text
                    ToolTip.delay: 500
                    onClicked: board.slipWanted()
                }
            }
        }

        AbstractButton {
            id: fold

            objectName: board.device.emulator + ".fold"
            visible: board.device.faults.length > 0
            implicitHeight: 26
            implicitWidth: foldWords.implicitWidth + 24
            text: board.panel.words.faults
            onClicked: board.unfolded = !board.unfolded

            contentItem: Item {
                Icon {
                    anchors.verticalCenter: parent.verticalCenter
                    size: 14
                    weight: 3
                    color: Theme.muted
                    shape: board.unfolded ? "up" : "down"
                }

                PanelText {
                    id: foldWords

                    x: 20
                    anchors.verticalCenter: parent.verticalCenter
                    color: Theme.muted
                    wrapMode: Text.NoWrap
                    text: fold.text
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
                    switches: modelData
                }
            }
        }
    }
}
