pragma ComponentBehavior: Bound
import QtQuick

// Text that a citizen writes: a field of many lines with what has been written counted, and the keyboard, below it on a high
// screen, to its right on a wide one. It takes the page's whole body. `text` is what it begins with; every change is told
// by `edited`. The keyboard is loaded when the first of these is made, and only while `typing`; before that, the page's
// view-model has made a `TextDraft`. While a word is being spelt (`composing`) a page does not act: what it would take is a guess
// of the engine's. It calls `askToFinish()` instead, which says so beside the text.
Item {
    id: entry

    property string text: ""
    property int limit: 500
    property string label: ""
    property string placeholder: ""
    property string problem: ""
    property bool typing: true
    readonly property alias written: field.text
    readonly property int length: count(field.text)
    readonly property bool composing: field.preeditText !== ""
    readonly property bool isFull: length >= limit
    readonly property bool beside: typing && Theme.landscape
    readonly property real keyboardWidth: beside ? Math.max(10 * Theme.target + 9 * Theme.gap, 0.54 * width) : width
    readonly property real keyboardHeight: 6 * Theme.target + 5 * Theme.gap
    property bool refused: false
    property bool unfinished: false
    property string cleared: ""
    signal edited(string text)

    onComposingChanged: if (!composing)
        unfinished = false

    function askToFinish() {
        unfinished = true;
    }

    function settle() {
        if (keyboard.item !== null)
            (keyboard.item as Item).settle(); // qmllint disable missing-property
    }

    // Characters as Python counts them: two surrogates are one (Qt's Array.from takes them for two).
    function count(text: string): int {
        return text.length - (text.match(/[\uD800-\uDBFF]/g) ?? []).length;
    }

    // Where `characters` of them before `end` begin.
    function start(text: string, end: int, characters: int): int {
        let at = end;
        for (let left = characters; left > 0 && at > 0; left--)
            at -= at > 1 && /[\uDC00-\uDFFF]/.test(text[at - 1]) ? 2 : 1;
        return at;
    }

    // What went in beyond the limit goes out again, where it went in.
    function keepLimit() {
        const over = count(field.text) - limit;
        if (over <= 0)
            return;
        const end = count(field.text.slice(0, field.cursorPosition)) < over ? field.length : field.cursorPosition;
        field.remove(start(field.text, end, over), end);
        refused = true;
    }

    Component.onCompleted: field.cursorPosition = field.length

    // what was written before is gone on with, at its end
    onTextChanged: if (field.text !== text) {
        field.text = text;
        field.cursorPosition = field.length;
    }

    Item {
        id: paper

        width: entry.beside ? parent.width - entry.keyboardWidth - 2 * Theme.gap : parent.width
        height: entry.typing && !entry.beside ? parent.height - entry.keyboardHeight - 5 * Theme.mm : parent.height

        Rectangle {
            id: sheet

            width: parent.width
            height: foot.y - Theme.gap - (trouble.visible ? trouble.height + Theme.gap : 0)
            radius: Theme.radius
            color: Theme.sheet
            border.width: field.activeFocus ? 2 * Theme.line : Theme.line
            border.color: field.activeFocus ? Theme.civic : Theme.outline

            Flickable {
                id: view

                readonly property real lines: Math.max(1, Math.floor(height / metrics.lineSpacing))

                anchors.fill: parent
                anchors.margins: 4 * Theme.mm
                clip: true
                contentWidth: width
                contentHeight: field.height
                boundsBehavior: Flickable.StopAtBounds

                function moveTo(y: real) {
                    contentY = Math.max(0, Math.min(y, contentHeight - height));
                }

                TextEdit {
                    id: field

                    objectName: "text_field"
                    width: view.width
                    height: Math.max(view.height, contentHeight)
                    color: Theme.ink
                    font.family: Theme.family
                    font.pixelSize: Theme.body
                    renderType: TextEdit.QtRendering
                    textFormat: TextEdit.PlainText
                    wrapMode: TextEdit.Wrap
                    selectByMouse: false
                    inputMethodHints: Qt.ImhMultiLine | Qt.ImhSensitiveData | Qt.ImhNoPredictiveText | Qt.ImhNoAutoUppercase
                    cursorDelegate: Rectangle {
                        width: 0.8 * Theme.mm
                        color: Theme.civic
                        visible: field.activeFocus
                    }

                    Accessible.role: Accessible.EditableText
                    Accessible.name: entry.label
                    Accessible.multiLine: true

                    onTextChanged: {
                        const written = entry.count(text);
                        if (written > entry.limit) {
                            Qt.callLater(entry.keepLimit);
                            return;
                        }
                        if (text !== "")
                            entry.cleared = "";
                        if (written < entry.limit)
                            entry.refused = false;
                        if (text !== entry.text)
                            entry.edited(text);
                    }
                    onCursorRectangleChanged: {
                        const at = cursorRectangle;
                        if (at.y < view.contentY)
                            view.moveTo(at.y);
                        else if (at.y + at.height > view.contentY + view.height)
                            view.moveTo(at.y + at.height - view.height);
                    }
                }
            }

            FontMetrics {
                id: metrics

                font: field.font
            }

            Words {
                x: view.x
                y: view.y
                width: view.width
                visible: field.text === "" && !entry.composing
                color: Theme.muted
                text: entry.placeholder
            }
        }

        ProblemBox {
            id: trouble

            y: foot.y - height - Theme.gap
            width: parent.width
            height: implicitHeight
            gentle: true
            text: entry.unfinished ? qsTr("还有一个词没有选好：请点一个候选词，或删去拼音，再继续。") : entry.problem !== "" ? entry.problem : entry.refused ? qsTr("最多写 %1 字，请删去一些再写。").arg(entry.limit) : ""
        }

        Item {
            id: foot

            y: parent.height - height
            width: parent.width
            height: Theme.target

            Words {
                objectName: "text_counter"
                anchors.verticalCenter: parent.verticalCenter
                width: buttons.x - Theme.gap
                color: Theme.muted
                lineHeight: Theme.headingLine
                text: qsTr("已写 %1 字，最多 %2 字").arg(entry.length).arg(entry.limit)
            }

            Row {
                id: buttons

                x: parent.width - width
                height: parent.height
                spacing: Theme.gap

                QuietButton {
                    name: "text_up"
                    visible: view.contentHeight > view.height + 1
                    enabled: view.contentY > 1
                    reason: qsTr("已经是开头")
                    implicitWidth: Theme.target
                    icon: "up"
                    onActed: view.moveTo(view.contentY - (view.lines - 1) * metrics.lineSpacing)
                }

                QuietButton {
                    name: "text_down"
                    visible: view.contentHeight > view.height + 1
                    enabled: view.contentY < view.contentHeight - view.height - 1
                    reason: qsTr("已经是末尾")
                    implicitWidth: Theme.target
                    icon: "down"
                    onActed: view.moveTo(view.contentY + (view.lines - 1) * metrics.lineSpacing)
                }

                QuietButton {
                    name: "text_clear"
                    visible: entry.typing
                    enabled: field.text !== "" || entry.cleared !== ""
                    reason: qsTr("还没有写字")
                    text: entry.cleared !== "" ? qsTr("恢复") : qsTr("清空")
                    onActed: {
                        entry.settle();
                        const before = entry.cleared;
                        const now = field.text;
                        field.text = before;
                        field.cursorPosition = field.length;
                        entry.cleared = before === "" ? now : "";
                        entry.refused = false;
                    }
                }
            }
        }
    }

    Loader {
        id: keyboard

        // made after the text is in, and by its address, so that a page without it loads nothing of it
        x: parent.width - width
        y: parent.height - height
        width: entry.keyboardWidth
        height: entry.beside ? Math.min(parent.height, 1.25 * entry.keyboardHeight) : entry.keyboardHeight
        Component.onCompleted: follow()

        function follow() {
            if (!entry.typing)
                source = "";
            else if (source.toString() === "")
                setSource("../keyboard/KeyboardPanel.qml", {
                    "field": field
                });
        }

        Connections {
            target: entry

            function onTypingChanged() {
                keyboard.follow();
            }
        }

        Binding {
            target: keyboard.item
            property: "room"
            value: entry.limit - entry.length
            when: keyboard.item !== null
        }

        Connections {
            target: keyboard.item
            ignoreUnknownSignals: true

            function onWrote() {
                entry.keepLimit();
            }

            function onFull() {
                entry.refused = true;
            }
        }
    }
}
