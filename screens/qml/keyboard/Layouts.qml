pragma Singleton
import QtQuick

// The keys of each way of writing, in rows of at most ten columns. A key is the character it writes, or one of the words
// in `spans`. Bopomofo as on the Daqian keyboard, but for ㄦ, which stands beside the space: eleven columns do not fit.
QtObject {
    readonly property int columns: 10
    readonly property var ways: ["pinyin", "zhuyin", "english"]
    readonly property var names: ({
            "pinyin": "拼音",
            "zhuyin": "注音",
            "english": "English"
        })
    readonly property var pinyin: [["q", "w", "e", "r", "t", "y", "u", "i", "o", "p"], ["a", "s", "d", "f", "g", "h", "j", "k", "l"], ["part", "z", "x", "c", "v", "b", "n", "m", "delete"], ["symbols", "，", "space", "。", "？", "enter"]]
    readonly property var english: [["q", "w", "e", "r", "t", "y", "u", "i", "o", "p"], ["a", "s", "d", "f", "g", "h", "j", "k", "l"], ["shift", "z", "x", "c", "v", "b", "n", "m", "delete"], ["symbols", ",", "space", ".", "?", "enter"]]
    readonly property var zhuyin: [["ㄅ", "ㄉ", "ˇ", "ˋ", "ㄓ", "ˊ", "˙", "ㄚ", "ㄞ", "ㄢ"], ["ㄆ", "ㄊ", "ㄍ", "ㄐ", "ㄔ", "ㄗ", "ㄧ", "ㄛ", "ㄟ", "ㄣ"], ["ㄇ", "ㄋ", "ㄎ", "ㄑ", "ㄕ", "ㄘ", "ㄨ", "ㄜ", "ㄠ", "ㄤ"], ["ㄈ", "ㄌ", "ㄏ", "ㄒ", "ㄖ", "ㄙ", "ㄩ", "ㄝ", "ㄡ", "ㄥ"], ["symbols", "ㄦ", "，", "space", "。", "delete", "enter"]]
    // the digits lie as on a pad
    readonly property var chineseSymbols: [["1", "2", "3", "，", "。", "？", "！", "、", "：", "；"], ["4", "5", "6", "（", "）", "“", "”", "《", "》", "…"], ["7", "8", "9", "-", "/", "@", "%", "￥", "delete"], ["letters", "0", ".", "#", "_", "space", "enter"]]
    readonly property var englishSymbols: [["1", "2", "3", ",", ".", "?", "!", "'", ":", ";"], ["4", "5", "6", "(", ")", "\"", "&", "<", ">", "…"], ["7", "8", "9", "-", "/", "@", "%", "$", "delete"], ["letters", "0", "+", "#", "_", "space", "enter"]]

    function wayOf(language: string): string {
        return language === "zh_HK" ? "zhuyin" : language === "en" ? "english" : "pinyin";
    }

    function rows(way: string, symbols: bool): var {
        if (symbols)
            return way === "english" ? englishSymbols : chineseSymbols;
        return way === "pinyin" ? pinyin : way === "zhuyin" ? zhuyin : english;
    }

    // Whether a key of the letters' rows writes itself whatever the way of writing.
    function isMark(key: string): bool {
        return "，。？,.?".includes(key);
    }

    // How many columns a key is wide; the space takes what its row leaves.
    function span(key: string, row: var): real {
        if (key === "space")
            return columns - row.filter(other => other !== "space").reduce((sum, other) => sum + span(other, row), 0);
        if (key === "enter" || key === "delete")
            return row.includes("letters") || row.includes("7") ? 2 : 1.5;
        return key === "shift" || key === "part" || key === "symbols" ? 1.5 : 1;
    }
}
