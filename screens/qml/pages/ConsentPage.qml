import QtQuick
import controls
import pages.parts

// Whose card it is, masked; what was read, for what, and that it will be wiped. Few items: its frame follows the card.
PageFrame {
    id: page

    question: qsTr("是您本人吗？同意后继续")
    actText: qsTr("同意并继续")
    endText: qsTr("不同意，结束")
    showBack: false
    onActed: model.goOn()

    TwoParts {
        anchors.fill: parent
        share: Theme.elder ? 0.38 : 0.46
        portraitShare: holder.implicitHeight / Math.max(1, height - 8 * Theme.mm)

        first: Item {
            id: holder

            width: parent ? parent.width : 0
            implicitHeight: card.height + (unchecked.visible ? unchecked.implicitHeight + 5 * Theme.mm : 0)

            // the card that was read, as large as it can be; its picture was not read and is not shown
            Rectangle {
                id: card

                readonly property real most: (page.body.height - (Theme.landscape ? 0 : (Theme.elder ? 0.58 : 0.5) * page.body.height)) - (unchecked.visible ? unchecked.implicitHeight + 5 * Theme.mm : 0)
                readonly property real pad: 10 * Theme.mm

                width: parent.width
                height: Math.max(holderWords.implicitHeight + 2 * pad, Math.min(most, (Theme.landscape ? 1 : 0.6) * width))
                radius: 6 * Theme.mm
                color: Theme.civic

                Item {
                    id: portrait

                    visible: !Theme.landscape || !Theme.elder
                    width: 0.27 * card.width
                    height: 1.25 * width
                    x: card.width - width - card.pad
                    y: (card.height - height) / 2 - 4 * Theme.mm

                    Rectangle {
                        anchors.fill: parent
                        radius: 4 * Theme.mm
                        color: Theme.civicPressed
                    }

                    Rectangle {
                        x: (parent.width - width) / 2
                        y: 0.18 * parent.height
                        width: 0.4 * parent.width
                        height: width
                        radius: width / 2
                        color: Theme.civicTextQuiet
                    }

                    Rectangle {
                        x: (parent.width - width) / 2
                        y: 0.58 * parent.height
                        width: 0.72 * parent.width
                        height: 0.42 * parent.height
                        topLeftRadius: 0.5 * width
                        topRightRadius: 0.5 * width
                        bottomLeftRadius: 4 * Theme.mm
                        bottomRightRadius: 4 * Theme.mm
                        color: Theme.civicTextQuiet
                    }
                }

                Column {
                    id: holderWords

                    x: card.pad
                    y: (card.height - implicitHeight) / 2
                    width: (portrait.visible ? portrait.x - 6 * Theme.mm : parent.width - card.pad) - x
                    spacing: 5 * Theme.mm

                    Words {
                        width: parent.width
                        color: Theme.civicTextQuiet
                        font.pixelSize: Theme.lead
                        text: page.model.cardKind === "permit" ? qsTr("港澳台居民居住证") : page.model.cardKind === "foreigner" ? qsTr("外国人永久居留身份证") : qsTr("居民身份证")
                    }

                    Words {
                        objectName: "name_masked"
                        width: parent.width
                        color: Theme.civicText
                        font.pixelSize: Theme.elder ? Theme.hero : 1.25 * Theme.hero
                        font.weight: Theme.bold
                        fontSizeMode: Text.HorizontalFit
                        minimumPixelSize: Theme.lead
                        wrapMode: Text.NoWrap
                        text: page.model.nameMasked
                    }

                    Words {
                        objectName: "id_masked"
                        width: parent.width
                        color: Theme.civicTextQuiet
                        font.pixelSize: Theme.large
                        fontSizeMode: Text.HorizontalFit
                        minimumPixelSize: Theme.small
                        wrapMode: Text.NoWrap
                        text: page.model.idMasked
                    }
                }
            }

            ProblemBox {
                id: unchecked

                y: card.height + 5 * Theme.mm
                width: parent.width
                gentle: true
                text: page.model.expiryUnchecked ? qsTr("没有核对到证件是否过期，请您自己看一下有效期。") : ""
            }
        }

        second: FactPanel {
            anchors.fill: parent

            FactLine {
                width: parent.width
                sign: qsTr("读")
                icon: "card"
                title: qsTr("读取了证件上的文字")
                text: qsTr("姓名、证件号码等，没有使用照片。屏幕上只显示一部分。")
            }

            FactLine {
                width: parent.width
                sign: qsTr("用")
                icon: "people"
                title: qsTr("只用来办您现在这件事")
                text: page.model.purpose === "handIn" ? qsTr("写明是谁提的，好给您答复。") : page.model.purpose === "progress" ? qsTr("看编号和证件是不是同一个人的。") : qsTr("先核对是不是您本人，再查询您自己的信息。")
            }

            FactLine {
                width: parent.width
                sign: qsTr("清")
                icon: "shield"
                title: qsTr("离开时全部清除")
                text: page.model.purpose === "handIn" ? qsTr("提交的内容加密保存，送达平台后清除；没有提交的立即清除。") : qsTr("您结束或走开后，这台机器不留下您的证件信息。")
            }
        }
    }
}
