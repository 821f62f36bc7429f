import QtQuick

// The act of a page, named by what it does. Disabled it stays, and says why in `reason`.
TouchTarget {
    id: button

    property string reason: ""
    property bool lamp: false
    readonly property bool quiet: !button.enabled

    implicitHeight: Theme.target * 1.35
    implicitWidth: label.implicitWidth + 16 * Theme.mm
    Accessible.description: button.enabled ? "" : button.reason

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: button.quiet ? Theme.disabled : button.lamp ? (button.pressed ? Theme.lampPressed : Theme.lamp) : (button.pressed ? Theme.civicPressed : Theme.civic)
        scale: button.pressed ? 0.985 : 1
    }

    Words {
        id: label

        anchors.centerIn: parent
        width: parent.width - 6 * Theme.mm
        horizontalAlignment: Text.AlignHCenter
        color: button.quiet ? Theme.disabledText : button.lamp ? Theme.lampText : Theme.civicText
        font.pixelSize: Theme.lead
        font.weight: Theme.bold
        lineHeight: Theme.headingLine
        text: button.text
    }
}
