"""What a person reads when a department holds nothing to be shown."""

SENTENCES: dict[str, tuple[str, str, str]] = {
    "department.person_not_found": (
        "这个部门没有您的记录。如果您认为应该有，请带证件到该部门窗口核实。",
        "這個部門沒有您的記錄。如果您認為應該有，請帶證件到該部門窗口核實。",
        (
            "This department holds no record of you. "
            "If you think there should be one, please ask at its counter with your card."
        ),
    ),
}
