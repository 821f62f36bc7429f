"""What people read about the code scanner, the keypad, the signature pad and the fingerprint reader."""

SENTENCES: dict[str, tuple[str, str, str]] = {
    # The code scanner.
    "barcode.none_read": (
        "没有扫到码。请把条码或二维码对准扫码窗口，离开约一掌宽，再试一次。",
        "未掃描到條碼。請把條碼或二維碼對準掃描窗口，相距約一掌闊，再試一次。",
        "No code was scanned. Please hold it a hand's width before the window and try again.",
    ),
    "barcode.unreadable": (
        "这个码没有读全。请把码放平、擦净，再对准扫码窗口。",
        "此條碼未能讀全。請把條碼放平、抹淨，再對準掃描窗口。",
        "The code was not read whole. Please flatten or wipe it and hold it before the window again.",
    ),
    "barcode.other_kind": (
        "这里要的不是这种码。请看屏幕上的图样，换一张再扫。",
        "這裏所需的不是這種碼。請看屏幕上的圖樣，換一張再掃描。",
        "Another kind of code is needed here. Please look at the picture on the screen.",
    ),
    "barcode.gone": (
        "扫码器没有连接好，暂时不能扫码。可以在屏幕上输入号码，或到窗口办理。",
        "掃碼器未接好，暫時不能掃碼。可在屏幕上輸入號碼，或到窗口辦理。",
        "The scanner is not connected. Please type the number on the screen or go to a counter.",
    ),
    "barcode.interrupted": (
        "扫码器重新启动了一下，请再扫一次",
        "掃碼器剛重新啟動，請再掃描一次",
        "The scanner was restarted. Please scan again.",
    ),
    # The keypad.
    "keypad.no_key": (
        "等了一会儿没有按键。请再按一次，按完按“确认”。",
        "等候期間沒有按鍵。請再按一次，按完請按「確認」。",
        "No key was pressed for a while. Please type again and press the enter key.",
    ),
    "keypad.too_short": (
        "位数还不够，请接着按完，再按“确认”",
        "位數未足夠，請繼續按完，再按「確認」",
        "Some digits are missing. Please type on, then press the enter key.",
    ),
    "keypad.gone": (
        "密码键盘没有连接好。请在屏幕上输入，或到窗口办理。",
        "密碼鍵盤未接好。請在屏幕上輸入，或到窗口辦理。",
        "The keypad is not connected. Please type on the screen or go to a counter.",
    ),
    "keypad.key_stuck": (
        "密码键盘有一个键卡住了，已通知维修。请在屏幕上输入，或到窗口办理。",
        "密碼鍵盤有一個鍵卡住了，已通知維修。請在屏幕上輸入，或到窗口辦理。",
        "A key of the keypad is stuck and was reported for repair. Please type on the screen or go to a counter.",
    ),
    "keypad.interrupted": (
        "密码键盘重新启动了一下，请从头再按一次",
        "密碼鍵盤剛重新啟動，請由頭再按一次",
        "The keypad was restarted. Please type again from the beginning.",
    ),
    "keypad.byte_twice": (
        "{key} 的字节和 {other} 的一样，每个键要有自己的字节，请照键盘手册改",
        "{key} 的位元組與 {other} 相同，每個鍵要有自己的位元組，請按鍵盤手冊修改",
        "{key} has the byte of {other}; each key needs its own: take it from the keypad's manual",
    ),
    # The signature pad.
    "signature.empty": (
        "签名板上还没有签名。请用笔在框内写下姓名，再按“完成”。",
        "簽名板上尚未有簽名。請用筆在框內寫下姓名，再按「完成」。",
        "There is no signature yet. Please write your name inside the frame and press done.",
    ),
    "signature.outside": (
        "写到框外了，框外的笔画没有记下。请在框内书写。",
        "寫出框外了，框外的筆畫沒有記下。請在框內書寫。",
        "The pen left the frame; what lies outside was not taken. Please write inside it.",
    ),
    "signature.pen_stuck": (
        "笔一直压在签名板上没有动。请把笔拿起，再签一次。",
        "筆一直壓在簽名板上沒有移動。請把筆拿起，再簽一次。",
        "The pen lies still on the pad. Please lift it and sign again.",
    ),
    "signature.too_long": (
        "写得太久了，没有记下来。请只写姓名，再签一次。",
        "書寫時間太長，沒有記下。請只寫姓名，再簽一次。",
        "That was too long to be taken. Please write your name only.",
    ),
    "signature.no_time_left": (
        "签名的时间到了，没有记下来。请再签一次。",
        "簽名的時間已到，沒有記下。請再簽一次。",
        "The time for signing is over and nothing was taken. Please sign again.",
    ),
    "signature.gone": (
        "签名板没有连接好。请到窗口签名。",
        "簽名板未接好。請到窗口簽名。",
        "The signature pad is not connected. Please sign at a counter.",
    ),
    "signature.interrupted": (
        "签名写到一半时签名板断开了，没有记下来。请重新签一次。",
        "簽名寫到一半時簽名板斷開了，沒有記下。請重新簽一次。",
        "The pad was lost in the middle and nothing was taken. Please sign again.",
    ),
}
