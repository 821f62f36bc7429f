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
}
