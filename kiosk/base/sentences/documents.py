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
    "documents.render_broken_off": (
        "办理已经结束，单据没有打印",
        "辦理已經結束，文件未有列印",
        "The visit has ended; the paper was not printed.",
    ),
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
    # Checking a sheet.
    "attestation.genuine": (
        "真：这份单据由本系统的终端打印，内容没有改动",
        "真：這份文件由本系統的終端機列印，內容沒有改動",
        "Genuine: printed by a terminal of this system and unchanged.",
    ),
    "attestation.genuine_code": (
        "二维码为真。只凭二维码看不到纸上的内容，请把下面的数字与纸面逐项核对",
        "二維碼為真。單憑二維碼看不到紙上的內容，請將下列數字與紙面逐項核對",
        "The code is genuine. The code alone does not show the paper: compare each figure below with it.",
    ),
    "attestation.refused": (
        "不予认可：这份单据不能当作终端打印的原件，请当事人重新打印一份，或向打印的大厅核实",
        "不予認可：這份文件不能當作終端機列印的原件，請當事人重新列印一份，或向列印的大廳核實",
        "Refused: this paper cannot be taken for an original of a terminal. Ask for a new print, or ask the hall that printed it.",
    ),
    "attestation.not_judged": ("没有验成", "未能驗證", "Not checked."),
    "attestation.signed_figures": ("签名时的内容：", "簽署時的內容：", "What was signed:"),
    "attestation.list_unreadable": (
        "密钥清单读不懂，请重新下载清单",
        "未能讀取密鑰清單，請重新下載清單",
        "The key list cannot be read. Please fetch it again.",
    ),
    "attestation.list_forged": (
        "密钥清单的签名不对，清单不可信，请从主管部门重新取得",
        "密鑰清單的簽署不符，清單不可信，請向主管部門重新取得",
        "The key list's signature is wrong, so it cannot be trusted. Please get it from the operator again.",
    ),
    "attestation.list_expired": (
        "密钥清单已于 {expires_at} 到期，请更新清单后再验",
        "密鑰清單已於 {expires_at} 到期，請更新清單後再驗證",
        "The key list ended at {expires_at}. Please update it and check again.",
    ),
    "attestation.key_files_unreadable": (
        "密钥清单或清单公钥文件打不开，请核对路径和文件内容",
        "未能開啟密鑰清單或清單公鑰檔案，請核對路徑及檔案內容",
        "The key list or its public key cannot be opened. Please check the paths and files.",
    ),
    "attestation.file_unreadable": (
        "文件打不开，或其中没有二维码，请提供 PDF 或清晰的二维码图片",
        "未能開啟檔案，或檔案內沒有二維碼，請提供 PDF 或清晰的二維碼圖片",
        "The file cannot be opened or holds no code. Please give a PDF or a clear picture of the code.",
    ),
    "attestation.pdf_unreadable": (
        "PDF 打不开，请换一份",
        "未能開啟 PDF，請換一份",
        "The PDF cannot be opened. Please use another copy.",
    ),
    "attestation.code_missing": (
        "单据上没有终端打印证明二维码",
        "文件上沒有終端機列印證明二維碼",
        "There is no print attestation code on the paper.",
    ),
    "attestation.code_unreadable": (
        "二维码的内容不是终端打印证明，请重新扫描",
        "二維碼的內容並非終端機列印證明，請重新掃描",
        "The code does not hold a print attestation. Please scan it again.",
    ),
    "attestation.key_unknown": (
        "不认识签名的密钥，它不在清单里：清单太旧、单据来自别的系统，或者是伪造的。请换最新的清单再验",
        "不認識簽署的密鑰，它不在清單內：清單過舊、文件來自別的系統，或屬偽造。請換最新的清單再驗",
        "Unknown signing key, not on the list: an old list, another system's paper, or a forgery. Try the newest list.",
    ),
    "attestation.signature_wrong": (
        "签名与内容对不上，二维码是伪造或改动过的",
        "簽署與內容不符，二維碼屬偽造或曾被改動",
        "The signature does not fit: the code is forged or was changed.",
    ),
    "attestation.key_revoked": (
        "终端 {terminal} 的密钥已经注销",
        "終端機 {terminal} 的密鑰已被撤銷",
        "The key of terminal {terminal} has been revoked.",
    ),
    "attestation.key_expired": (
        "打印时间不在终端 {terminal} 的密钥有效期内",
        "列印時間不在終端機 {terminal} 的密鑰有效期內",
        "The paper was printed outside the time for which the key of terminal {terminal} is valid.",
    ),
    "attestation.terminal_differs": (
        "二维码写的终端与密钥所属的终端 {terminal} 不同",
        "二維碼所寫的終端機與密鑰所屬的終端機 {terminal} 不同",
        "The terminal named in the code is not {terminal}, to which the key belongs.",
    ),
    "attestation.printed_in_future": (
        "打印时间晚于现在，请核对本机时间",
        "列印時間晚於現在，請核對本機時間",
        "The time of printing lies in the future. Please check this computer's clock.",
    ),
    "attestation.foreign_objects": (
        "PDF 里有终端不会放的图片、批注或隐藏文字",
        "PDF 內有終端機不會放置的圖片、註解或隱藏文字",
        "The PDF holds pictures, notes or hidden text that no terminal puts there.",
    ),
    "attestation.content_differs": (
        "单据上的文字与签名时不同",
        "文件上的文字與簽署時不同",
        "The words on the paper are not those that were signed.",
    ),
    "attestation.pages_differ": (
        "与签名时不同的页：第 {pages} 页",
        "與簽署時不同的頁：第 {pages} 頁",
        "Pages that differ from what was signed: {pages}.",
    ),
    "attestation.differs_pages": (
        "页数不同：签名 {signed} 页，现有 {paper} 页",
        "頁數不同：簽署 {signed} 頁，現有 {paper} 頁",
        "Number of pages: {signed} signed, {paper} found.",
    ),
    "attestation.differs_terminal_number": (
        "终端流水号不同：签名 {signed}，单据 {paper}",
        "終端流水號不同：簽署 {signed}，文件 {paper}",
        "Terminal number: {signed} signed, {paper} on the paper.",
    ),
    "attestation.differs_name": (
        "姓名不同：签名 {signed}，单据 {paper}",
        "姓名不同：簽署 {signed}，文件 {paper}",
        "Name: {signed} signed, {paper} on the paper.",
    ),
    "attestation.differs_id_number": (
        "证件号码不同：签名 {signed}，单据 {paper}",
        "證件號碼不同：簽署 {signed}，文件 {paper}",
        "ID number: {signed} signed, {paper} on the paper.",
    ),
    "attestation.differs_period": (
        "查询时间段不同：签名 {signed}，单据 {paper}",
        "查詢時段不同：簽署 {signed}，文件 {paper}",
        "Period: {signed} signed, {paper} on the paper.",
    ),
    "attestation.differs_rows": (
        "明细笔数不同：签名 {signed} 笔，单据 {paper} 笔",
        "明細筆數不同：簽署 {signed} 筆，文件 {paper} 筆",
        "Entries: {signed} signed, {paper} on the paper.",
    ),
    "attestation.differs_balance": (
        "账户余额不同：签名 {signed} 元，单据 {paper} 元",
        "帳戶餘額不同：簽署 {signed} 元，文件 {paper} 元",
        "Balance: {signed} yuan signed, {paper} on the paper.",
    ),
    "attestation.differs_sum": (
        "发生金额合计不同：签名 {signed} 元，单据各笔相加 {paper} 元",
        "發生金額合計不同：簽署 {signed} 元，文件各筆相加 {paper} 元",
        "Sum of amounts: {signed} yuan signed, the rows on the paper add up to {paper}.",
    ),
    "attestation.figure_terminal": ("终端", "終端機", "Terminal"),
    "attestation.figure_printed_at": ("打印时间", "列印時間", "Printed at"),
    "attestation.figure_item": ("事项编码", "事項編碼", "Item code"),
    "attestation.figure_id_number": ("证件号码", "證件號碼", "ID number"),
    "attestation.figure_period": ("查询时间段", "查詢時段", "Period"),
    "attestation.figure_pages": ("页数", "頁數", "Pages"),
    "attestation.figure_rows": ("明细笔数", "明細筆數", "Entries"),
    "attestation.figure_balance": ("账户余额（元）", "帳戶餘額（元）", "Balance (yuan)"),
    "attestation.figure_sum": ("发生金额合计（元）", "發生金額合計（元）", "Sum of amounts (yuan)"),
}
