import QtQuick
import controls

PageFrame {
    id: page

    question: "请写下您要咨询的事"
    lead: "写清楚什么时候、在哪里、办什么事。"
    actText: "提交咨询"
    onActed: {
        entry.settle();
        page.model.submit();
    }
    Component.onDestruction: model.forgetText()

    TextEntry {
        id: entry

        objectName: "entry"
        anchors.fill: parent
        text: page.model.text
        limit: page.model.limit
        label: "咨询内容"
        placeholder: "例如：我的社保卡丢了，怎样补办？"
        problem: page.model.textProblem
        onEdited: text => page.model.setText(text)
    }
}
