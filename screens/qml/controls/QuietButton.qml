import QtQuick

// A second way: outlined, on paper or white.
TouchTarget {
    id: button

    property string reason: ""
    property string icon: ""
    property bool chosen: false
    property bool strong: false

    implicitHeight: Theme.target
    // not the Row's, which is known with the next frame only
    readonly property real signWidth: icon !== "" ? label.font.pixelSize * 1.05 + row.spacing : 0
    implicitWidth: signWidth + label.implicitWidth + 12 * Theme.mm
    Accessible.description: button.enabled ? "" : button.reason

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: !button.enabled ? Theme.disabled : button.chosen ? Theme.civic : button.pressed ? Theme.tintQuery : Theme.sheet
        border.width: button.enabled ? Theme.line : 0
        border.color: Theme.civic
    }

    Row {
        id: row

        anchors.centerIn: parent
        spacing: 2 * Theme.mm

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            visible: button.icon !== ""
            shape: button.icon
            size: label.font.pixelSize * 1.05
            color: label.color
        }

        Words {
            id: label

            width: Math.min(implicitWidth, button.width - 6 * Theme.mm - button.signWidth)
            horizontalAlignment: Text.AlignHCenter
            color: !button.enabled ? Theme.disabledText : button.chosen ? Theme.civicText : Theme.ink
            font.weight: button.strong ? Theme.bold : Theme.regular
            lineHeight: Theme.headingLine
            text: button.text
        }
    }
}
