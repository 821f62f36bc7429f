import QtQuick

// One service item: its name, what one gets and needs, and honestly how far one gets now. What can be done here and now is the
// dark one (`isMain`), `brief` where there are many of them; a guide among guides is a `tile`. Both have no badge for what their
// heading says.
TouchTarget {
    id: row

    property string detail: ""
    property string kind: "ready"
    property int stars: 0
    property bool isMain: false
    property bool isTile: false
    property bool brief: false
    readonly property bool isDark: isMain && kind === "ready"
    readonly property bool isLarge: isMain || isTile
    // with the larger type, two lines of detail (in English of the name, too) and the stars
    readonly property int wraps: Theme.language === "en" ? 2 : 1
    readonly property real tallHeight: 1.26 * (wraps * (isMain ? Theme.large : Theme.lead) + (isMain ? wraps * Theme.body + Theme.body : wraps * Theme.small) + Theme.small) + 9 * Theme.mm
    readonly property bool isTall: height > tallHeight
    readonly property bool isHuge: isMain && !brief && height > Math.max(70 * Theme.mm, 1.9 * tallHeight)
    readonly property color quiet: isDark ? Theme.civicTextQuiet : Theme.muted

    Accessible.description: row.detail

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: row.isDark ? (row.pressed ? Theme.civicPressed : Theme.civic) : row.pressed ? Theme.tintQuery : Theme.sheet

        Rectangle {
            visible: !row.isDark && !row.isTile
            x: 0
            anchors.verticalCenter: parent.verticalCenter
            width: 1.6 * Theme.mm
            height: parent.height - 2 * Theme.radius
            radius: width / 2
            color: row.kind === "ready" ? Theme.ready : row.kind === "later" ? Theme.later : row.kind === "stopped" ? Theme.stopped : Theme.outline
        }
    }

    Column {
        id: texts

        x: (row.brief ? 6 : row.isMain ? 9 : 7) * Theme.mm
        width: parent.width - x - (row.isMain ? x : aside.width + (row.isTile ? 7 : 9) * Theme.mm)
        anchors.verticalCenter: parent.verticalCenter
        spacing: (row.isHuge ? 4 : row.isLarge && row.isTall ? 2 : 0.5) * Theme.mm

        Words {
            id: title

            width: parent.width - (row.isMain && badge.visible ? aside.width + 4 * Theme.mm : 0)
            color: row.isDark ? Theme.civicText : Theme.ink
            font.pixelSize: row.isHuge ? Theme.heading : row.isMain && row.isTall ? Theme.large : row.isLarge && row.isTall ? Theme.lead : Theme.body
            font.weight: Theme.bold
            lineHeight: Theme.headingLine
            text: row.text
        }

        Words {
            width: parent.width
            color: row.quiet
            font.pixelSize: row.isHuge ? Theme.lead : row.isMain && row.isTall ? Theme.body : Theme.small
            lineHeight: Theme.headingLine
            text: row.detail
        }

        Words {
            visible: row.isLarge && row.isTall
            color: row.quiet
            font.pixelSize: Theme.small
            lineHeight: Theme.headingLine
            text: "★".repeat(row.stars)
        }
    }

    Column {
        id: aside

        anchors.right: parent.right
        anchors.rightMargin: (row.isTile ? 3 : row.isMain && !row.brief ? 9 : 6) * Theme.mm
        y: row.isMain ? texts.y + (title.height - height) / 2 : (parent.height - height) / 2
        spacing: 1.5 * Theme.mm

        StateBadge {
            id: badge

            visible: !row.isTile && !(row.brief && row.kind === "ready")
            kind: row.kind
        }

        Words {
            visible: !row.isLarge
            anchors.right: parent.right
            color: row.quiet
            font.pixelSize: Theme.small
            text: "★".repeat(row.stars)
        }

        Icon {
            visible: row.isTile
            size: 7 * Theme.mm
            color: Theme.outline
            shape: "next"
        }
    }
}
