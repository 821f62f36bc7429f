import QtQuick

// The words for the fields of account and entry, by the names of screens/view_models/statement_rows.py.
QtObject {
    readonly property var account: ({
            "name": qsTr("姓名"),
            "idNumber": qsTr("证件号码"),
            "openedOn": qsTr("开户日期"),
            "closedOn": qsTr("销户日期"),
            "branch": qsTr("缴存网点"),
            "accountNumber": qsTr("住房公积金账号"),
            "state": qsTr("账户状态"),
            "balance": qsTr("余额（元）"),
            "totalPaidIn": qsTr("累计缴存（元）"),
            "totalWithdrawn": qsTr("累计支取（元）"),
            "lastPaidMonth": qsTr("末次汇缴月份"),
            "monthly": qsTr("当前月缴额（元）"),
            "employerAccount": qsTr("当前单位账号"),
            "employer": qsTr("当前所在单位名称")
        })
    readonly property var entry: ({
            "date": qsTr("发生日期"),
            "kind": qsTr("业务类型"),
            "reason": qsTr("业务发生原因"),
            "month": qsTr("汇缴月份"),
            "amount": qsTr("发生金额（元）"),
            "balance": qsTr("当前余额（元）"),
            "interest": qsTr("银行利息（元）"),
            "employerAccount": qsTr("单位账号"),
            "employer": qsTr("单位名称")
        })
    readonly property var column: ({
            "date": qsTr("日期"),
            "kind": qsTr("业务"),
            "reason": qsTr("原因"),
            "month": qsTr("月份"),
            "amount": qsTr("金额"),
            "balance": qsTr("余额"),
            "interest": qsTr("利息"),
            "employerAccount": qsTr("单位账号"),
            "employer": qsTr("单位名称")
        })
}
