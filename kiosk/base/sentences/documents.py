"""Words of papers: slip labels, what became of a sheet, and what the check of a sheet says."""

SENTENCES: dict[str, tuple[str, str, str]] = {
    # Identity numbers.
    "identity.number_length": (
        "身份证件号码应为 18 位，读到 {count} 位，请核对",
        "身份證件號碼應為 18 位，現有 {count} 位，請核對",
        "An ID number has 18 characters, this one has {count}. Please check it.",
    ),
    "identity.number_characters": (
        "身份证件号码前 17 位应为数字，最后一位为数字或 X，请核对",
        "身份證件號碼首 17 位應為數字，最後一位為數字或 X，請核對",
        "An ID number is 17 digits and a digit or X. Please check it.",
    ),
    "identity.number_check": (
        "身份证件号码的最后一位与前面的数字对不上，请逐位核对",
        "身份證件號碼的最後一位與前面的數字不符，請逐位核對",
        "The last character of the ID number does not fit the others. Please check each digit.",
    ),
    "identity.number_birth": (
        "身份证件号码第 7 至 14 位不是一个出生日期，请核对",
        "身份證件號碼第 7 至 14 位不是出生日期，請核對",
        "Characters 7 to 14 of the ID number are not a date of birth. Please check them.",
    ),
    # Making papers.
    "documents.render_timed_out": (
        "单据排版超时，没有打印，请再试一次",
        "文件排版逾時，未有列印，請再試一次",
        "Preparing the paper took too long, nothing was printed. Please try again.",
    ),
    "documents.render_failed": (
        "单据没有排好，没有打印，请再试一次；仍不行请到窗口办理",
        "文件未能排版，未有列印，請再試一次；如仍未能列印，請到櫃位辦理",
        "The paper could not be prepared, nothing was printed. Please try again, or ask at a counter.",
    ),
    "documents.request_too_large": (
        "明细太多，一次打印不下，请选择较短的查询时间段",
        "明細太多，未能一次列印，請選擇較短的查詢時段",
        "There are too many entries for one print. Please choose a shorter period.",
    ),
    "documents.sheet_check_failed": (
        "排好的查询单与数据不一致，没有打印，请到窗口办理",
        "排好的查詢單與資料不一致，未有列印，請到櫃位辦理",
        "The prepared sheet does not match the data, so it was not printed. Please ask at a counter.",
    ),
    "documents.signing_key_unreadable": (
        "本终端的签名密钥读不出，不能打印带证明的单据，请工作人员检查终端",
        "本終端機的簽署密鑰未能讀取，未能列印附證明的文件，請職員檢查終端機",
        "This terminal's signing key cannot be read, so no attested paper can be printed. Staff should check the terminal.",
    ),
    "documents.fonts_missing": (
        "本终端缺少打印字体，请工作人员安装软件包 fonts-noto-cjk",
        "本終端機缺少列印字型，請職員安裝軟件包 fonts-noto-cjk",
        "The print fonts are missing on this terminal. Staff should install the package fonts-noto-cjk.",
    ),
    "documents.number_not_kept": (
        "终端流水号存不下来，暂时不能出单，请工作人员检查存储空间",
        "終端流水號未能儲存，暫時未能出單，請職員檢查儲存空間",
        "The terminal's number could not be kept, so no paper can be issued. Staff should check the storage.",
    ),
    # Slip.
    "documents.slip_title": ("办理凭条", "辦理憑條", "Receipt"),
    "documents.slip_item": ("办理事项", "辦理事項", "Service"),
    "documents.slip_name": ("办理人", "辦理人", "Name"),
    "documents.slip_done_at": ("办理时间", "辦理時間", "Time"),
    "documents.slip_site": ("办理地点", "辦理地點", "Place"),
    "documents.slip_terminal_number": ("终端流水号", "終端流水號", "Terminal no."),
    "documents.slip_papers": ("打印的单据", "列印的文件", "Papers"),
    "documents.slip_paper": ("{title}（{pages} 页）", "{title}（{pages} 頁）", "{title}, {pages} p."),
    "documents.slip_no_paper": ("本次没有打印查询单", "今次未有列印查詢單", "No sheet was printed this time"),
    "documents.slip_next": ("接下来", "下一步", "What next"),
    "documents.slip_foot": (
        "终端流水号不是办件编号",
        "終端流水號並非辦件編號",
        "The terminal number is not a case number",
    ),
    "documents.outcome_printed": ("已打印", "已列印", "printed"),
    "documents.outcome_not_printed": ("没有打印", "未有列印", "not printed"),
    "documents.outcome_unknown": ("待工作人员确认", "待職員確認", "to be checked by staff"),
    "documents.item_fund_query": ("住房公积金查询", "住房公積金查詢", "Housing provident fund query"),
    "documents.sheet_title": ("个人住房公积金查询单", "個人住房公積金查詢單", "Housing provident fund statement"),
    "documents.next_take_sheet": (
        "请从出纸口取走查询单，点一点页数",
        "請從出紙口取走查詢單，並核對頁數",
        "Take the sheet from the paper outlet and count its pages.",
    ),
    "documents.next_verify_sheet": (
        "查询单右上角的二维码可以验真伪",
        "查詢單右上角的二維碼可供驗證真偽",
        "The QR code at the top right of the sheet proves that it is genuine.",
    ),
    "documents.next_print_again": (
        "查询单没有打印，可以在本机或其他终端再次查询打印",
        "查詢單未有列印，可在本機或其他終端機再次查詢及列印",
        "The sheet was not printed. You can query and print again at any terminal.",
    ),
    "documents.next_ask_person": (
        "查询单是否完整打印无法确定，请带上凭条找工作人员核对",
        "未能確定查詢單是否完整列印，請帶同憑條請職員核對",
        "We cannot tell whether the sheet came out complete. Show this receipt to a member of staff.",
    ),
    "documents.next_keep_slip": (
        "需要咨询时，请报上终端流水号",
        "如需查詢，請提供終端流水號",
        "If you have a question, quote the terminal number.",
    ),
    "documents.demo_mark": ("演示单据 不作凭据", "示範文件 不作憑據", "DEMO - NOT VALID"),
}
