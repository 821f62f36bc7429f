import QtQuick

// Two parts of a page: one under the other in portrait, side by side in landscape. `share` is the first part's share.
Item {
    id: parts

    property Item first
    property Item second
    property real share: 0.5
    property real portraitShare: share
    readonly property real space: 8 * Theme.mm

    onFirstChanged: if (first)
        first.parent = firstPlace
    onSecondChanged: if (second)
        second.parent = secondPlace

    Item {
        id: firstPlace

        width: Theme.landscape ? (parts.width - parts.space) * parts.share : parts.width
        height: Theme.landscape ? parts.height : (parts.height - parts.space) * parts.portraitShare
    }

    Item {
        id: secondPlace

        x: Theme.landscape ? firstPlace.width + parts.space : 0
        y: Theme.landscape ? 0 : firstPlace.height + parts.space
        width: parts.width - x
        height: parts.height - y
    }
}
