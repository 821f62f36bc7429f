pragma ComponentBehavior: Bound

import QtQuick

// One line of what is looked for, with a way to clear it. What is being spelt counts, too, as long as it is letters or
// characters: `edited` tells both together. The page loads the keyboard for `field`; before that, its view-model has made a
// `TextDraft`. `begin` is what stands there at first.
Item {
    id: entry

    property string begin: ""
    property int limit: 30
    property string label: ""
    property string placeholder: ""
    readonly property alias field: field
    readonly property int room: limit - field.text.length
    readonly property string whole: field.text + (/[\u02C7-\u02D9\u3100-\u312F\u31A0-\u31BF]/.test(field.preeditText) ? "" : field.preeditText)
    signal edited(string text)

    implicitHeight: 1.2 * Theme.target
    onWholeChanged: edited(whole)
    Component.onCompleted: {
        field.text = begin;
        field.cursorPosition = field.length;
    }

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: Theme.sheet
        border.width: 2 * Theme.line
        border.color: Theme.civic
    }

    Icon {
        id: sign

        x: 5 * Theme.mm
        anchors.verticalCenter: parent.verticalCenter
        size: 9 * Theme.mm
        color: Theme.civic
        shape: "search"
    }

    Item {
        id: view

        x: sign.x + sign.width + 4 * Theme.mm
        width: parent.width - 1.2 * Theme.target - x - 2 * Theme.mm
        height: parent.height
        clip: true

        Words {
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width
            visible: entry.whole === "" && field.preeditText === ""
            color: Theme.muted
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: Theme.small
            wrapMode: Text.NoWrap
            text: entry.placeholder
        }

        TextEdit {
            id: field

            objectName: "search_field"
            // the end stays in sight
            x: Math.min(0, view.width - contentWidth - 2 * Theme.mm)
            width: Math.max(view.width, contentWidth + 2 * Theme.mm)
            anchors.verticalCenter: parent.verticalCenter
            color: Theme.ink
            font.family: Theme.family
            font.pixelSize: Theme.lead
            font.weight: Theme.medium
            renderType: TextEdit.QtRendering
            textFormat: TextEdit.PlainText
            wrapMode: TextEdit.NoWrap
            selectByMouse: false
            inputMethodHints: Qt.ImhSensitiveData | Qt.ImhNoPredictiveText | Qt.ImhNoAutoUppercase
            cursorDelegate: Rectangle {
                width: 0.8 * Theme.mm
                color: Theme.civic
                visible: field.activeFocus
            }

            Accessible.role: Accessible.EditableText
            Accessible.name: entry.label

            onTextChanged: if (text.length > entry.limit)
                remove(entry.limit, length)
        }
    }

    TouchTarget {
        id: clear

        name: "search_clear"
        x: parent.width - width
        width: 1.2 * Theme.target
        height: parent.height
        visible: entry.whole !== ""
        text: qsTr("清空")
        onActed: {
            Qt.inputMethod.reset(); // qmllint disable missing-property
            field.text = "";
            field.forceActiveFocus();
        }

        Rectangle {
            anchors.centerIn: parent
            width: parent.height - 6 * Theme.mm
            height: width
            radius: width / 2
            color: clear.pressed ? Theme.outline : Theme.tintQuery

            Icon {
                anchors.centerIn: parent
                size: 0.56 * parent.width
                color: Theme.civic
                shape: "cross"
            }
        }
    }
}
