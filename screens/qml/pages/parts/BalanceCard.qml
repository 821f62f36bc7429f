import QtQuick
import controls

// The balance, the largest thing of its page, and whose it is, masked.
Rectangle {
    id: card

    required property var model
    property bool brief: false

    readonly property real padding: (brief ? 4 : 7) * Theme.mm

    implicitHeight: column.implicitHeight + 2 * padding
    radius: Theme.radius
    color: Theme.civic

    Column {
        id: column

        x: 9 * Theme.mm
        y: card.padding
        width: parent.width - 2 * x
        spacing: (card.brief ? 1 : 2) * Theme.mm

        Item {
            width: parent.width
            height: hold.height

            Words {
                anchors.verticalCenter: parent.verticalCenter
                width: parent.width - hold.width - 4 * Theme.mm
                color: Theme.civicTextQuiet
                text: qsTr("账户余额（元）")
            }

            HoldButton {
                id: hold

                name: "show"
                x: parent.width - width
                shown: card.model.isShown
                onHeld: isHeld => card.model.hold(isHeld)
                onActed: if (Theme.elder)
                    card.model.showAWhile()
            }
        }

        Words {
            objectName: "balance"
            width: parent.width
            color: Theme.civicText
            font.pixelSize: Theme.hero
            font.weight: Theme.bold
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: Theme.lead
            lineHeight: Theme.headingLine
            wrapMode: Text.NoWrap
            text: card.model.balance
        }

        Words {
            width: parent.width
            visible: !card.brief
            color: Theme.civicText
            text: qsTr("状态 %1 · 月缴 %2 元 · 缴至 %3").arg(card.model.accountState).arg(card.model.monthly).arg(card.model.lastPaidMonth)
        }

        Words {
            objectName: "person"
            width: parent.width
            color: Theme.civicTextQuiet
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: Theme.small * 0.7
            wrapMode: Text.NoWrap
            text: card.model.personName + "   " + card.model.personNumber
        }
    }
}
