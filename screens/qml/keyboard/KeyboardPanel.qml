pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.VirtualKeyboard.Core
import QtQuick.VirtualKeyboard.Plugins.Pinyin
import QtQuick.VirtualKeyboard.Plugins.TCIme
import controls

// Our keys on the engines of Qt Virtual Keyboard: pinyin, Zhuyin, English. The engine turns spelling into candidates;
// plain characters go straight into `field`, so no key event is ever sent. Nothing here learns: the field says that it is
// sensitive, and what the engine still holds of the last word is overwritten when the panel goes.
Item {
    id: panel

    required property TextEdit field
    // how many characters the field still takes
    property int room: 1
    // a field of one line takes no line break
    property bool oneLine: false
    property string way: Layouts.wayOf(Theme.language)
    property bool symbols: false
    // "", "once" or "lock"
    property string capitals: ""
    readonly property bool composing: InputContext.preeditText !== ""
    readonly property var rows: Layouts.rows(way, symbols)
    readonly property real column: (width - (Layouts.columns - 1) * Theme.gap) / Layouts.columns
    readonly property real keyHeight: (height - strip.height - rows.length * Theme.gap) / rows.length
    readonly property real leastWidth: Layouts.columns * Theme.target + (Layouts.columns - 1) * Theme.gap
    // of its own, so that the engine keeps it no longer than the panel
    property QtObject pinyinMethod: null
    property QtObject zhuyinMethod: null
    // something was written or taken away
    signal wrote
    // there was no room for what was touched
    signal full

    implicitHeight: 6 * Theme.target + 5 * Theme.gap
    Component.onCompleted: begin(way)
    Component.onDestruction: forget()

    // Takes what is being spelt as it stands: its first candidates, or nothing where there is none.
    function settle() {
        for (let turn = 0; turn < 12 && InputContext.preeditText !== ""; turn++)
            Qt.inputMethod.commit(); // qmllint disable missing-property
        if (InputContext.preeditText !== "")
            Qt.inputMethod.reset(); // qmllint disable missing-property
        strip.begin();
        panel.wrote();
    }

    function choose(to: string) {
        settle();
        symbols = false;
        capitals = "";
        begin(to);
    }

    function begin(to: string) {
        way = to;
        field.forceActiveFocus();
        const engine = InputContext.inputEngine;
        if (to === "pinyin") {
            if (pinyinMethod === null)
                pinyinMethod = pinyinEngine.createObject(panel) as QtObject;
            engine.inputMethod = pinyinMethod;
            engine.inputMode = InputEngine.InputMode.Pinyin;
        } else if (to === "zhuyin") {
            if (zhuyinMethod === null)
                zhuyinMethod = zhuyinEngine.createObject(panel) as QtObject;
            engine.inputMethod = zhuyinMethod;
            engine.inputMode = InputEngine.InputMode.Zhuyin;
        } else {
            engine.inputMethod = null;
        }
    }

    function act(key: string) {
        field.forceActiveFocus();
        if (key === "shift")
            capitals = capitals === "" ? "once" : capitals === "once" ? "lock" : "";
        else if (key === "symbols" || key === "letters")
            symbols = key === "symbols";
        else if (key === "delete")
            deleteOne();
        else if (key === "space" || key === "enter")
            composing && (key === "space" || way === "pinyin") ? spell(key) : key === "enter" && oneLine ? settle() : write(key === "space" ? " " : "\n");
        else if (symbols || way === "english" || Layouts.isMark(key))
            write(capitals === "" ? key : key.toUpperCase());
        else
            spell(key === "part" ? "'" : key);
        if (capitals === "once" && key !== "shift")
            capitals = "";
    }

    function spell(key: string) {
        if (room <= 0 && !composing) {
            panel.full();
            return;
        }
        // a window without focus has no input item: the engine would learn, and what it makes would go nowhere
        if (InputContext.priv.inputItem !== field)
            return;
        const known = {
            "space": Qt.Key_Space,
            "enter": Qt.Key_Return,
            "delete": Qt.Key_Backspace,
            "'": Qt.Key_Apostrophe
        };
        const isLetter = key >= "a" && key <= "z" && key.length === 1;
        const code = isLetter ? Qt.Key_A + key.charCodeAt(0) - 97 : known[key] ?? Qt.Key_unknown;
        if (code === Qt.Key_Apostrophe && !composing)
            return;
        InputContext.inputEngine.virtualKeyClick(code, key.length === 1 ? key : "", Qt.NoModifier);
        strip.begin();
        panel.wrote();
    }

    function write(text: string) {
        settle();
        if (room <= 0) {
            panel.full();
            return;
        }
        field.insert(field.cursorPosition, text);
        panel.wrote();
    }

    function deleteOne() {
        if (composing) {
            spell("delete");
            return;
        }
        const end = field.cursorPosition;
        const isPair = end > 1 && /[\uDC00-\uDFFF]/.test(field.text[end - 1]);
        field.remove(Math.max(0, end - (isPair ? 2 : 1)), end);
        panel.wrote();
    }

    // The decoder keeps its last search until the next one: a longer one of no meaning, then none.
    function forget() {
        const engine = InputContext.inputEngine;
        Qt.inputMethod.reset(); // qmllint disable missing-property
        if (pinyinMethod !== null) {
            engine.inputMethod = pinyinMethod;
            for (const letter of "zhuangshuangchuangzhuangshuangchuangzhu")
                engine.virtualKeyClick(Qt.Key_A + letter.charCodeAt(0) - 97, letter, Qt.NoModifier);
            Qt.inputMethod.reset(); // qmllint disable missing-property
        }
        engine.inputMethod = null;
        blank.forceActiveFocus(); // the context keeps the text of the last field it saw
    }

    TextEdit {
        id: blank

        width: 1
        height: 1
        opacity: 0
    }

    Connections {
        target: Theme

        function onLanguageChanged() {
            panel.choose(Layouts.wayOf(Theme.language));
        }
    }

    Component {
        id: pinyinEngine

        PinyinInputMethod {}
    }

    Component {
        id: zhuyinEngine

        TCInputMethod {}
    }

    Row {
        id: ways

        visible: !panel.composing
        spacing: Theme.gap

        Repeater {
            model: Layouts.ways

            KeyboardKey {
                required property string modelData

                name: "way_" + modelData
                width: (panel.width - 2 * Theme.gap) / 3
                height: Theme.target
                size: Theme.lead
                isWord: true
                lit: panel.way === modelData
                text: Layouts.names[modelData]
                cap: text
                onActed: panel.choose(modelData)
            }
        }
    }

    CandidateStrip {
        id: strip

        width: parent.width
        height: Theme.target
        visible: panel.composing
        source: InputContext.inputEngine.wordCandidateListModel
        family: panel.way === "zhuyin" ? "Noto Sans CJK HK" : "Noto Sans CJK SC"
        onChosen: index => {
            panel.field.forceActiveFocus();
            source.selectItem(index);
            begin();
            panel.wrote();
        }
    }

    Repeater {
        model: panel.rows

        Item {
            id: row

            required property var modelData
            required property int index
            readonly property real spans: modelData.reduce((sum, key) => sum + Layouts.span(key, modelData), 0)

            x: (Layouts.columns - spans) / 2 * (panel.column + Theme.gap)
            y: strip.height + Theme.gap + index * (panel.keyHeight + Theme.gap)
            height: panel.keyHeight

            Repeater {
                model: row.modelData

                KeyboardKey {
                    required property string modelData
                    required property int index
                    readonly property real before: row.modelData.slice(0, index).reduce((sum, key) => sum + Layouts.span(key, row.modelData), 0)
                    readonly property real span: Layouts.span(modelData, row.modelData)

                    name: "key_" + modelData
                    x: before * (panel.column + Theme.gap)
                    width: span * (panel.column + Theme.gap) - Theme.gap
                    height: row.height
                    isWord: modelData.length > 1
                    size: isWord ? Theme.lead : Theme.heading
                    lit: modelData === "shift" && panel.capitals !== ""
                    text: cap
                    cap: {
                        switch (modelData) {
                        case "shift":
                            return panel.capitals === "lock" ? qsTr("锁大写") : qsTr("大写");
                        case "part":
                            return qsTr("分开");
                        case "delete":
                            return qsTr("删除");
                        case "symbols":
                            return "123";
                        case "letters":
                            return qsTr("返回");
                        case "space":
                            return panel.composing ? qsTr("选第一个") : qsTr("空格");
                        case "enter":
                            return panel.composing && panel.way === "pinyin" ? qsTr("用字母") : panel.oneLine ? qsTr("好了") : qsTr("换行");
                        default:
                            return panel.capitals === "" ? modelData : modelData.toUpperCase();
                        }
                    }
                    onActed: panel.act(modelData)
                }
            }
        }
    }
}
