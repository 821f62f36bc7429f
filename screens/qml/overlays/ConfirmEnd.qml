import QtQuick

// 要结束办理吗？ The safe answer is where the hand rests.
Sheet {
    id: ask

    question: qsTr("要结束办理吗？")
    text: qsTr("结束后，您的信息会从这台机器上清除。")
    safeText: qsTr("否，继续")
    otherText: qsTr("是，结束办理")
    onSafe: ask.model.keepGoing()
    onOther: ask.model.confirmEnd()
}
