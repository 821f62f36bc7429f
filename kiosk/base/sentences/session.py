"""Sentences of the session machine."""

SENTENCES: dict[str, tuple[str, str, str]] = {
    "session.card_expired": ("您的证件已过期，请使用有效证件办理业务。", "您的證件已過期，請使用有效證件辦理業務。", "Your card has expired. Use a valid card."),
    "session.card_not_yet_valid": ("您的证件还没有到生效日期，请使用现在有效的证件。", "您的證件尚未到生效日期，請使用現時有效的證件。", "Your card is not valid yet. Use a card that is valid today."),
    "session.reader_not_ready": ("读卡器还没有准备好，准备好后会自动读取，请稍候。", "讀卡器尚未準備好，準備好後會自動讀取，請稍候。", "The card reader is not ready. Reading starts by itself once it is."),
    "session.reader_silent": ("读卡器没有回应，请取下证件重新放好，再按“再试一次”。", "讀卡器沒有回應，請取下證件重新放好，再按「再試一次」。", "The card reader does not answer. Lift your card, lay it again and press “Try again”."),
    "session.no_answer": ("平台一直没有回应，请再试一次，或结束办理、稍后再来。", "平台一直沒有回應，請再試一次，或結束辦理、稍後再來。", "The platform has not answered. Try again, or end here and come back later."),
    "session.printer_silent": ("打印机没有说明是否打印成功，请看一看出纸口。", "打印機沒有表明是否列印成功，請看一看出紙口。", "The printer did not say whether the paper came out. Look at the paper outlet."),
    "session.text_wanting": ("还没有写内容，请在上面的框里写下您要说的事。", "尚未填寫內容，請在上面的框內寫下您要說的事。", "Nothing is written yet. Write what it is about in the field above."),
    "session.text_too_long": ("内容超过 {most} 个字，请删短一些。", "內容超過 {most} 個字，請刪短一些。", "The text has more than {most} characters. Make it shorter."),
    "session.camera_silent": ("高拍仪没有回应，请把纸放好再拍一次，也可以不附材料。", "高拍儀沒有回應，請把紙張放好再拍一次，亦可不附文件。", "The document camera does not answer. Lay the page and try again, or go on without it."),
    "session.camera_away": ("高拍仪现在没有画面，接好后会自动恢复。可以不附材料，先继续。", "高拍儀現時沒有畫面，接好後會自動恢復。可以不附文件，先繼續。", "The document camera shows nothing now; it comes back by itself. You can go on without a page."),
    "session.picture_failed": ("这一页没有拍好，请把纸放平再拍一次，也可以不附材料。", "這一頁未能拍好，請把紙放平再拍一次，亦可不附文件。", "The page was not taken. Lay it flat and try again, or go on without it."),
    "session.number_wrong": ("编号不对，请对照凭条再看一遍：以 T 开头，最后一位是校验码。", "編號不符，請對照憑條再看一遍：以 T 開頭，最後一位是校驗碼。", "This number is not right. Compare it with the slip: it begins with T and its last character is a check."),
    "session.timeout_floor": ("时间 {name} 设为 {value} 秒，不能少于 {floor} 秒，请改大。", "時間 {name} 設為 {value} 秒，不能少於 {floor} 秒，請改大。", "The time {name} is {value} s and must not be under {floor} s; raise it."),
}  # fmt: skip
