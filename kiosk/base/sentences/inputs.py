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
    # The fingerprint reader.
    "fingerprint.press_flatter": (
        "按到的地方太少。请把手指放平，指肚盖住窗口，轻轻按住。",
        "按到的範圍太少。請把手指放平，指腹蓋住窗口，輕輕按住。",
        "Too little of the finger was seen. Please press flatter, with its middle on the window.",
    ),
    "fingerprint.wipe": (
        "指纹看不清。请擦干手指和窗口，再按一次。",
        "指紋看不清。請抹乾手指和窗口，再按一次。",
        "The fingerprint is blurred. Please dry your finger and the window, then press again.",
    ),
    "fingerprint.press_again": (
        "没有按好。请抬起手指，再按一次，按住不动。",
        "未按好。請提起手指，再按一次，按住不動。",
        "That did not work. Please lift your finger, press again and hold still.",
    ),
    "fingerprint.not_the_same": (
        "两次按的不像同一个手指。请用同一个手指从头再按两次。",
        "兩次按的不像同一隻手指。請用同一隻手指從頭再按兩次。",
        "The two presses do not look like one finger. Please press the same finger twice again.",
    ),
    "fingerprint.read_failed": (
        "试了几次，指纹都没有读出来。请换一个手指，或换别的核对方式。",
        "試了數次，指紋仍未能讀出。請換一隻手指，或改用其他核對方式。",
        "The fingerprint could not be read. Please use another finger or another way to identify yourself.",
    ),
    "fingerprint.none_laid": (
        "等了一会儿没有按手指。请再试一次，或换别的核对方式。",
        "等候期間沒有按手指。請再試一次，或改用其他核對方式。",
        "No finger was laid in time. Please try again or use another way to identify yourself.",
    ),
    "fingerprint.gone": (
        "指纹仪没有连接好。请换别的核对方式，或到窗口办理。",
        "指紋儀未接好。請改用其他核對方式，或到窗口辦理。",
        "The fingerprint reader is not connected. Please use another way to identify yourself or go to a counter.",
    ),
    "fingerprint.interrupted": (
        "指纹仪中途断开了一下，刚才的没有留下。请从头再按一次。",
        "指紋儀中途斷開了一下，剛才的沒有留下。請由頭再按一次。",
        "The fingerprint reader was lost for a moment and kept nothing. Please begin again.",
    ),
    "fingerprint.wrong_password": (
        "指纹仪不接受配置里的密码，请技术员检查 password 一项",
        "指紋儀不接受設定中的密碼，請技術員檢查 password 一項",
        "The fingerprint reader refuses the configured password; a technician should check it.",
    ),
    "fingerprint.not_a_template": (
        "要核对的指纹数据不完整，请换别的核对方式",
        "要核對的指紋資料不完整，請改用其他核對方式",
        "The fingerprint data to compare with is not whole. Please use another way to identify yourself.",
    ),
    "fingerprint.cannot_match": (
        "这台指纹仪核对不了这份指纹数据，请换别的核对方式",
        "此指紋儀不能核對這份指紋資料，請改用其他核對方式",
        "This reader cannot compare that fingerprint data. Please use another way to identify yourself.",
    ),
}
