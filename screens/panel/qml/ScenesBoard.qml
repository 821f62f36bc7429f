pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import controls

// The scenes: a sentence each, a button that plays it, the steps of the one that was played last.
Flickable {
    id: page

    required property var scenes
    required property var words

    contentHeight: content.implicitHeight + 32
    boundsBehavior: Flickable.StopAtBounds
    clip: true

    ScrollBar.vertical: ScrollBar {}

    Column {
        id: content

        x: 24
        y: 16
        width: page.width - 48
        spacing: 10

        PanelText {
            objectName: "board.title"
            font.pixelSize: 24
            font.weight: Font.Bold
            text: page.words.scenes
        }

        PanelText {
            width: parent.width
            color: Theme.muted
            text: page.words.scenes_lead
        }

        Repeater {
            model: page.scenes.scenes

            Rectangle {
                id: scene

                required property var modelData
                readonly property bool is_played: page.scenes.played === modelData.name

                width: content.width
                height: rows.implicitHeight + 24
                radius: 12
                color: Theme.sheet
                border.color: is_played ? Theme.civic : Theme.hairline

                Column {
                    id: rows

                    x: 16
                    y: 12
                    width: parent.width - 32
                    spacing: 8

                    Item {
                        width: parent.width
                        height: Math.max(told.implicitHeight, buttons.height)

                        Column {
                            id: told

                            width: parent.width - buttons.width - 16
                            spacing: 2

                            PanelText {
                                width: parent.width
                                font.pixelSize: 15
                                text: scene.modelData.sentence
                            }

                            PanelText {
                                width: parent.width
                                color: Theme.muted
                                font.family: "Noto Sans Mono CJK SC"
                                font.pixelSize: 13
                                text: scene.modelData.name
                            }
                        }

                        Rectangle {
                            id: buttons

                            anchors.right: parent.right
                            width: row.width + 4
                            height: row.height + 4
                            radius: 9
                            color: Theme.disabled

                            Row {
                                id: row

                                x: 2
                                y: 2
                                spacing: 2

                                SwitchButton {
                                    objectName: "scene.run." + scene.modelData.name
                                    visible: !(scene.is_played && page.scenes.isRunning)
                                    enabled: !page.scenes.isRunning
                                    text: page.words.scene_run
                                    onClicked: page.scenes.run(scene.modelData.name)
                                }

                                SwitchButton {
                                    objectName: "scene.stop." + scene.modelData.name
                                    visible: scene.is_played && page.scenes.isRunning
                                    wanted: true
                                    text: page.words.scene_stop
                                    onClicked: page.scenes.stop()
                                }

                                SwitchButton {
                                    objectName: "scene.mend." + scene.modelData.name
                                    enabled: !page.scenes.isRunning
                                    text: page.words.scene_mend
                                    onClicked: page.scenes.mend(scene.modelData.name)
                                }
                            }
                        }
                    }

                    Repeater {
                        model: scene.is_played ? page.scenes.steps : []

                        PanelText {
                            required property var modelData

                            objectName: "scene.step." + modelData.progress
                            width: rows.width
                            leftPadding: 8
                            font.weight: modelData.progress === "now" ? Font.Bold : Font.Normal
                            color: modelData.progress === "done" ? Theme.ready : modelData.progress === "now" ? Theme.ink : Theme.muted
                            text: (modelData.progress === "done" ? "✓ " : modelData.progress === "now" ? "▶ " : "· ") + modelData.label
                        }
                    }

                    PanelText {
                        objectName: "scene.result"
                        visible: scene.is_played && text !== ""
                        width: parent.width
                        font.weight: Font.Medium
                        color: page.scenes.resultLevel === "ready" ? Theme.ready : page.scenes.resultLevel === "later" ? Theme.later : page.scenes.resultLevel === "stopped" ? Theme.stopped : Theme.ink
                        text: scene.is_played ? page.scenes.result : ""
                    }
                }
            }
        }
    }
}
