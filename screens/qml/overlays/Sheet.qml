import QtQuick
import "../controls"

// A page-wide sheet that asks one thing: large digits or none, a question, the safe answer where the hand rests.
Item {
    id: sheet

    required property var model
    property string question: ""
    property string text: ""
    property string safeText: ""
    property string otherText: ""
    property bool counts: false
    property bool safeAnywhere: false
    property string countWords: ""
    signal safe
    signal other

    Accessible.role: Accessible.Dialog
    Accessible.name: sheet.question

    Rectangle {
        anchors.fill: parent
        color: Theme.night
    }

    // Nothing under the sheet can be touched; where it asks whether one is still here, any touch is the answer.
    MouseArea {
        objectName: "anywhere"
        anchors.fill: parent
        onClicked: if (sheet.safeAnywhere)
            sheet.safe()
    }

    DemoMark {
        visible: sheet.model.isDemo
        x: Theme.margin
        y: Theme.margin
    }

    Column {
        id: words

        anchors.horizontalCenter: parent.horizontalCenter
        y: Math.max(12 * Theme.mm, (answers.y - height) / 2)
        width: parent.width - 4 * Theme.margin
        spacing: (Theme.landscape ? 6 : 9) * Theme.mm

        Words {
            objectName: "question"
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            color: Theme.nightText
            font.pixelSize: Theme.heading * 1.15
            font.weight: Theme.bold
            lineHeight: Theme.headingLine
            text: sheet.question
        }

        Words {
            objectName: "digits"
            visible: sheet.counts
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            color: Theme.nightText
            font.pixelSize: (Theme.landscape ? 48 : 62) * Theme.mm
            font.weight: Theme.bold
            lineHeight: Theme.headingLine
            text: Math.max(0, sheet.model.secondsLeft)
        }

        Words {
            width: parent.width
            visible: text !== ""
            horizontalAlignment: Text.AlignHCenter
            color: Theme.nightTextQuiet
            font.pixelSize: Theme.lead
            text: sheet.text
        }
    }

    Grid {
        id: answers

        readonly property real half: Theme.landscape ? (width - spacing) / 2 : width

        anchors.horizontalCenter: parent.horizontalCenter
        y: parent.height - height - (Theme.landscape ? 16 : 44) * Theme.mm
        width: Math.min(parent.width - 2 * Theme.margin, 320 * Theme.mm)
        columns: Theme.landscape ? 2 : 1
        spacing: 8 * Theme.mm
        layoutDirection: Qt.RightToLeft

        ActButton {
            name: "safe"
            lamp: true
            width: answers.half
            text: sheet.safeText
            onActed: sheet.safe()
        }

        QuietButton {
            name: "other"
            visible: sheet.otherText !== ""
            width: answers.half
            height: Theme.target * 1.35
            text: sheet.otherText
            onActed: sheet.other()
        }
    }
}
