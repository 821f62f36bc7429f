import QtQuick
import controls

// 申报须知: read before the card. The act is open on the last sheet only, and says so before.
PageFrame {
    id: notice

    question: qsTr("办理前，请先读须知")
    lead: notice.model.name
    actText: paragraphs.isLast ? qsTr("我已阅读，继续") : qsTr("下一页")
    onActed: {
        if (paragraphs.isLast)
            notice.model.goOn();
        else
            paragraphs.page += 1;
    }

    Panel {
        id: panel

        width: parent.width
        height: parent.height
        padding: (Theme.landscape ? 6 : 10) * Theme.mm

        PagedSections {
            id: paragraphs

            width: parent.width
            height: parent.height
            most: 3
            spread: true
            sections: notice.model.sections
        }
    }
}
