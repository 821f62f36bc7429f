import QtQuick

// 您还在办理吗？ One touch anywhere but on the end goes on.
Sheet {
    id: warning

    counts: true
    safeAnywhere: true
    question: qsTr("您还在办理吗？")
    text: qsTr("数到零，就为您结束并清除信息。")
    safeText: qsTr("继续办理")
    otherText: qsTr("结束并退出")
    onSafe: warning.model.keepGoing()
    onOther: warning.model.confirmEnd()
}
