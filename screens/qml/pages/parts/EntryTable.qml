pragma ComponentBehavior: Bound
import QtQuick
import controls

// The rows of one page: a head, lines that breathe, figures flush right. Lines are made once and filled anew.
// A column is {"name", "title", "share", "isNumber", "isFirm", "isOneLine"}, a row its texts by name of column.
Item {
    id: table

    property var columns: []
    property var rows: []
    property int lines: 0
    property string noRows: ""
    property var rowWords: row => ""
    property real pitch: Theme.target + Theme.gap
    property real headHeight: 1.9 * Theme.body
    // few rows take more of the height; `pitch` stays what a page of rows is reckoned with
    readonly property real step: Math.max(pitch, Math.min(1.5 * pitch, (height - headHeight) / Math.max(1, rows.length)))
    readonly property real sheetHeight: headHeight + Math.max(1, rows.length) * step
    readonly property real padding: 5 * Theme.mm
    readonly property real inner: width - 2 * padding
    readonly property real space: 0.5 * Theme.body
    // stands in while a longer row of columns goes and a shorter one comes
    readonly property var noColumn: ({
            "name": "",
            "title": "",
            "share": 0,
            "isNumber": false,
            "isFirm": false,
            "isOneLine": false
        })
    signal opened(int index)

    function cellX(column: int): real {
        let x = 0;
        for (let i = 0; i < column; i++)
            x += (table.columns[i] ?? table.noColumn).share * table.inner;
        // the space is on the right of each, but the last figures stand at the edge
        const isLastNumber = column === table.columns.length - 1 && (table.columns[column] ?? table.noColumn).isNumber;
        return table.padding + x + (isLastNumber ? table.space : 0);
    }

    Rectangle {
        width: parent.width
        height: table.sheetHeight
        radius: Theme.radius
        color: Theme.sheet
    }

    Repeater {
        model: table.columns.length

        Words {
            required property int index
            readonly property var column: table.columns[index] ?? table.noColumn

            x: table.cellX(index)
            width: column.share * table.inner - table.space
            height: table.headHeight
            verticalAlignment: Text.AlignVCenter
            horizontalAlignment: column.isNumber ? Text.AlignRight : Text.AlignLeft
            color: Theme.muted
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: Theme.small * 0.7
            wrapMode: Text.NoWrap
            text: column.title
        }
    }

    Repeater {
        model: table.lines

        TouchTarget {
            id: line

            required property int index
            readonly property var entry: index < table.rows.length ? table.rows[index] : null

            name: "row_" + index
            visible: entry !== null
            x: 0
            y: table.headHeight + index * table.step + (table.step - height) / 2
            width: table.width
            height: Theme.target
            text: entry ? table.rowWords(entry) : ""
            onActed: table.opened(index)

            Rectangle {
                x: table.padding
                y: -(table.step - Theme.target) / 2
                width: table.inner
                height: Theme.line
                color: Theme.hairline
            }

            Rectangle {
                anchors.fill: parent
                visible: line.pressed
                color: Theme.tintQuery
                radius: Theme.radius
            }

            Repeater {
                model: table.columns.length

                Words {
                    required property int index
                    readonly property var column: table.columns[index] ?? table.noColumn

                    x: table.cellX(index)
                    y: (Theme.target - height) / 2
                    width: column.share * table.inner - table.space
                    // two lines of the elder size are as high as a row with its air
                    height: Math.max(table.pitch, 2.8 * Theme.body)
                    verticalAlignment: Text.AlignVCenter
                    horizontalAlignment: column.isNumber ? Text.AlignRight : Text.AlignLeft
                    font.weight: column.isFirm ? Theme.medium : Theme.regular
                    maximumLineCount: column.isNumber || column.isOneLine ? 1 : 2
                    lineHeight: Theme.headingLine
                    elide: Text.ElideRight
                    fontSizeMode: column.isNumber || column.isOneLine ? Text.HorizontalFit : Text.FixedSize
                    minimumPixelSize: Theme.small * 0.7
                    text: line?.entry?.[column.name] ?? ""
                }
            }
        }
    }

    Words {
        visible: table.rows.length === 0
        x: table.padding
        y: table.headHeight
        width: table.inner
        height: table.step
        verticalAlignment: Text.AlignVCenter
        text: table.noRows
    }
}
