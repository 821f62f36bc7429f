pragma ComponentBehavior: Bound
import QtQuick
import controls
import pages.parts

// What a department holds of the person, as the item's own file defines it: the headline, fields, rows page by page; masked
// until shown. Nothing held is a page like any other.
PageFrame {
    id: page

    readonly property bool isFound: model.isFound
    readonly property bool prints: isFound && model.hasPaper

    question: !isFound ? model.nobody : model.subject !== "" ? qsTr("您的%1").arg(model.subject) : qsTr("%1的结果").arg(model.itemName)
    lead: isFound ? qsTr("截至 %1 · 请留意身后").arg(model.asOf) : model.nobodyMore !== "" ? model.nobodyMore : qsTr("这不是出错：主管部门现在没有登记在您证件号码下的记录。")
    showBack: false
    actText: !prints ? qsTr("完成") : model.paperName !== "" ? qsTr("打印%1").arg(model.paperName) : model.paper === "certificate" ? qsTr("打印证明") : model.paper === "sheet" ? qsTr("打印查询单") : qsTr("打印凭条")
    actEnabled: !prints || model.printerWorks && !model.lacksCode && !model.isLoading
    actReason: !prints ? "" : model.lacksCode ? qsTr("主管部门没有给验证码，这份证明现在不能打印，可到人工窗口开具") : !model.printerWorks ? qsTr("打印机现在都不能用，白天可到人工窗口打印") : ""
    secondText: prints ? qsTr("不打印，完成") : ""
    onActed: prints ? model.printPapers() : model.goOn()
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
        height: Theme.landscape || Theme.elder ? parent.height : 0.62 * parent.height
        visible: !page.isFound

        FactLine {
            width: parent.width
            sign: qsTr("证")
            icon: "card"
            title: qsTr("换过证件或刚刚办理")
            text: qsTr("可能还登记在旧证件号码下；刚办好的，要等主管部门登记之后才查得到。")
        }

        FactLine {
            width: parent.width
            sign: qsTr("地")
            icon: "door"
            title: qsTr("在外地办理")
            text: qsTr("在外地登记的，要在当地查询。")
        }

        FactLine {
            width: parent.width
            sign: qsTr("问")
            icon: "phone"
            title: qsTr("拨打 %1").arg(page.model.phone)
            text: page.model.counter !== "" ? qsTr("也可以带身份证到窗口：%1").arg(page.model.counter) : qsTr("也可以白天带身份证到人工窗口。")
        }
    }

    FoundParts {
        id: found

        width: parent.width
        height: parent.height
        visible: page.isFound
        model: page.model
        columns: page.model.columns
        fields: page.model.fields
        rowWords: row => qsTr("%1，打开看全部内容").arg(page.model.columns.map(column => column.title + " " + (row[column.name] ?? "")).join(" "))
        noRows: page.model.choices.length > 1 ? qsTr("没有这样的记录。可以换一个选项看看。") : qsTr("没有这样的记录。")
        note: page.model.isLoading ? qsTr("正在取另一个选项的内容…") : seesRows && page.model.rowCount > 0 ? qsTr("点一行看全部内容") : ""

        cardOnTop: !page.model.hasRows && page.model.headline === ""
        fieldsTotal: page.model.fieldCount
        mostBreath: 4.6 * Theme.body

        card: HeadlineCard {
            width: found.leftWidth
            model: page.model
            brief: !found.seesRows || Theme.elder
            masks: page.model.hasMasked
            title: value !== "" ? page.model.headlineTitle : qsTr("本人")
            // large fields of a long answer want the height
            value: Theme.elder && !Theme.landscape && !found.seesRows ? "" : page.model.headline
            isFigure: page.model.headlineIsFigure
            detail: page.model.brief
            person: page.model.person
        }

        choices: Flow {
            id: ways

            // as many as there is room for side by side, if each still has its words on one line
            readonly property real even: (width - 2 * spacing) / 3

            width: found.leftWidth
            spacing: Theme.gap

            Repeater {
                model: page.model.choices

                QuietButton {
                    required property var modelData

                    name: "choice_" + modelData.value
                    width: implicitWidth > ways.even && implicitWidth - 5 * Theme.mm < ways.even ? ways.even : Math.min(implicitWidth, ways.width)
                    enabled: !page.model.isLoading
                    reason: qsTr("正在取另一个选项的内容")
                    chosen: modelData.isChosen
                    text: modelData.label
                    onActed: page.model.choose(modelData.value)
                }
            }

            QuietButton {
                name: found.seesRows ? "view_fields" : "view_rows"
                visible: page.model.hasRows
                width: Math.min(implicitWidth, ways.width)
                icon: found.seesRows ? "sheet" : "back"
                text: found.seesRows ? qsTr("基本情况") : page.model.rowsTitle
                onActed: page.model.look(found.seesRows ? "fields" : "rows")
            }
        }
    }
}
