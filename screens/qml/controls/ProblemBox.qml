import QtQuick

// What is wrong and how to mend it, in one sentence; nothing while there is none.
Item {
    id: box

    property string text: ""
    property bool gentle: false

    visible: text !== ""
    implicitHeight: visible ? words.implicitHeight + 8 * Theme.mm : 0

    Accessible.role: Accessible.AlertMessage
    Accessible.name: box.text

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: box.gentle ? Theme.laterTint : Theme.stoppedTint

        Rectangle {
            width: 1.6 * Theme.mm
            height: parent.height - 8 * Theme.mm
            x: 3 * Theme.mm
            anchors.verticalCenter: parent.verticalCenter
            radius: width / 2
            color: box.gentle ? Theme.later : Theme.stopped
        }
    }

    Words {
        id: words

        objectName: "problem"
        x: 8 * Theme.mm
        anchors.verticalCenter: parent.verticalCenter
        width: parent.width - 14 * Theme.mm
        color: box.gentle ? Theme.later : Theme.stopped
        font.weight: Theme.medium
        text: box.text
    }
}
