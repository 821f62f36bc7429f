pragma ComponentBehavior: Bound
import QtQuick
import controls
import pages.parts

// What can be done here, behind four doors, each item with its honest state. In elder size the doors come first and the
// items after, so that no page has more than six choices.
PageFrame {
    id: home

    readonly property bool doorsOnly: Theme.elder && home.model.door === ""
    // more than a few that are done here: they come first, briefly and several in a row, and the guides on sheets after them
    readonly property bool many: doing.length > 4
    readonly property bool isBeside: !many && Theme.landscape && doing.length > 0 && reading.length > 0
    readonly property real gap: 4 * Theme.mm
    readonly property var doing: home.model.rows.filter(row => row.kind !== "guide")
    readonly property var reading: home.model.rows.filter(row => row.kind === "guide")
    readonly property bool canDo: doing.some(row => row.kind !== "stopped")
    readonly property int sheet: Math.min(home.model.sheet, pages - 1)

    // the two groups: what is done here (`main`), and below or beside it what is only told here (`guides`)
    readonly property real finderRoom: finder.visible ? finder.height + gap : 0
    readonly property real listTop: doors.visible ? doors.y + doors.height + 6 * Theme.mm : 0
    readonly property real headHeight: Theme.body * 1.45 + 2 * Theme.mm
    readonly property bool isEnglish: Theme.language === "en"
    readonly property real leastMain: Theme.body * 1.26 * (isEnglish && Theme.elder ? 2 : 1) + (isEnglish ? (Theme.elder && !Theme.landscape ? 4 : 3) : 2) * Theme.small * 1.26 + 9 * Theme.mm
    // a badge makes the name narrower, and its reason is longer than what one gets
    readonly property bool badged: doing.some(row => row.kind !== "ready")
    readonly property real leastBrief: 1.26 * ((isEnglish ? (badged ? 3 : 2) : 1) * Theme.body + (isEnglish ? (badged ? 4 : Theme.elder ? 3 : 2) : badged ? 3 : 2) * Theme.small) + 6 * Theme.mm
    readonly property int tileLines: isEnglish ? (Theme.elder ? 5 : Theme.landscape ? 3 : 4) : 2
    readonly property real leastTile: Math.max(Theme.target, tileLines * Theme.body * 1.26 + 3 * Theme.mm)
    readonly property int mainColumns: many ? (Theme.landscape ? (Theme.elder || isEnglish && badged ? 3 : 4) : Theme.elder ? 1 : 2) : Theme.landscape && !isBeside ? 2 : 1
    readonly property int tileColumns: many && Theme.landscape ? (Theme.elder ? 2 : 3) : isBeside && Theme.elder ? 1 : Theme.landscape || !Theme.elder && reading.length > 3 ? 2 : 1

    function rowsIn(room: real, least: real): int {
        return Math.max(1, Math.floor((room - headHeight + gap) / (least + gap)));
    }

    function planned(room: real): var {
        const most = Theme.elder ? 6 : 100;
        if (many) {
            const fits = Math.min(most, mainColumns * rowsIn(room, leastBrief));
            const sheets = Math.ceil(doing.length / fits);
            const guides = Math.min(most, tileColumns * rowsIn(room, leastTile));
            // as many on each sheet, in whole rows
            return {
                "mains": Math.min(fits, mainColumns * Math.ceil(doing.length / sheets / mainColumns)),
                "tiles": guides,
                "count": sheets + Math.ceil(reading.length / guides),
                "first": sheets
            };
        }
        let mains = 0;
        let tiles = 0;
        if (doing.length > 0)
            mains = Math.min(doing.length, most, mainColumns * rowsIn(isBeside || reading.length === 0 ? room : 0.6 * room, leastMain));
        const left = isBeside || mains === 0 ? room : room - headHeight - Math.ceil(mains / mainColumns) * (leastMain + gap) - gap;
        if (reading.length > 0)
            tiles = Math.max(1, Math.min(most - mains, tileColumns * rowsIn(left, leastTile)));
        const count = Math.max(mains > 0 ? Math.ceil(doing.length / mains) : 1, tiles > 0 ? Math.ceil(reading.length / tiles) : 1);
        return {
            "mains": mains,
            "tiles": tiles,
            "count": count,
            "first": 0
        };
    }

    readonly property var whole: planned(home.body.height - listTop)
    readonly property real room: home.body.height - listTop - (whole.count > 1 ? Theme.target + gap : 0)
    readonly property var plan: whole.count > 1 ? planned(room) : whole
    readonly property int pages: plan.count
    readonly property var seenMains: doing.slice(sheet * plan.mains, (sheet + 1) * plan.mains)
    readonly property var seenTiles: sheet < plan.first ? [] : reading.slice((sheet - plan.first) * plan.tiles, (sheet - plan.first + 1) * plan.tiles)
    readonly property int mainRows: Math.ceil(seenMains.length / mainColumns)
    readonly property int tileRows: Math.ceil(seenTiles.length / tileColumns)
    readonly property real spare: Math.max(0, room - (mainRows > 0 ? headHeight + mainRows * (leastMain + gap) + (tileRows > 0 ? gap : 0) : 0) - (tileRows > 0 ? headHeight + tileRows * (leastTile + gap) : 0))
    readonly property real mainHeight: many ? Math.min(Math.max(48 * Theme.mm, leastBrief), (room - headHeight + gap) / Math.max(1, mainRows) - gap) : isBeside || tileRows === 0 ? Math.min((isBeside ? 400 : 90) * Theme.mm, (room - headHeight + gap) / Math.max(1, mainRows) - gap) : leastMain + Math.min(24 * Theme.mm, 0.3 * spare / Math.max(1, mainRows))
    readonly property real mainsBottom: mainRows > 0 && !isBeside ? headHeight + mainRows * (mainHeight + gap) + gap : 0
    readonly property real tileHeight: Math.min(72 * Theme.mm, (room - mainsBottom - headHeight + gap) / Math.max(1, tileRows) - gap)
    readonly property real mainWidth: isBeside ? (Theme.elder ? 0.44 : 0.36) * home.body.width : (home.body.width - (mainColumns - 1) * gap) / mainColumns
    readonly property real tilesLeft: isBeside && mainRows > 0 ? mainWidth + 2 * gap : 0
    readonly property real tileWidth: (home.body.width - tilesLeft - (tileColumns - 1) * gap) / tileColumns

    question: home.model.greeting
    lead: home.model.counts
    showBack: home.model.door !== ""

    FindDoor {
        id: finder

        name: "search"
        visible: home.model.hasSearch && (!Theme.elder || home.doorsOnly)
        width: parent.width
        text: qsTr("找事项、政策、地名")
        onActed: home.model.search()
    }

    Grid {
        id: doors

        y: home.finderRoom
        visible: !Theme.elder || home.doorsOnly
        width: parent.width
        columns: Theme.elder ? (Theme.landscape ? 2 : 1) : Theme.landscape ? 4 : 2
        spacing: Theme.elder ? 6 * Theme.mm : home.gap

        readonly property real doorWidth: (width - (columns - 1) * spacing) / columns
        readonly property real doorHeight: Theme.elder ? Math.min(100 * Theme.mm, (home.body.height - home.finderRoom - (4 / columns - 1) * spacing) / (4 / columns)) : Theme.landscape ? 28 * Theme.mm : (home.model.hasSearch ? 36 : 40) * Theme.mm

        Repeater {
            model: home.model.doors

            Door {
                required property var modelData

                name: "door_" + modelData["kind"]
                width: doors.doorWidth
                height: doors.doorHeight
                letter: modelData["letter"]
                icon: modelData["kind"] === "query" ? "search" : modelData["kind"] === "handle" ? "pencil" : modelData["kind"] === "read" ? "book" : "question"
                text: modelData["title"]
                examples: modelData["examples"]
                chosen: modelData["chosen"]
                tint: modelData["kind"] === "query" ? Theme.tintQuery : modelData["kind"] === "handle" ? Theme.tintDo : modelData["kind"] === "read" ? Theme.tintRead : Theme.tintAsk
                onActed: home.model.choose(modelData["kind"])
            }
        }
    }

    Item {
        id: lists

        visible: !home.doorsOnly
        y: home.listTop
        width: parent.width
        height: home.room

        Words {
            visible: home.mainRows > 0
            font.weight: Theme.bold
            text: home.canDo ? qsTr("现在可以办") : qsTr("在这台机器上办")
        }

        Repeater {
            model: home.doorsOnly ? [] : home.seenMains

            ItemRow {
                required property var modelData
                required property int index
                readonly property bool isLastAlone: home.many && home.mainColumns === 2 && index === home.seenMains.length - 1 && index % 2 === 0

                name: "item_" + modelData["key"]
                x: (index % home.mainColumns) * (home.mainWidth + home.gap)
                y: home.headHeight + Math.floor(index / home.mainColumns) * (home.mainHeight + home.gap)
                width: isLastAlone ? home.body.width : home.mainWidth
                height: home.mainHeight
                isMain: true
                brief: home.many
                text: modelData["name"]
                detail: home.many ? modelData["brief"] : modelData["detail"]
                kind: modelData["kind"]
                stars: modelData["stars"]
                onActed: home.model.open(modelData["code"])
            }
        }

        Words {
            visible: home.tileRows > 0
            x: home.tilesLeft
            y: home.mainsBottom
            font.weight: Theme.bold
            text: qsTr("可以看指南，到窗口或网上办")
        }

        Repeater {
            model: home.doorsOnly ? [] : home.seenTiles

            ItemRow {
                required property var modelData
                required property int index

                // the last of an odd number lies across
                readonly property bool isLastAlone: index === home.seenTiles.length - 1 && index % home.tileColumns === 0

                name: "item_" + modelData["key"]
                x: home.tilesLeft + (index % home.tileColumns) * (home.tileWidth + home.gap)
                y: home.mainsBottom + home.headHeight + Math.floor(index / home.tileColumns) * (home.tileHeight + home.gap)
                width: isLastAlone ? home.body.width - home.tilesLeft : home.tileWidth
                height: home.tileHeight
                isTile: true
                text: modelData["name"]
                detail: modelData["detail"]
                kind: modelData["kind"]
                stars: modelData["stars"]
                onActed: home.model.open(modelData["code"])
            }
        }
    }

    FactPanel {
        visible: !home.doorsOnly && home.model.rows.length === 0
        y: home.listTop
        width: parent.width
        height: Math.min(parent.height - y, 150 * Theme.mm)

        FactLine {
            width: parent.width
            sign: qsTr("问")
            icon: "phone"
            title: qsTr("拨打 %1").arg(home.model.helpPhone)
            text: qsTr("咨询、投诉、建议，都可以打这个电话。")
        }

        FactLine {
            width: parent.width
            sign: qsTr("看")
            icon: "back"
            title: qsTr("看看别的")
            text: qsTr("这里还没有事项。请按“返回”。")
        }
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
