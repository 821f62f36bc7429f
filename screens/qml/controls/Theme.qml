pragma Singleton
import QtQuick

// Sizes in millimetres and roles of colour. The first group is set by screens/theme/theme.py; everything else follows.
// A length in a page is written `4 * Theme.mm`; a text size is one of the em sizes below.
QtObject {
    id: theme

    property real mm: 4
    property bool elder: false
    property bool landscape: false
    property string language: "zh_CN"

    // Noto Sans CJK: the capital height is 0.733 em, the natural line 1.448 em.
    readonly property string family: language === "zh_HK" ? "Noto Sans CJK HK" : "Noto Sans CJK SC"
    readonly property real emPerCap: mm / 0.733
    readonly property real smallCap: elder ? 6.4 : 4.8
    readonly property real bodyCap: elder ? 6.75 : 5.2
    readonly property real leadCap: elder ? 7.6 : 6.2
    readonly property real largeCap: elder ? 8.75 : 7.4
    readonly property real headingCap: elder ? 10.4 : 9.4
    readonly property real heroCap: elder ? 15 : 15
    readonly property int small: Math.ceil(smallCap * emPerCap)
    readonly property int body: Math.ceil(bodyCap * emPerCap)
    readonly property int lead: Math.ceil(leadCap * emPerCap)
    readonly property int large: Math.ceil(largeCap * emPerCap)
    readonly property int heading: Math.ceil(headingCap * emPerCap)
    readonly property int hero: Math.ceil(heroCap * emPerCap)
    readonly property int regular: Font.Normal
    readonly property int medium: Font.Medium
    readonly property int bold: Font.Bold
    // of the natural line of 1.448 em: 1.25 em for headings
    readonly property real headingLine: 0.87

    readonly property real target: (elder ? 20 : 16) * mm
    readonly property real gap: 4 * mm
    readonly property real margin: 12 * mm
    readonly property real radius: 4 * mm
    readonly property real line: Math.max(1, Math.round(0.45 * mm))
    readonly property real stroke: Math.max(2, 0.8 * mm)

    // roles; the measured contrast of each pair is held by tests/screens/test_contrast.py
    readonly property color paper: "#F7F3EA"
    readonly property color sheet: "#FFFFFF"
    readonly property color ink: "#10302E"
    readonly property color muted: "#2A3F3D"
    readonly property color outline: "#5C716E"
    readonly property color hairline: "#DDD6C6"
    readonly property color civic: "#0B3F3B"
    readonly property color civicPressed: "#072C29"
    readonly property color civicText: "#FFFFFF"
    readonly property color civicTextQuiet: "#EAF5F2"
    readonly property color lamp: "#FFC55C"
    readonly property color lampPressed: "#F0B03C"
    readonly property color lampText: "#0B2422"
    readonly property color moon: "#EFE6CC"
    readonly property color night: "#0B2B2A"
    readonly property color window: "#D9D2AE"
    readonly property color nightHill: "#104642"
    readonly property color nightGlow: "#3F7460"
    readonly property color nightWall: "#1C5550"
    readonly property color nightFar: "#123B39"
    readonly property color nightText: "#FFFFFF"
    readonly property color nightTextQuiet: "#DCEDE9"
    readonly property color ready: "#0A4A36"
    readonly property color later: "#5C3A00"
    readonly property color stopped: "#6E1D10"
    readonly property color readyTint: "#DDF0E6"
    readonly property color laterTint: "#FBE7C1"
    readonly property color stoppedTint: "#F6DCD3"
    readonly property color tintQuery: "#D9EBE7"
    readonly property color tintDo: "#FBE7C1"
    readonly property color tintRead: "#E6E3F2"
    readonly property color tintAsk: "#F6DCD3"
    readonly property color disabled: "#E4DFD3"
    readonly property color disabledText: "#3A4644"
}
