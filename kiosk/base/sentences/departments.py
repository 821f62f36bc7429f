"""What a person reads when a department holds nothing of them, and an operator when its data file cannot be read."""

SENTENCES: dict[str, tuple[str, str, str]] = {
    "department.person_not_found": (
        "这个部门没有您的记录。如果您认为应该有，请带证件到该部门窗口核实。",
        "這個部門沒有您的記錄。如果您認為應該有，請帶證件到該部門窗口核實。",
        (
            "This department holds no record of you. "
            "If you think there should be one, please ask at its counter with your card."
        ),
    ),
    # starting the platform: read by an operator
    "platform.department_file": (
        "没有启动：部门数据文件 {file} 的 {where} 处看不懂。请对照其他部门的数据文件修改。",
        "沒有啟動：部門數據檔案 {file} 的 {where} 處看不懂。請對照其他部門的數據檔案修改。",
        "Not started: the department data file {file} is not understood at {where}. Compare it with another department's file.",
    ),
}
