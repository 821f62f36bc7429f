"""Words of the papers of a plain query."""

SENTENCES: dict[str, tuple[str, str, str]] = {
    "documents.no_verification_code": (
        "部门这次没有给出验证码，这份证明不能在这里打印。请到该部门窗口开具。",
        "部門今次未有提供驗證碼，這份證明不能在這裏列印。請到該部門窗口開具。",
        (
            "The department gave no verification code this time, so this certificate cannot be printed here. "
            "Please have it issued at the department's counter."
        ),
    ),
    # Slip.
    "department.slip.no_paper": (
        "本次没有打印其他单据",
        "今次未有列印其他文件",
        "No other paper was printed this time",
    ),
    "department.slip.take": (
        "请从出纸口取走单据，点一点页数",
        "請從出紙口取走文件，並核對頁數",
        "Take your papers from the paper outlet and count the pages.",
    ),
    "department.slip.verify": (
        "单据右上角的二维码可以验真伪",
        "文件右上角的二維碼可供驗證真偽",
        "The QR code at the top right of the paper proves that it is genuine.",
    ),
    "department.slip.print_again": (
        "单据没有打印，可以在本机或其他终端再次查询打印",
        "文件未有列印，可在本機或其他終端機再次查詢及列印",
        "The paper was not printed. You can query and print again at any terminal.",
    ),
    "department.slip.ask_person": (
        "单据是否完整打印无法确定，请带上凭条找工作人员核对",
        "未能確定文件是否完整列印，請帶同憑條請職員核對",
        "We cannot tell whether the paper came out complete. Show this receipt to a member of staff.",
    ),
    "department.slip.withheld": (
        "部门没有给出验证码，证明没有打印，请到该部门窗口开具",
        "部門未有提供驗證碼，證明未有列印，請到該部門窗口開具",
        "Without the department's verification code no certificate was printed. Have it issued at its counter.",
    ),
}
