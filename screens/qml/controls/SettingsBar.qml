import QtQuick

// Language and size, one touch on every page; each language names itself in its own script.
Row {
    id: settings

    required property var model

    spacing: 4 * Theme.mm

    Chip {
        name: "language_zh_CN"
        text: "简体"
        family: "Noto Sans CJK SC"
        chosen: settings.model.language === "zh_CN"
        onActed: settings.model.setLanguage("zh_CN")
    }

    Chip {
        name: "language_zh_HK"
        text: "繁體"
        family: "Noto Sans CJK HK"
        chosen: settings.model.language === "zh_HK"
        onActed: settings.model.setLanguage("zh_HK")
    }

    Chip {
        name: "language_en"
        text: "English"
        family: "Noto Sans CJK SC"
        chosen: settings.model.language === "en"
        onActed: settings.model.setLanguage("en")
    }

    Chip {
        name: "text_size"
        text: Theme.elder ? qsTr("标准") : qsTr("大字")
        onActed: settings.model.setTextSize(Theme.elder ? "standard" : "elder")
    }
}
