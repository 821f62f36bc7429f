pragma ComponentBehavior: Bound
import QtQuick
import controls
import pages.parts

// Balance, account, details page by page; masked until shown. Nothing found is a page like any other.
PageFrame {
    id: page

    readonly property bool isFound: model.isFound

    question: isFound ? (model.fundKind === "住房公积金" ? qsTr("您的住房公积金") : model.fundKind === "补充住房公积金" ? qsTr("您的补充住房公积金") : qsTr("您的%1").arg(model.fundKind)) : qsTr("没有查到您的住房公积金账户")
    lead: isFound ? qsTr("截至 %1 · 请留意身后").arg(model.asOf) : qsTr("这不是出错：主管部门现在没有以您的证件号码开立的账户。")
    showBack: false
    actText: isFound ? qsTr("打印查询单") : qsTr("完成")
    actEnabled: !isFound || (model.canPrint && !model.isLoading)
    actReason: isFound && !model.canPrint ? qsTr("打印机现在都不能用，白天可到人工窗口打印") : ""
    secondText: isFound ? qsTr("不打印，完成") : ""
    onActed: isFound ? model.printPapers() : model.goOn()
    onSecondActed: model.goOn()

    AskingScene {
        width: parent.width
        height: parent.height - facts.height - 6 * Theme.mm
        visible: !page.isFound && height > 70 * Theme.mm
        goes: false
    }

    FactPanel {
        id: facts

        y: parent.height - height
        width: parent.width
        height: Theme.landscape ? parent.height : 0.62 * parent.height
        visible: !page.isFound

        FactLine {
            width: parent.width
            sign: qsTr("单")
            icon: "bag"
            title: qsTr("刚参加工作或刚换单位")
            text: qsTr("请先问单位是否已经开户、是否用了别的证件开户。")
        }

        FactLine {
            width: parent.width
            sign: qsTr("地")
            icon: "door"
            title: qsTr("在外地缴存")
            text: qsTr("外地的账户要在缴存地查询。")
        }

        FactLine {
            width: parent.width
            sign: qsTr("问")
            icon: "phone"
            title: qsTr("拨打 %1").arg(page.model.helpPhone)
            text: qsTr("可以查问开户情况，也可以白天带身份证到人工窗口。")
        }
    }

    FieldNames {
        id: names
    }

    FoundParts {
        id: found

        readonly property bool seesAccount: page.model.view === "fields"

        width: parent.width
        height: parent.height
        visible: page.isFound
        model: page.model
        columns: page.titled(page.model.columns, names.column)
        fields: page.titled(page.model.fields, seesAccount ? names.account : names.entry)
        rowWords: row => qsTr("%1 %2 %3 元，打开看全部内容").arg(row.date).arg(row.kind).arg(row.amount)
        noRows: qsTr("这段时间没有资金变动。可以换“全部”看看。")
        note: page.model.isLoading ? qsTr("正在取另一段时间的明细…") : seesRows && page.model.entryCount > 0 ? qsTr("点一行看全部内容") : ""
        fieldsWantWidth: true

        card: HeadlineCard {
            width: found.leftWidth
            model: page.model
            visible: !found.isWide
            brief: !found.seesRows || Theme.elder && Theme.landscape
            title: qsTr("账户余额（元）")
            value: page.model.balance
            detail: qsTr("状态 %1 · 月缴 %2 元 · 缴至 %3").arg(page.model.accountState).arg(page.model.monthly).arg(page.model.lastPaidMonth)
            person: page.model.personName + "   " + page.model.personNumber
        }

        choices: Flow {
            width: found.leftWidth
            spacing: Theme.gap

            QuietButton {
                name: "view_entries"
                chosen: found.seesRows
                text: page.model.view === "row" ? qsTr("返回明细") : qsTr("资金明细")
                onActed: page.model.look("rows")
            }

            QuietButton {
                name: "view_account"
                chosen: found.seesAccount
                text: qsTr("账户信息")
                onActed: page.model.look("fields")
            }

            HoldButton {
                name: "show_account"
                visible: found.isWide && found.seesAccount
                onPaper: true
                shown: page.model.isShown
                onHeld: isHeld => page.model.hold(isHeld)
                onActed: if (Theme.elder)
                    page.model.showAWhile()
            }

            // the three stay together
            Row {
                visible: found.seesRows
                spacing: Theme.gap

                Repeater {
                    model: ["halfYear", "year", "all"]

                    QuietButton {
                        required property string modelData

                        name: "period_" + modelData
                        enabled: !page.model.isLoading
                        reason: qsTr("正在取另一段时间的明细")
                        chosen: page.model.period === modelData
                        text: modelData === "halfYear" ? qsTr("近半年") : modelData === "year" ? qsTr("近一年") : qsTr("全部")
                        onActed: page.model.choosePeriod(modelData)
                    }
                }
            }
        }
    }

    // the fund's fields have their words here, by name
    function titled(parts: var, words: var): var {
        return parts.map(part => Object.assign({}, part, {
                "title": words[part.name] ?? ""
            }));
    }
}
