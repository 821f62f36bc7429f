import QtQuick
import controls
import pages.parts

// One page under the document camera: wanted or not, being taken, readable or not.
PageFrame {
    id: page

    readonly property string stage: model.stage

    question: stage === "show" ? qsTr("看得清吗？") : stage === "taking" ? qsTr("正在拍，请不要动纸") : qsTr("要附上一页材料吗？")
    lead: stage === "ask" && !Theme.landscape ? qsTr("不附也可以提交。") : ""
    problem: model.problemText
    problemIsGentle: true
    actText: stage === "show" ? qsTr("看得清，继续") : stage === "ask" ? qsTr("拍这一页") : ""
    secondText: stage === "show" ? qsTr("重拍") : stage === "ask" ? qsTr("不附，继续") : ""
    actEnabled: stage !== "ask" || model.isLive
    actReason: model.problemText === "" ? qsTr("高拍仪现在没有画面") : ""
    onActed: stage === "show" ? model.goOn() : model.take()
    onSecondActed: stage === "show" ? model.take() : model.goOn()

    TwoParts {
        anchors.fill: parent
        visible: page.stage !== "show"
        share: 0.42
        portraitShare: 0.4

        first: Panel {
            anchors.fill: parent
            color: Theme.tintQuery

            // what lies there now, so that all four corners are in
            Image {
                id: live

                objectName: "paper"
                anchors.fill: parent
                visible: page.model.isLive && page.model.paper !== ""
                fillMode: Image.PreserveAspectFit
                cache: false
                source: page.model.isLive ? page.model.paper : ""
            }

            Icon {
                visible: !live.visible
                anchors.centerIn: parent
                size: 0.7 * Math.min(parent.width, parent.height)
                shape: "sheet"
                color: Theme.civic
            }
        }

        second: FactPanel {
            id: facts

            anchors.fill: parent

            FactLine {
                width: parent.width
                visible: page.model.isLive || page.stage === "taking"
                onVisibleChanged: Qt.callLater(facts.relayout)
                sign: qsTr("放")
                icon: "sheet"
                title: qsTr("把纸平放在高拍仪下")
                text: qsTr("有字的一面朝上，四角都放进亮框。")
            }

            FactLine {
                width: parent.width
                visible: page.model.isLive || page.stage === "taking"
                onVisibleChanged: Qt.callLater(facts.relayout)
                sign: qsTr("拍")
                icon: "screen"
                title: qsTr("按“拍这一页”，约 2 秒")
                text: qsTr("拍好会显示在屏幕上，看不清可以重拍。")
            }

            FactLine {
                width: parent.width
                sign: qsTr("密")
                icon: "shield"
                title: qsTr("加密保存，送达后清除")
                text: qsTr("没有提交的，您离开时立即清除。")
            }
        }
    }

    Rectangle {
        anchors.fill: parent
        visible: page.stage === "show"
        radius: Theme.radius
        color: Theme.sheet

        Image {
            anchors.fill: parent
            anchors.margins: 4 * Theme.mm
            anchors.bottomMargin: drop.height + 8 * Theme.mm
            fillMode: Image.PreserveAspectFit
            cache: false
            source: page.model.picture
        }

        QuietButton {
            id: drop

            name: "drop"
            x: (parent.width - width) / 2
            y: parent.height - height - 4 * Theme.mm
            text: qsTr("不附这一页了")
            onActed: page.model.drop()
        }
    }
}
