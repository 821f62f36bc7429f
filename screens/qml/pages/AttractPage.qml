pragma ComponentBehavior: Bound
import QtQuick
import controls

// The hall's face at night: one sentence, one lit button, the state of the devices, and the other ways in.
// It is the first frame of the program: no shapes, no icons, few items.
Item {
    id: page

    required property var model
    readonly property real drift: Theme.mm * page.model.drift

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

    // The hills are large circles; everything that stays lit moves by a millimetre or two each minute.
    Rectangle {
        x: parent.width * 0.28
        y: parent.height * (Theme.landscape ? 0.5 : 0.56) + page.drift
        width: parent.width * 1.5
        height: width
        radius: width / 2
        color: Theme.nightFar
    }

    // the city asleep: each tower as x, width and height in hundredths of the page's width, and its lit windows
    Item {
        id: city

        readonly property real unit: (Theme.landscape ? page.width * 0.5 : page.width) / 100

        x: page.width - width + page.drift
        y: page.height * (Theme.landscape ? 0.6 : 0.62)
        width: 100 * unit

        Repeater {
            model: [[61, 5, 8, 0], [65, 9, 12, 1], [76, 5, 27, 3], [82, 8, 19, 2], [91, 9, 14, 1]]

            Rectangle {
                id: tower

                required property var modelData

                x: modelData[0] * city.unit
                y: -modelData[2] * city.unit
                width: modelData[1] * city.unit
                height: (modelData[2] + 14) * city.unit
                topLeftRadius: 0.6 * city.unit
                topRightRadius: 0.6 * city.unit
                color: Theme.nightFar

                Repeater {
                    model: tower.modelData[3]

                    Rectangle {
                        required property int index

                        x: (1.4 + (index % 2) * 2) * city.unit
                        y: (2.2 + index * 4.1) * city.unit
                        width: 1.1 * city.unit
                        height: 1.5 * city.unit
                        color: Theme.window
                    }
                }
            }
        }
    }

    Rectangle {
        x: -parent.width * 0.55
        y: parent.height * (Theme.landscape ? 0.6 : 0.62) - page.drift
        width: parent.width * 1.7
        height: width
        radius: width / 2
        color: Theme.nightHill
    }

    Item {
        x: page.drift
        y: -page.drift / 2
        width: parent.width
        height: parent.height

        Repeater {
            model: [[0.07, 0.155, 1.3], [0.27, 0.095, 1.7], [0.53, 0.125, 1.3], [0.4, 0.222, 1.5], [0.2, 0.29, 1.2], [0.92, 0.245, 1.5], [0.62, 0.3, 1.2], [0.12, 0.05, 1.2], [0.95, 0.06, 1.3]]

            Rectangle {
                required property var modelData

                x: page.width * modelData[0]
                y: page.height * modelData[1]
                width: modelData[2] * Theme.mm
                height: width
                radius: width / 2
                color: Theme.nightTextQuiet
            }
        }

        Rectangle {
            id: moon

            x: page.width * (Theme.landscape ? 0.83 : 0.74)
            y: page.height * (Theme.landscape ? 0.09 : 0.085)
            width: 40 * Theme.mm
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
        width: Theme.landscape ? page.width * 0.62 : page.width - 2.8 * Theme.margin
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
        y: Theme.landscape ? sentence.y + sentence.height + 9 * Theme.mm : page.height * 0.605
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
