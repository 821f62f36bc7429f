import QtQuick
import controls
import pages.parts

// Whose card it is, masked; what was read, for what, and that it will be wiped. Few items: its frame follows the card.
PageFrame {
    id: page

    question: qsTr("是您本人吗？同意后继续")
    actText: qsTr("同意并继续")
    secondText: qsTr("不同意，结束")
    showBack: false
    onActed: model.goOn()
    onSecondActed: model.end()

    TwoParts {
        anchors.fill: parent
        share: Theme.elder ? 0.38 : 0.46
        portraitShare: holder.implicitHeight / Math.max(1, height - 8 * Theme.mm)

        first: Column {
            id: holder

            width: parent ? parent.width : 0
            spacing: 5 * Theme.mm

            Rectangle {
                width: parent.width
                height: holderWords.implicitHeight + 20 * Theme.mm
                radius: Theme.radius
                color: Theme.civic

                Column {
                    id: holderWords

                    x: 10 * Theme.mm
                    y: 10 * Theme.mm
                    width: parent.width - 2 * x
                    spacing: 4 * Theme.mm

                    Words {
                        width: parent.width
                        color: Theme.civicTextQuiet
                        text: page.model.cardKind === "permit" ? qsTr("港澳台居民居住证") : page.model.cardKind === "foreigner" ? qsTr("外国人永久居留身份证") : qsTr("居民身份证")
                    }

                    Words {
                        objectName: "name_masked"
                        width: parent.width
                        color: Theme.civicText
                        font.pixelSize: Theme.hero
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
                        font.pixelSize: Theme.lead
                        fontSizeMode: Text.HorizontalFit
                        minimumPixelSize: Theme.small
                        wrapMode: Text.NoWrap
                        text: page.model.idMasked
                    }
                }
            }

            ProblemBox {
                width: parent.width
                gentle: true
                text: page.model.expiryUnchecked ? qsTr("没有核对到证件是否过期，请您自己看一下有效期。") : ""
            }
        }

        second: FactPanel {
            width: parent ? parent.width : 0

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
                text: qsTr("向主管部门核对是不是您本人，再查询您自己的信息。")
            }

            FactLine {
                width: parent.width
                sign: qsTr("清")
                icon: "shield"
                title: qsTr("离开时全部清除")
                text: qsTr("您结束或走开后，这台机器不留下您的证件信息。")
            }
        }
    }
}
