pragma ComponentBehavior: Bound
import QtQuick
import controls

// What can be done here, behind four doors, each item with its honest state. In elder size the doors come first and the
// items after, so that no page has more than six choices.
PageFrame {
    id: home

    readonly property bool doorsOnly: Theme.elder && home.model.door === ""
    readonly property int columns: Theme.landscape ? 2 : 1
    readonly property real gap: 4 * Theme.mm
    readonly property real listTop: doors.visible ? doors.height + 7 * Theme.mm : 0
    readonly property real room: home.body.height - listTop
    readonly property int lines: Theme.language === "en" ? (Theme.elder && !Theme.landscape ? 4 : 3) : 2
    readonly property real rowHeight: Theme.body * 1.26 + lines * Theme.small * 1.26 + 9 * Theme.mm
    readonly property int shown: Math.ceil(Math.min(perPage, home.model.rows.length) / columns)
    readonly property real shownHeight: Math.min(1.3 * rowHeight, (room - (home.pages > 1 ? Theme.target + 2 * gap : 0) + gap) / Math.max(1, shown) - gap)
    readonly property int fitting: Math.max(1, Math.floor((room + gap) / (rowHeight + gap))) * columns
    readonly property int fittingPaged: Math.max(1, Math.floor((room - Theme.target - gap) / (rowHeight + gap))) * columns
    readonly property bool paged: home.model.rows.length > (Theme.elder ? Math.min(6, fitting) : fitting)
    readonly property int perPage: Theme.elder ? Math.min(6, paged ? fittingPaged : fitting) : paged ? fittingPaged : fitting
    readonly property int pages: Math.max(1, Math.ceil(home.model.rows.length / perPage))
    readonly property int sheet: Math.min(home.model.sheet, pages - 1)

    question: home.model.greeting
    lead: home.model.counts
    showBack: home.model.door !== ""

    Grid {
        id: doors

        visible: !Theme.elder || home.doorsOnly
        width: parent.width
        columns: Theme.elder ? (Theme.landscape ? 2 : 1) : Theme.landscape ? 4 : 2
        spacing: Theme.elder ? 6 * Theme.mm : home.gap

        readonly property real doorWidth: (width - (columns - 1) * spacing) / columns
        readonly property real doorHeight: Theme.elder ? Math.min(78 * Theme.mm, (home.body.height - (4 / columns - 1) * spacing) / (4 / columns)) : Theme.landscape ? 31 * Theme.mm : 38 * Theme.mm

        Repeater {
            model: home.model.doors

            Door {
                required property var modelData

                name: "door_" + modelData["kind"]
                width: doors.doorWidth
                height: doors.doorHeight
                letter: modelData["letter"]
                text: modelData["title"]
                examples: modelData["examples"]
                chosen: modelData["chosen"]
                tint: modelData["kind"] === "query" ? Theme.tintQuery : modelData["kind"] === "handle" ? Theme.tintDo : modelData["kind"] === "read" ? Theme.tintRead : Theme.tintAsk
                onActed: home.model.choose(modelData["kind"])
            }
        }
    }

    Grid {
        visible: !home.doorsOnly
        y: home.listTop
        width: parent.width
        columns: home.columns
        spacing: home.gap

        Repeater {
            model: home.doorsOnly ? [] : home.model.rows.slice(home.sheet * home.perPage, (home.sheet + 1) * home.perPage)

            ItemRow {
                required property var modelData

                name: "item_" + modelData["key"]
                width: (home.body.width - (home.columns - 1) * home.gap) / home.columns
                height: home.shownHeight
                text: modelData["name"]
                detail: modelData["detail"]
                kind: modelData["kind"]
                stars: modelData["stars"]
                onActed: home.model.open(modelData["code"])
            }
        }
    }

    Words {
        visible: !home.doorsOnly && home.model.rows.length === 0
        y: home.listTop + 6 * Theme.mm
        width: parent.width
        text: qsTr("这里还没有事项。请返回看看别的。")
    }

    Pager {
        visible: !home.doorsOnly && home.pages > 1
        y: parent.height - height
        width: parent.width
        page: home.sheet
        pages: home.pages
        onTurned: to => home.model.turn(to)
    }
}
