import QtQuick
import controls

// Shows what is masked: while it is held down, or in elder size for a while after one touch.
TouchTarget {
    id: button

    property bool shown: false
    property bool onPaper: false
    readonly property bool dark: !onPaper || pressed || shown
    signal held(bool isHeld)

    text: Theme.elder ? (shown ? qsTr("遮住") : qsTr("显示 10 秒")) : qsTr("按住显示")
    implicitWidth: label.implicitWidth + 10 * Theme.mm
    onPressedChanged: if (!Theme.elder)
        button.held(button.pressed)

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: button.pressed || button.shown ? Theme.civicPressed : button.onPaper ? Theme.sheet : "transparent"
        border.width: Theme.line
        border.color: button.onPaper ? Theme.civic : Theme.civicTextQuiet
    }

    Words {
        id: label

        anchors.centerIn: parent
        color: button.dark ? Theme.civicText : Theme.ink
        wrapMode: Text.NoWrap
        text: button.text
    }
}
