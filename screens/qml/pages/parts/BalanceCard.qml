import QtQuick
import controls

// The balance, the largest thing of its page, and whose it is, masked.
Rectangle {
    id: card

    required property var model
    property bool brief: false

    implicitHeight: column.implicitHeight + 14 * Theme.mm
    radius: Theme.radius
    color: Theme.civic

    Column {
        id: column

        x: 9 * Theme.mm
        y: 7 * Theme.mm
        width: parent.width - 2 * x
        spacing: 2 * Theme.mm

        Words {
            width: parent.width
            color: Theme.civicTextQuiet
            text: qsTr("账户余额（元）")
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

        Item {
            width: parent.width
            height: Math.max(hold.height, who.implicitHeight)

            Column {
                id: who

                anchors.verticalCenter: parent.verticalCenter
                width: parent.width - hold.width - 4 * Theme.mm

                Words {
                    objectName: "name"
                    width: parent.width
                    color: Theme.civicText
                    text: card.model.personName
                }

                Words {
                    objectName: "number"
                    width: parent.width
                    color: Theme.civicTextQuiet
                    fontSizeMode: Text.HorizontalFit
                    minimumPixelSize: Theme.small * 0.7
                    wrapMode: Text.NoWrap
                    text: card.model.personNumber
                }
            }

            HoldButton {
                id: hold

                name: "show"
                x: parent.width - width
                anchors.verticalCenter: parent.verticalCenter
                shown: card.model.isShown
                onHeld: isHeld => card.model.hold(isHeld)
                onActed: if (Theme.elder)
                    card.model.showAWhile()
            }
        }
    }
}
