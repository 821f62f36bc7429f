import QtQuick
import controls

// The headline of a result, the largest thing of its page, and whose it is, masked; without a value only whose it is.
Rectangle {
    id: card

    required property var model // isShown, hold, showAWhile
    property string title: ""
    property string value: ""
    property string detail: ""
    property string person: ""
    property bool brief: false
    property bool masks: true
    property bool isFigure: true

    readonly property bool isPlain: value === ""
    readonly property bool isOneLine: isPlain && width > 25 * Theme.body
    readonly property real padding: (brief || isPlain ? 4 : 7) * Theme.mm

    // a Column knows its height with the next frame only; what lies below stands right in the first
    readonly property bool hasHead: masks || heading.text !== ""
    readonly property bool hasDetail: !brief && detail !== ""
    readonly property bool hasPerson: !isOneLine && person !== ""
    readonly property var heights: [hasHead ? head.height : 0, isPlain ? 0 : figure.implicitHeight, hasDetail ? facts.implicitHeight : 0, hasPerson ? whose.implicitHeight : 0].filter(height => height > 0)

    implicitHeight: heights.reduce((sum, height) => sum + height, 0) + Math.max(0, heights.length - 1) * column.spacing + 2 * padding
    radius: Theme.radius
    color: Theme.civic

    Column {
        id: column

        x: 9 * Theme.mm
        y: card.padding
        width: parent.width - 2 * x
        spacing: (card.brief ? 1 : 2) * Theme.mm

        Item {
            id: head

            width: parent.width
            height: Math.max(card.masks ? hold.implicitHeight : 0, heading.implicitHeight)
            visible: card.hasHead

            Words {
                id: heading

                anchors.verticalCenter: parent.verticalCenter
                width: parent.width - (card.masks ? hold.width + 4 * Theme.mm : 0)
                color: Theme.civicTextQuiet
                text: card.isOneLine ? card.person : card.title
            }

            HoldButton {
                id: hold

                name: "show"
                x: parent.width - width
                visible: card.masks
                shown: card.model.isShown
                onHeld: isHeld => card.model.hold(isHeld)
                onActed: if (Theme.elder)
                    card.model.showAWhile()
            }
        }

        Words {
            id: figure

            objectName: "headline"
            width: parent.width
            visible: !card.isPlain
            color: Theme.civicText
            // long words take several lines, figures never do
            font.pixelSize: !card.isFigure && card.value.length > 6 ? Theme.large : card.brief && Theme.landscape ? Math.round(0.82 * Theme.hero) : Theme.hero
            font.weight: Theme.bold
            fontSizeMode: card.isFigure ? Text.HorizontalFit : Text.FixedSize
            minimumPixelSize: Theme.lead
            lineHeight: Theme.headingLine
            wrapMode: card.isFigure ? Text.NoWrap : Text.Wrap
            maximumLineCount: card.isFigure ? 1 : 3
            elide: Text.ElideRight
            text: card.value
        }

        Words {
            id: facts

            objectName: "detail"
            width: parent.width
            visible: card.hasDetail
            color: Theme.civicText
            text: card.detail
        }

        Words {
            id: whose

            objectName: "person"
            width: parent.width
            visible: card.hasPerson
            color: Theme.civicTextQuiet
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: Theme.small * 0.7
            wrapMode: Text.NoWrap
            text: card.person
        }
    }
}
