import QtQuick

// What can be touched: fires `acted` once for a touch that begins and ends on it, however long it is held.
Item {
    id: target

    property string name: ""
    property string text: ""
    readonly property bool pressed: area.pressed && area.containsMouse
    signal acted

    objectName: name
    implicitHeight: Theme.target
    implicitWidth: Theme.target

    Accessible.role: Accessible.Button
    Accessible.name: target.text
    Accessible.onPressAction: if (target.enabled)
        target.acted()

    MouseArea {
        id: area

        anchors.fill: parent
        onClicked: target.acted()
    }
}
