import QtQuick
import controls

// What was found: a headline and what may be chosen, and beside or below it a table or a list of fields, page by page. The
// view-model (screens/view_models/leafing.py) cuts the rows; it must know the room, in em, and after each change of it.
Item {
    id: found

    required property var model
    property Item card
    property Flow choices
    property alias columns: table.columns
    property alias fields: fields.fields
    property alias rowWords: table.rowWords
    property string noRows: ""
    property string note: ""
    // on a low screen: fields without the card have the whole width, or always stand under a card that is low
    property bool fieldsWantWidth: false
    property bool cardOnTop: false
    property alias fieldsTotal: fields.total
    property alias mostBreath: fields.mostBreath

    readonly property bool seesRows: model.view === "rows"
    readonly property real space: 5 * Theme.mm
    readonly property bool isWide: Theme.landscape && !seesRows && fieldsWantWidth
    readonly property bool stands: !Theme.landscape || isWide || cardOnTop
    // on a low screen the rows get the height, and the pager the place under the choices
    readonly property bool pagesLeft: !stands && !Theme.elder && leftPart.height + 2 * space + Theme.target < height
    readonly property real leftWidth: stands ? width : Math.round(0.37 * (width - 8 * Theme.mm))
    readonly property real cardHeight: card && card.visible ? card.height + space : 0

    onCardChanged: if (card)
        card.parent = cardPlace
    onChoicesChanged: if (choices)
        choices.parent = choicesPlace

    Item {
        id: leftPart

        width: found.leftWidth
        height: choicesPlace.y + (found.choices && found.choices.height > 0 ? found.choices.height : -found.space)

        Item {
            id: cardPlace

            width: parent.width
        }

        Item {
            id: choicesPlace

            y: found.cardHeight
            width: parent.width
        }
    }

    Item {
        id: content

        x: found.stands ? 0 : found.leftWidth + 8 * Theme.mm
        y: found.stands ? leftPart.height + found.space : 0
        width: parent.width - x
        height: parent.height - y

        ProblemBox {
            id: trouble

            width: parent.width
            height: implicitHeight
            gentle: true
            text: found.model.problemText
        }

        EntryTable {
            id: table

            y: trouble.visible ? trouble.implicitHeight + found.space : 0
            width: parent.width
            height: content.height - (found.isWide || found.pagesLeft ? 0 : pager.height + found.space) - y
            visible: found.seesRows
            rows: found.model.rows
            lines: found.seesRows ? found.model.rowsPerPage : 0
            noRows: found.noRows
            onOpened: index => found.model.openRow(index)
        }

        FieldList {
            id: fields

            y: table.y
            width: parent.width
            height: table.height
            // without a pager its place is theirs
            room: pager.pages > 1 ? height : content.height - y
            visible: !found.seesRows
        }

        Pager {
            id: pager

            x: found.pagesLeft ? -content.x : parent.width - width
            // with one page there is nothing to turn: its note stands under the rows
            y: pages <= 1 && found.seesRows && !found.pagesLeft ? Math.min(parent.height - height, table.y + table.sheetHeight + found.space) : found.isWide ? -found.space - height : parent.height - height
            width: found.pagesLeft ? found.leftWidth : found.isWide ? 0.5 * parent.width : parent.width
            page: found.model.pageNumber - 1
            pages: found.model.pageCount
            note: found.note
            onTurned: to => to < pager.page ? found.model.previousPage() : found.model.nextPage()
        }
    }

    readonly property string roomy: [table.inner, table.height, table.pitch, Theme.body, fields.across, fields.down, fields.titleEm, fields.valueEm, fields.pitch, seesRows].join(" ")

    function fit() {
        // at once: a Flow lays out with the next frame only
        found.choices?.forceLayout();
        if (found.seesRows)
            found.model.fitRows(table.inner / Theme.body, (table.height - table.headHeight) / Theme.body, table.pitch / Theme.body);
        else
            found.model.fitFields(fields.across, fields.down, fields.titleEm, fields.valueEm, fields.pitch / Theme.body);
    }

    onRoomyChanged: Qt.callLater(found.fit)
    Component.onCompleted: found.fit()
}
