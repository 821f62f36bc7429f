import QtQuick
import QtQuick.Shapes

// A line drawing on a field of 24 by 24: one stroke width, rounded ends, drawn for this terminal.
Item {
    id: icon

    property string shape: "tick"
    property real size: 8 * Theme.mm
    property color color: Theme.ink
    // small ones keep the stroke of the others
    property real weight: Math.max(1.7, 0.6 * Theme.mm * 24 / size)
    readonly property var paths: ({
            "tick": "M4 13 L9.5 18.5 L20 6.5",
            "cross": "M6 6 L18 18 M18 6 L6 18",
            "back": "M14.5 5 L7.5 12 L14.5 19",
            "next": "M9.5 5 L16.5 12 L9.5 19",
            "up": "M5 14.5 L12 7.5 L19 14.5",
            "down": "M5 9.5 L12 16.5 L19 9.5",
            "pause": "M8.5 5.5 L8.5 18.5 M15.5 5.5 L15.5 18.5",
            "pencil": "M4.5 19.5 L5.5 15 L15.5 5 L19 8.5 L9 18.5 Z M13 7.5 L16.5 11",
            "book": "M12 6.5 C9.5 4.6 6.5 4.4 3.5 5 L3.5 18.5 C6.5 18 9.5 18.2 12 20 C14.5 18.2 17.5 18 20.5 18.5 L20.5 5 C17.5 4.4 14.5 4.6 12 6.5 Z M12 6.5 L12 20",
            "card": "M3 7 A2 2 0 0 1 5 5 L19 5 A2 2 0 0 1 21 7 L21 17 A2 2 0 0 1 19 19 L5 19 A2 2 0 0 1 3 17 Z M6.5 9.5 L12 9.5 M6.5 13 L11 13 M15 9 L17.5 9 L17.5 13 L15 13 Z",
            "slip": "M6.5 3.5 L17.5 3.5 L17.5 20.5 L15.7 18.8 L13.8 20.5 L12 18.8 L10.2 20.5 L8.3 18.8 L6.5 20.5 Z M9.5 8 L14.5 8 M9.5 12 L14.5 12",
            "sheet": "M5.5 3.5 L14 3.5 L18.5 8 L18.5 20.5 L5.5 20.5 Z M14 3.5 L14 8 L18.5 8 M8.5 12 L15.5 12 M8.5 16 L15.5 16",
            "clock": "M12 3.5 A8.5 8.5 0 1 1 11.99 3.5 M12 7.5 L12 12 L15.5 14",
            "coin": "M12 3.5 A8.5 8.5 0 1 1 11.99 3.5 M8.5 7.5 L12 12 L15.5 7.5 M12 12 L12 17 M9 12.5 L15 12.5 M9 15 L15 15",
            "phone": "M7 3.5 L10 4 L11 8 L8.8 9.8 C10 12.2 11.8 14 14.2 15.2 L16 13 L20 14 L20.5 17 C20 19.5 18.5 20.5 16.5 20.5 C10 20 4 14 3.5 7.5 C3.5 5.5 4.5 4 7 3.5 Z",
            "people": "M12 11 A3.5 3.5 0 1 1 12.01 11 M4.5 20 C5 15.8 8 14 12 14 C16 14 19 15.8 19.5 20",
            "law": "M12 4 L12 20 M7.5 20 L16.5 20 M5 7 L19 7 M5 7 L2.8 13 A2.6 2.6 0 0 0 7.2 13 Z M19 7 L16.8 13 A2.6 2.6 0 0 0 21.2 13 Z",
            "steps": "M4 19.5 L9 19.5 L9 14.5 L14 14.5 L14 9.5 L19 9.5 L19 4.5",
            "door": "M6 20.5 L6 9 A6 6 0 0 1 18 9 L18 20.5 Z M3.5 20.5 L20.5 20.5 M14.5 13 L14.5 14.5",
            "warning": "M12 4 L21 19.5 L3 19.5 Z M12 10 L12 14.5 M12 17.2 L12 17.3",
            "shield": "M12 3.5 L19.5 6 L19.5 11.5 C19.5 16 16.5 19 12 20.5 C7.5 19 4.5 16 4.5 11.5 L4.5 6 Z M8.5 12 L11.2 14.7 L15.8 9.5",
            "screen": "M3.5 5 L20.5 5 L20.5 16 L3.5 16 Z M12 16 L12 20 M8 20 L16 20",
            "search": "M10.5 4 A6.5 6.5 0 1 1 10.49 4 M15.3 15.3 L20.5 20.5",
            "question": "M8 8.5 A4 4 0 1 1 14 12 C12.6 12.8 12 13.4 12 15 M12 19 L12 19.1",
            "bag": "M4.5 8.5 L19.5 8.5 L18.5 20.5 L5.5 20.5 Z M8.5 8.5 A3.5 4.5 0 0 1 15.5 8.5"
        })

    implicitWidth: size
    implicitHeight: size

    Shape {
        width: 24
        height: 24
        scale: icon.size / 24
        transformOrigin: Item.TopLeft

        ShapePath {
            strokeColor: icon.color
            strokeWidth: icon.weight
            fillColor: "transparent"
            capStyle: ShapePath.RoundCap
            joinStyle: ShapePath.RoundJoin

            PathSvg {
                path: icon.paths[icon.shape] ?? ""
            }
        }
    }
}
