pragma ComponentBehavior: Bound
import QtQuick
import controls
import pages.parts

// Balance, account, details page by page; masked until shown. Nothing found is a page like any other.
PageFrame {
    id: page

    readonly property bool isFound: model.isFound
    readonly property bool seesEntries: model.view === "entries"

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

    Item {
        id: found

        readonly property real space: 5 * Theme.mm
        // fields need the whole width of a low screen
        readonly property bool isWide: Theme.landscape && !page.seesEntries
        // on a low screen the rows get the height, and the pager the place under the choices
        readonly property bool pagesLeft: Theme.landscape && !isWide && !Theme.elder && leftPart.fullHeight + 2 * space + Theme.target < height
        readonly property real leftWidth: isWide ? width : Theme.landscape ? Math.round(0.37 * (width - 8 * Theme.mm)) : width

        width: parent.width
        height: parent.height
        visible: page.isFound

        Item {
            id: leftPart

            readonly property real fullHeight: views.y + views.height

            width: found.leftWidth
            height: fullHeight

            BalanceCard {
                id: balance

                width: parent.width
                model: page.model
                visible: !found.isWide
                brief: !page.seesEntries || Theme.elder && Theme.landscape
            }

            Flow {
                id: views

                y: found.isWide ? 0 : balance.height + found.space
                width: parent.width
                spacing: Theme.gap

                QuietButton {
                    name: "view_entries"
                    chosen: page.seesEntries
                    text: page.model.view === "row" ? qsTr("返回明细") : qsTr("资金明细")
                    onActed: page.model.look("entries")
                }

                QuietButton {
                    name: "view_account"
                    chosen: page.model.view === "account"
                    text: qsTr("账户信息")
                    onActed: page.model.look("account")
                }

                HoldButton {
                    name: "show_account"
                    visible: found.isWide && page.model.view === "account"
                    onPaper: true
                    shown: page.model.isShown
                    onHeld: isHeld => page.model.hold(isHeld)
                    onActed: if (Theme.elder)
                        page.model.showAWhile()
                }

                // the three stay together
                Row {
                    visible: page.seesEntries
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

        Item {
            id: content

            x: Theme.landscape && !found.isWide ? found.leftWidth + 8 * Theme.mm : 0
            y: Theme.landscape && !found.isWide ? 0 : leftPart.fullHeight + found.space
            width: parent.width - x
            height: parent.height - y

            ProblemBox {
                id: trouble

                width: parent.width
                gentle: true
                text: page.model.problemText
            }

            EntryTable {
                id: table

                y: trouble.visible ? trouble.implicitHeight + found.space : 0
                width: parent.width
                height: content.height - (found.isWide || found.pagesLeft ? 0 : pager.height + found.space) - y
                visible: page.seesEntries
                columns: page.model.columns
                rows: page.model.rows
                lines: page.seesEntries ? page.model.rowsPerPage : 0
                onOpened: index => page.model.openRow(index)
            }

            FieldList {
                id: fields

                y: table.y
                width: parent.width
                height: table.height
                // without a pager its place is theirs
                room: pager.pages > 1 ? height : content.height - y
                visible: !page.seesEntries
                isAccount: page.model.view === "account"
                fields: page.model.fields
            }

            Pager {
                id: pager

                x: found.pagesLeft ? -content.x : parent.width - width
                // with one page there is nothing to turn: its note stands under the rows
                y: pages <= 1 && page.seesEntries && !found.pagesLeft ? Math.min(parent.height - height, table.y + table.sheetHeight + found.space) : found.isWide ? -found.space - height : parent.height - height
                width: found.pagesLeft ? found.leftWidth : found.isWide ? 0.5 * parent.width : parent.width
                page: page.model.pageNumber - 1
                pages: page.model.pageCount
                note: page.model.isLoading ? qsTr("正在取另一段时间的明细…") : page.seesEntries && page.model.entryCount > 0 ? qsTr("点一行看全部内容") : ""
                onTurned: to => to < pager.page ? page.model.previousPage() : page.model.nextPage()
            }
        }
    }

    // the view-model cuts the rows; it must know the room, in em, and after each change of it
    readonly property string room: [table.inner, table.height, table.pitch, Theme.body, fields.most, seesEntries].join(" ")

    function fit() {
        if (page.seesEntries)
            page.model.fitRows(table.inner / Theme.body, (table.height - table.headHeight) / Theme.body, table.pitch / Theme.body);
        else
            page.model.fitFields(fields.most);
    }

    onRoomChanged: Qt.callLater(page.fit)
    Component.onCompleted: page.fit()
}
