import QtQuick
import controls

// A key. Each finger counts by itself, so that the second key may go down before the first is up; it acts where it is
// lifted, however long it was held.
Item {
    id: key

    property string name: ""
    property string text: ""
    property string cap: ""
    property string family: Theme.family
    property int size: Theme.heading
    property bool isWord: false
    property bool lit: false
    property real capWidth: width - 3 * Theme.mm
    readonly property bool pressed: tap.pressed
    signal acted

    objectName: name

    Accessible.role: Accessible.Button
    Accessible.name: key.text
    Accessible.onPressAction: if (key.enabled)
        key.acted()

    TapHandler {
        id: tap

        gesturePolicy: TapHandler.WithinBounds
        longPressThreshold: 0
        // its page may have been put away under the finger
        onTapped: if (key.enabled && key.visible)
            key.acted()
    }

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: !key.enabled ? Theme.disabled : key.lit ? Theme.civic : key.pressed ? Theme.tintQuery : key.isWord ? Theme.paper : Theme.sheet
        border.width: key.enabled ? Theme.line : 0
        border.color: Theme.civic
    }

    Words {
        anchors.centerIn: parent
        width: key.capWidth
        horizontalAlignment: Text.AlignHCenter
        color: !key.enabled ? Theme.disabledText : key.lit ? Theme.civicText : Theme.ink
        font.family: key.family
        font.pixelSize: key.size
        font.weight: key.isWord ? Theme.regular : Theme.medium
        fontSizeMode: Text.HorizontalFit
        minimumPixelSize: Theme.small
        wrapMode: Text.NoWrap
        text: key.cap
    }
}
