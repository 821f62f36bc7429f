import QtQuick
import controls

// One item in full: for whom, what to bring, how long, what it costs, the steps, the law, whom to tell.
PageFrame {
    id: guide

    question: guide.model.name
    lead: guide.model.summary
    actText: guide.model.isGuideOnly ? "" : qsTr("开始办理")
    actEnabled: guide.model.canBegin
    actReason: guide.model.reason
    onActed: guide.model.begin()

    Item {
        id: badges

        width: parent.width
        height: Math.max(badge.height, by.height)

        StateBadge {
            id: badge

            kind: guide.model.kind
        }

        Words {
            x: badge.width + 5 * Theme.mm
            anchors.verticalCenter: badge.verticalCenter
            color: Theme.ink
            text: "★".repeat(guide.model.stars)
        }

        Words {
            id: by

            anchors.right: parent.right
            width: parent.width - badge.width - 45 * Theme.mm
            horizontalAlignment: Text.AlignRight
            color: Theme.muted
            font.pixelSize: Theme.small
            lineHeight: Theme.headingLine
            text: guide.model.body
        }
    }

    ProblemBox {
        id: note

        y: badges.height + 5 * Theme.mm
        width: parent.width
        gentle: true
        text: guide.model.note
    }

    PagedSections {
        y: badges.height + 7 * Theme.mm + (note.visible ? note.height + 6 * Theme.mm : 0)
        width: parent.width
        height: parent.height - y
        most: 1
        sections: guide.model.sections
    }
}
