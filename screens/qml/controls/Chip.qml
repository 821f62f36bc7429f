import QtQuick

// A setting on the civic bar or in the night: one touch chooses it.
TouchTarget {
    id: chip

    property bool chosen: false
    property bool night: false
    property string family: Theme.family

    implicitHeight: Theme.target
    implicitWidth: Math.max(label.implicitWidth + 8 * Theme.mm, Theme.target)
    Accessible.role: Accessible.RadioButton
    Accessible.checkable: true
    Accessible.checked: chip.chosen

    Rectangle {
        anchors.fill: parent
        radius: height / 2
        color: chip.chosen ? Theme.civicTextQuiet : chip.pressed ? Theme.civicPressed : "transparent"
        border.width: Theme.line
        border.color: Theme.civicTextQuiet
    }

    Words {
        id: label

        anchors.centerIn: parent
        color: chip.chosen ? Theme.night : Theme.civicText
        font.family: chip.family
        font.pixelSize: Theme.small
        font.weight: chip.chosen ? Theme.bold : Theme.regular
        wrapMode: Text.NoWrap
        text: chip.text
    }
}
