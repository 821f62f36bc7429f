import QtQuick
import controls
import drawings

// This terminal asks the department's hall: the lights go between the two while the answer is awaited, else none is lit; cut,
// a cross stands in the middle.
Rectangle {
    id: scene

    property bool goes: true
    property bool isCut: false
    readonly property real share: Theme.landscape ? 0.3 : 0.27
    readonly property bool lies: Theme.landscape || room < 0.9 * width
    property string text: ""
    readonly property real padding: 12 * Theme.mm
    readonly property real room: height - (text === "" ? 2 * padding : words.height + 3 * padding)

    radius: Theme.radius
    color: Theme.tintQuery

    Hall {
        id: hall

        visible: scene.room > 30 * Theme.mm
        x: scene.lies ? scene.width - scene.padding - width - 0.04 * scene.width : (scene.width - width) / 2
        y: scene.lies ? scene.padding + (scene.room - height) / 2 : scene.padding
        width: scene.lies ? Math.min(scene.share * scene.width, scene.room / 0.72) : Math.min(0.72 * scene.width, 0.36 * scene.room / 0.62)
        pane: Theme.readyTint
    }

    WaitingLights {
        id: lights

        stands: !scene.lies
        size: scene.lies ? Math.min(9 * Theme.mm, (hall.x - kiosk.x - kiosk.width) / 10) : Math.min(8 * Theme.mm, (kiosk.y - hall.y - hall.height) / 10)
        x: scene.lies ? (kiosk.x + kiosk.width + hall.x - width) / 2 : (scene.width - width) / 2
        y: scene.lies ? scene.padding + (scene.room - height) / 2 : (hall.y + hall.height + kiosk.y - height) / 2
        goes: scene.goes && !scene.isCut
        at: scene.goes && !scene.isCut ? 0 : -1
    }

    Rectangle {
        visible: scene.isCut
        anchors.centerIn: lights
        width: 1.9 * lights.size
        height: width
        radius: width / 2
        color: scene.color

        Icon {
            anchors.centerIn: parent
            size: 0.9 * parent.width
            shape: "cross"
            color: Theme.stopped
        }
    }

    // this terminal, small
    Item {
        id: kiosk

        visible: hall.visible
        x: scene.lies ? scene.padding + 0.04 * scene.width : (scene.width - width) / 2
        y: scene.lies ? scene.padding + (scene.room - height) / 2 : scene.padding + scene.room - height
        width: scene.lies ? hall.width : 0.62 * 0.36 * scene.room
        height: scene.lies ? 0.72 * hall.width : 0.36 * scene.room

        Rectangle {
            x: 0.1 * parent.width
            width: 0.8 * parent.width
            height: 0.8 * parent.height
            radius: 0.05 * parent.height
            color: Theme.sheet
            border.width: Theme.stroke
            border.color: Theme.civic

            Rectangle {
                x: 0.08 * parent.width
                y: 0.07 * parent.height
                width: 0.84 * parent.width
                height: 0.72 * parent.height
                radius: 0.03 * parent.height
                color: Theme.readyTint

                Rectangle {
                    width: parent.width
                    height: 0.14 * parent.height
                    radius: parent.radius
                    color: Theme.civic
                }
            }
        }

        Rectangle {
            y: 0.74 * parent.height
            width: parent.width
            height: 0.26 * parent.height
            radius: 0.05 * parent.height
            color: Theme.sheet
            border.width: Theme.stroke
            border.color: Theme.civic

            Rectangle {
                x: 0.1 * parent.width
                y: 0.42 * parent.height
                width: 0.4 * parent.width
                height: 0.16 * parent.height
                radius: height / 2
                color: Theme.civic
            }

            Rectangle {
                x: 0.66 * parent.width
                y: 0.24 * parent.height
                width: 0.24 * parent.width
                height: 0.52 * parent.height
                radius: 0.1 * height
                color: Theme.readyTint
            }
        }
    }

    Words {
        id: words

        x: scene.padding
        y: scene.height - scene.padding - height
        width: scene.width - 2 * scene.padding
        horizontalAlignment: Text.AlignHCenter
        font.pixelSize: Theme.lead
        text: scene.text
    }
}
