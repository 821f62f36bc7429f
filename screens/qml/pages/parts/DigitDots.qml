pragma ComponentBehavior: Bound
import QtQuick
import controls

// How many digits are typed: a dot for each, an empty ring for each that is still wanted. Never the digits.
Item {
    id: dots

    property int count: 0
    property int wanted: 6
    property int most: 6
    readonly property int places: Math.max(wanted, count)
    readonly property real dot: Math.min(0.34 * height, (width - 12 * Theme.mm) / (places * 1.6))

    implicitHeight: 1.2 * Theme.target
    Accessible.role: Accessible.EditableText
    Accessible.passwordEdit: true
    Accessible.name: qsTr("已输入 %1 位").arg(dots.count)

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: Theme.sheet
        border.width: Theme.stroke
        border.color: Theme.civic
    }

    Row {
        anchors.centerIn: parent
        spacing: 0.6 * dots.dot

        Repeater {
            model: dots.places

            Rectangle {
                required property int index

                width: dots.dot
                height: width
                radius: width / 2
                color: index < dots.count ? Theme.civic : "transparent"
                border.width: Theme.stroke
                border.color: index < dots.count ? Theme.civic : Theme.outline
            }
        }
    }
}
