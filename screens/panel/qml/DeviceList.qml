pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import controls

// All devices of the lab in their groups.
Flickable {
    id: list

    required property var panel
    property bool showsChosen: true
    signal chosen

    contentHeight: groups.implicitHeight + 10
    boundsBehavior: Flickable.StopAtBounds
    clip: true

    ScrollBar.vertical: ScrollBar {}

    Column {
        id: groups

        x: 8
        y: 6
        width: list.width - 16

        Repeater {
            model: list.panel.groups

            Column {
                id: group

                required property var modelData

                width: groups.width
                bottomPadding: 3

                PanelText {
                    x: 10
                    height: 20
                    verticalAlignment: Text.AlignVCenter
                    color: Theme.muted
                    font.pixelSize: 13
                    font.weight: Font.Medium
                    text: group.modelData.title
                }

                Repeater {
                    model: group.modelData.devices

                    DeviceEntry {
                        required property var modelData
                        readonly property var now: list.panel.devices[modelData.emulator]

                        objectName: "device." + modelData.emulator
                        width: group.width
                        text: modelData.title
                        chosen: list.showsChosen && list.panel.chosen === modelData.emulator
                        level: now ? now.level : "quiet"
                        state_words: now ? now.state : ""
                        onClicked: {
                            list.panel.choose(modelData.emulator);
                            list.chosen();
                        }
                    }
                }
            }
        }
    }
}
