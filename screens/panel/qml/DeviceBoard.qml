pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import controls

// The chosen device: its state, what it has counted, its switches and its faults.
Flickable {
    id: page

    required property var board
    required property var words

    contentHeight: content.implicitHeight + 32
    boundsBehavior: Flickable.StopAtBounds
    clip: true
    onContentHeightChanged: contentY = 0

    ScrollBar.vertical: ScrollBar {}

    Column {
        id: content

        x: 24
        y: 16
        width: page.width - 48
        spacing: 14

        Item {
            width: parent.width
            height: title.implicitHeight

            PanelText {
                id: title

                objectName: "board.title"
                font.pixelSize: 24
                font.weight: Font.Bold
                text: page.board.title
            }

            StateChip {
                anchors.left: title.right
                anchors.leftMargin: 14
                anchors.verticalCenter: parent.verticalCenter
                visible: page.board.emulator !== ""
                room: parent.width - title.width - 20
                label.objectName: "board.state"
                level: page.board.level
                text: page.board.state
            }
        }

        PanelText {
            objectName: "board.place"
            visible: text !== ""
            width: parent.width
            topPadding: -8
            color: Theme.muted
            font.family: "Noto Sans Mono CJK SC"
            font.pixelSize: 13
            wrapMode: Text.WrapAnywhere
            text: page.board.place
        }

        Flow {
            width: parent.width
            spacing: 8
            visible: page.board.counters.length > 0

            Repeater {
                model: page.board.counters

                Rectangle {
                    id: tile

                    required property var modelData

                    width: Math.max(number.implicitWidth, label.implicitWidth) + 28
                    height: 54
                    radius: 10
                    color: Theme.sheet
                    border.color: Theme.hairline

                    PanelText {
                        id: number

                        x: 14
                        y: 3
                        font.pixelSize: 20
                        font.weight: Font.Bold
                        wrapMode: Text.NoWrap
                        text: tile.modelData.value
                    }

                    PanelText {
                        id: label

                        x: 14
                        y: 30
                        color: Theme.muted
                        font.pixelSize: 13
                        wrapMode: Text.NoWrap
                        text: tile.modelData.label
                    }
                }
            }
        }

        PanelText {
            objectName: "board.missing"
            visible: page.board.emulator !== "" && (page.board.missing !== "" || page.board.sections.length === 0)
            width: parent.width
            font.pixelSize: 16
            text: page.board.missing === "" ? page.words.nothing_to_do : page.board.missing
        }

        Repeater {
            model: page.board.sections

            Rectangle {
                id: section

                required property var modelData

                width: content.width
                height: rows.implicitHeight + 24
                radius: 12
                color: Theme.sheet
                border.color: Theme.hairline

                Column {
                    id: rows

                    x: 16
                    y: 12
                    width: parent.width - 32
                    spacing: 10

                    PanelText {
                        font.pixelSize: 16
                        font.weight: Font.Bold
                        text: section.modelData.title
                    }

                    Repeater {
                        model: section.modelData.rows

                        Item {
                            id: row

                            required property var modelData
                            readonly property bool is_named: modelData.title !== ""

                            width: rows.width
                            height: Math.max(name.visible ? name.implicitHeight + 8 : 0, group.implicitHeight)

                            PanelText {
                                id: name

                                y: 6
                                width: 104
                                visible: row.is_named
                                color: Theme.muted
                                text: row.modelData.title
                            }

                            SwitchGroup {
                                id: group

                                x: row.is_named ? 112 : 0
                                enabled: page.board.isThere
                                board: page.board
                                room: row.width - x
                                switches: row.modelData.switches
                                columns: row.modelData.columns
                            }
                        }
                    }
                }
            }
        }
    }
}
