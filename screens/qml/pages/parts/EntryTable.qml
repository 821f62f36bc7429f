pragma ComponentBehavior: Bound
import QtQuick
import controls

// The entries of one page: a head, lines that breathe, figures flush right. Lines are made once and filled anew.
Item {
    id: table

    property var columns: []
    property var rows: []
    property int lines: 0
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
            "share": 0,
            "isNumber": false
        })
    signal opened(int index)

    function cellX(column: int): real {
        let x = 0;
        for (let i = 0; i < column; i++)
            x += (table.columns[i] ?? table.noColumn).share * table.inner;
        return x;
    }

    FieldNames {
        id: names
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

            x: table.padding + table.cellX(index) + (column.isNumber ? table.space : 0)
            width: column.share * table.inner - table.space
            height: table.headHeight
            verticalAlignment: Text.AlignVCenter
            horizontalAlignment: column.isNumber ? Text.AlignRight : Text.AlignLeft
            color: Theme.muted
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: Theme.small * 0.7
            wrapMode: Text.NoWrap
            text: names.column[column.name] ?? ""
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
            text: entry ? qsTr("%1 %2 %3 元，打开看全部内容").arg(entry.date).arg(entry.kind).arg(entry.amount) : ""
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

                    x: table.padding + table.cellX(index) + (column.isNumber ? table.space : 0)
                    y: (Theme.target - height) / 2
                    width: column.share * table.inner - table.space
                    height: table.pitch
                    verticalAlignment: Text.AlignVCenter
                    horizontalAlignment: column.isNumber ? Text.AlignRight : Text.AlignLeft
                    font.weight: column.name === "amount" ? Theme.medium : Theme.regular
                    maximumLineCount: column.isNumber ? 1 : 2
                    lineHeight: Theme.headingLine
                    elide: Text.ElideRight
                    fontSizeMode: column.isNumber || column.name === "date" ? Text.HorizontalFit : Text.FixedSize
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
        text: qsTr("这段时间没有资金变动。可以换“全部”看看。")
    }
}
