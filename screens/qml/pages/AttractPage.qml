pragma ComponentBehavior: Bound
import QtQuick
import controls
import drawings

// The hall's face at night: one sentence, one lit button, the state of the devices, and the other ways in.
// It is the first frame of the program: no shapes, no icons, few items.
Item {
    id: page

    required property var model
    readonly property real drift: Theme.mm * page.model.drift
    readonly property real horizon: height * (Theme.landscape ? 0.64 : 0.435)

    Rectangle {
        anchors.fill: parent
        color: Theme.night
    }

    // 轻触屏幕 is meant: every place that is no button starts too.
    MouseArea {
        objectName: "anywhere"
        anchors.fill: parent
        onClicked: page.model.start()
    }

    // Staff hold this corner for five seconds; a shorter touch starts, as everywhere.
    MouseArea {
        objectName: "staff_corner"
        width: 30 * Theme.mm
        height: width
        z: 1
        enabled: page.model.hasStaffPage
        pressAndHoldInterval: 5000
        onPressAndHold: page.model.callStaff()
        onClicked: page.model.start()
    }

    // The hills are large circles; everything that stays lit moves by a millimetre or two each minute.
    Rectangle {
        x: parent.width * (Theme.landscape ? 0.3 : 0.3)
        y: page.horizon - (Theme.landscape ? 0.08 : 0.015) * parent.height + page.drift
        width: parent.width * 1.4
        height: width
        topLeftRadius: width / 2
        topRightRadius: width / 2
        color: Theme.nightFar
    }

    // the city asleep behind the hall: each tower as x, width and height in hundredths of the hall's width, and its lit windows
    Item {
        id: city

        readonly property real unit: hall.width / 100

        x: hall.x
        y: page.horizon

        Repeater {
            model: [[-34, 12, 26, 1], [-19, 9, 44, 2], [-7, 15, 33, 2], [84, 12, 50, 3], [99, 15, 37, 2], [117, 10, 56, 3], [130, 16, 30, 1]]

            Rectangle {
                id: tower

                required property var modelData

                x: modelData[0] * city.unit
                y: -modelData[2] * city.unit
                width: modelData[1] * city.unit
                height: (modelData[2] + 24) * city.unit
                topLeftRadius: city.unit
                topRightRadius: city.unit
                color: Theme.nightFar

                Repeater {
                    model: tower.modelData[3]

                    Rectangle {
                        required property int index

                        x: (2.2 + (index % 2) * 3.6) * city.unit
                        y: (4 + index * 7.5) * city.unit
                        width: 2 * city.unit
                        height: 2.8 * city.unit
                        color: Theme.window
                    }
                }
            }
        }
    }

    Rectangle {
        x: hall.x + hall.width / 2 - width / 2
        y: page.horizon - 0.012 * hall.width
        width: parent.width * (Theme.landscape ? 1.5 : 1.9)
        height: width
        topLeftRadius: width / 2
        topRightRadius: width / 2
        color: Theme.nightHill
    }

    // the light before the door
    Rectangle {
        x: hall.x + (hall.width - width) / 2
        y: hall.y + hall.height + 0.012 * hall.width
        width: 0.3 * hall.width
        height: 0.022 * hall.width
        radius: height / 2
        color: Theme.nightGlow
    }

    Hall {
        id: hall

        night: true
        x: Theme.landscape ? page.width * 0.6 + page.drift : (page.width - width) / 2 + page.drift
        y: page.horizon - height + 0.02 * width
        width: Theme.landscape ? page.width * 0.3 : page.width * 0.66
    }

    Item {
        x: page.drift
        y: -page.drift / 2
        width: parent.width
        height: parent.height

        Repeater {
            model: [[0.07, 0.155, 1.3], [0.3, 0.215, 1.7], [0.53, 0.125, 1.3], [0.4, 0.222, 1.5], [0.2, 0.29, 1.2], [0.92, 0.245, 1.5], [0.62, 0.3, 1.2], [0.46, 0.055, 1.2], [0.95, 0.06, 1.3]]

            Rectangle {
                required property var modelData

                x: page.width * modelData[0]
                y: page.height * modelData[1] * (Theme.landscape ? 1 : 0.62)
                width: modelData[2] * Theme.mm
                height: width
                radius: width / 2
                color: Theme.nightTextQuiet
            }
        }

        Rectangle {
            id: moon

            x: page.width * (Theme.landscape ? 0.83 : 0.74)
            y: page.height * (Theme.landscape ? 0.08 : 0.06)
            width: 36 * Theme.mm
            height: width
            radius: width / 2
            color: Theme.moon

            Rectangle {
                x: -0.3 * parent.width
                y: -0.18 * parent.height
                width: parent.width * 0.98
                height: width
                radius: width / 2
                color: Theme.night
            }
        }

        BrandMark {
            x: Theme.margin * 1.4
            y: Theme.margin * 1.4
            size: 16 * Theme.mm
        }

        Words {
            x: Theme.margin * 1.4 + 21 * Theme.mm
            y: Theme.margin * 1.4
            height: 16 * Theme.mm
            verticalAlignment: Text.AlignVCenter
            color: Theme.nightText
            font.weight: Theme.bold
            wrapMode: Text.NoWrap
            text: page.model.isDemo ? qsTr("不打烊 · 演示") : qsTr("不打烊")
        }
    }

    Column {
        id: sentence

        x: Theme.margin * 1.4 + page.drift
        y: Theme.landscape ? page.height * 0.27 : start.y - height - 14 * Theme.mm
        width: Theme.landscape ? page.width * 0.52 : page.width - 2.8 * Theme.margin
        spacing: 5 * Theme.mm

        Words {
            objectName: "question"
            width: parent.width
            color: Theme.nightText
            font.pixelSize: Theme.hero
            font.weight: Theme.bold
            lineHeight: Theme.headingLine
            text: page.model.sentence
        }

        Words {
            width: parent.width
            color: Theme.nightTextQuiet
            font.pixelSize: Theme.lead
            text: page.model.siteLine
        }
    }

    TouchTarget {
        id: start

        name: "start"
        text: qsTr("轻触屏幕开始")
        x: Theme.margin * 1.4
        y: Theme.landscape ? sentence.y + sentence.height + 9 * Theme.mm : page.height * 0.645
        width: Theme.landscape ? page.width * 0.5 : page.width - 2.8 * Theme.margin
        height: (Theme.landscape ? 34 : 46) * Theme.mm
        onActed: page.model.start()

        Rectangle {
            anchors.fill: parent
            radius: 6 * Theme.mm
            color: start.pressed ? Theme.lampPressed : Theme.lamp
        }

        Words {
            anchors.centerIn: parent
            width: parent.width - 8 * Theme.mm
            horizontalAlignment: Text.AlignHCenter
            color: Theme.lampText
            font.pixelSize: Theme.heading
            font.weight: Theme.bold
            text: start.text
        }
    }

    DeviceStrip {
        id: devices

        x: Theme.margin * 1.4 + page.drift
        y: start.y + start.height + 9 * Theme.mm
        width: parent.width - 2.8 * Theme.margin
        night: true
        devices: page.model.devices
    }

    Flow {
        x: Theme.margin * 1.4
        y: page.height - height - (Theme.landscape ? 12 : 38) * Theme.mm
        width: parent.width - 2.8 * Theme.margin
        spacing: 5 * Theme.mm

        Chip {
            name: "start_zh_HK"
            text: "繁體中文"
            family: "Noto Sans CJK HK"
            height: Theme.target * 1.15
            width: page.width > page.height ? 62 * Theme.mm : (page.width - 2.8 * Theme.margin - 10 * Theme.mm) / 3
            onActed: page.model.startIn("zh_HK")
        }

        Chip {
            name: "start_en"
            text: "English"
            height: Theme.target * 1.15
            width: page.width > page.height ? 62 * Theme.mm : (page.width - 2.8 * Theme.margin - 10 * Theme.mm) / 3
            onActed: page.model.startIn("en")
        }

        Chip {
            name: "start_elder"
            text: "大字版"
            height: Theme.target * 1.15
            width: page.width > page.height ? 62 * Theme.mm : (page.width - 2.8 * Theme.margin - 10 * Theme.mm) / 3
            onActed: page.model.startElder()
        }
    }

    Words {
        visible: !Theme.landscape
        x: Theme.margin * 1.4 + page.drift
        y: page.height - height - 14 * Theme.mm
        width: parent.width - 2.8 * Theme.margin
        color: Theme.nightTextQuiet
        font.pixelSize: Theme.small
        text: qsTr("需要帮助，请拨 %1").arg(page.model.helpPhone)
    }
}
