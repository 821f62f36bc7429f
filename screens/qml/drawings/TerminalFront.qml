pragma ComponentBehavior: Bound
import QtQuick
import controls

// This terminal's own front in lines: panel and devices where the configuration has them, one of them lit.
// `bays`: list of {device, place, order, of} (see screens/view_models/front.py). `shows`: "card", "paper" or "".
// The movement is shown a few times and then rests, so that an idle page draws no frames.
Item {
    id: front

    property var bays: []
    property string lit: ""
    property string shows: ""
    property bool moves: true
    property int turns: 4
    property bool cardLies: false

    readonly property real cabinetRatio: Theme.landscape ? 1.32 : 0.72
    readonly property real bodyHeight: Math.min(height, width / (cabinetRatio + 0.16))
    readonly property real bodyWidth: bodyHeight * cabinetRatio
    readonly property var litBay: {
        for (let i = 0; i < bays.length; i++)
            if (bays[i].device === lit)
                return bays[i];
        return null;
    }
    readonly property var litArea: litBay ? areaOf(litBay) : null

    // Where a bay lies, in the body's coordinates: rows above, beside and below the panel.
    function areaOf(bay) {
        const place = bay.place;
        const isSide = place === "left" || place === "right";
        const rowHeight = place.endsWith("above") ? 0.1 : isSide ? 0.3 : 0.19;
        const column = place.startsWith("left") ? 0 : place.startsWith("right") ? 2 : 1;
        const columnWidth = isSide ? 0.13 : 0.3;
        const x = isSide ? (column === 0 ? 0.0 : 0.87) : 0.035 + column * 0.315;
        const y = place.endsWith("above") ? 0.03 : isSide ? 0.34 : 0.752;
        const share = rowHeight / bay.of;
        return {
            x: x * body.width,
            y: (y + share * bay.order) * body.height,
            width: columnWidth * body.width,
            height: share * body.height
        };
    }

    function hasPlace(words) {
        for (let i = 0; i < bays.length; i++)
            if (bays[i].place === words || (words === "above" && bays[i].place.endsWith("above")))
                return true;
        return false;
    }

    implicitWidth: 120 * Theme.mm
    implicitHeight: 120 * Theme.mm

    Item {
        id: body

        anchors.centerIn: parent
        width: front.bodyWidth
        height: front.bodyHeight

        Rectangle {
            // the foot
            x: 0.2 * parent.width
            y: 0.9 * parent.height
            width: 0.6 * parent.width
            height: 0.1 * parent.height
            radius: 0.02 * parent.height
            color: Theme.sheet
            border.width: Theme.stroke
            border.color: Theme.civic
        }

        Rectangle {
            // the head with the panel
            x: (front.hasPlace("left") || front.hasPlace("right") ? 0 : 0.08) * parent.width
            width: parent.width - 2 * x
            height: 0.76 * parent.height
            radius: 0.03 * parent.height
            color: Theme.sheet
            border.width: Theme.stroke
            border.color: Theme.civic
        }

        Rectangle {
            id: panel

            readonly property real upper: front.hasPlace("above") ? 0.15 : 0.035

            x: 0.14 * parent.width
            y: upper * parent.height
            width: 0.72 * parent.width
            height: (0.715 - upper) * parent.height
            radius: 0.015 * parent.height
            color: Theme.tintQuery

            Rectangle {
                width: parent.width
                height: 0.1 * parent.height
                topLeftRadius: parent.radius
                topRightRadius: parent.radius
                color: Theme.civic
            }

            Repeater {
                model: [0.62, 0.4, 0.52]

                Rectangle {
                    required property int index
                    required property real modelData

                    x: 0.1 * panel.width
                    y: (0.24 + index * 0.13) * panel.height
                    width: modelData * panel.width
                    height: 0.05 * panel.height
                    radius: height / 2
                    color: index === 0 ? Theme.outline : Theme.sheet
                }
            }
        }

        Rectangle {
            // the desk with the bays
            y: 0.735 * parent.height
            width: parent.width
            height: 0.225 * parent.height
            radius: 0.03 * parent.height
            color: Theme.sheet
            border.width: Theme.stroke
            border.color: Theme.civic
        }

        Repeater {
            model: front.bays

            FrontBay {
                required property var modelData
                readonly property var area: front.areaOf(modelData)

                x: area.x
                y: area.y
                width: area.width
                height: area.height
                device: modelData.device
                lit: modelData.device === front.lit
            }
        }

        DrawnCard {
            id: card

            // 0 in the hand, 1 on the pad
            property real moved: 0.15
            readonly property real way: front.cardLies ? 1 : moved

            visible: front.shows === "card" && front.litArea !== null
            width: front.litArea ? Math.min(front.litArea.width, front.litArea.height * 1.6) * 0.86 : 0
            x: front.litArea ? front.litArea.x + (front.litArea.width - width) / 2 + (1 - way) * 0.16 * body.width : 0
            y: front.litArea ? front.litArea.y + (front.litArea.height - height) / 2 - (1 - way) * 0.2 * body.height : 0
            rotation: 8 * (1 - way)

            SequentialAnimation on moved {
                running: card.visible && front.moves
                loops: front.turns

                PauseAnimation {
                    duration: 900
                }

                NumberAnimation {
                    from: 0
                    to: 1
                    duration: 900
                    easing.type: Easing.InOutQuad
                }

                PauseAnimation {
                    duration: 1600
                }

                NumberAnimation {
                    to: 0
                    duration: 300
                }

                onStopped: card.moved = 0.15
            }
        }

        DrawnPaper {
            id: paper

            readonly property bool isSheet: front.lit === "sheet_printer"

            visible: front.shows === "paper" && front.litArea !== null
            width: front.litArea ? front.litArea.width * (isSheet ? 0.86 : 0.42) : 0
            height: front.litArea ? Math.min(width * (isSheet ? 0.7 : 1.25), body.height - y) : 0
            x: front.litArea ? front.litArea.x + (front.litArea.width - width) / 2 : 0
            y: front.litArea ? front.litArea.y + front.litArea.height / 2 : 0
            lines: isSheet ? 3 : 4
        }
    }
}
