import QtQuick

Window {
    width: 1080
    height: 1920
    visible: true

    Text {
        anchors.centerIn: parent
        text: "轻触屏幕开始"
    }
}
