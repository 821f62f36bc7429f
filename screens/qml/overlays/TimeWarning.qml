import QtQuick

// The whole visit's limit is near; one touch extends it.
Sheet {
    id: warning

    counts: true
    safeAnywhere: true
    question: qsTr("本次办理的时间快到了")
    text: qsTr("还需要时间，请按“我还要用”。")
    safeText: qsTr("我还要用")
    otherText: qsTr("结束并退出")
    onSafe: warning.model.keepGoing()
    onOther: warning.model.confirmEnd()
}
