"""Words of the demo's control panel."""

SENTENCES: dict[str, tuple[str, str, str]] = {
    # --- the command
    "panel.no_demo": (
        "没有正在运行的演示（{socket} 上没有回应）。先运行 make run，再打开控制台。",
        "沒有正在運行的示範（{socket} 沒有回應）。請先執行 make run，再開啟控制台。",
        "No demo is running (nobody answers on {socket}). Start it with make run, then open the panel.",
    ),
    "panel.no_display": (
        "这台机器没有显示器，控制台打不开。请在有桌面的机器上运行，或用 make journey 看一遍办理过程的图片。",
        "這部機器沒有顯示器，控制台無法開啟。請在有桌面的機器上執行，或用 make journey 看一次辦理過程的圖片。",
        "This machine has no display, so the panel cannot open. On a machine with a desktop it does; make journey plays a visit.",
    ),
    # --- fixed words
    "panel.words.title": ("不打烊 · 演示控制台", "不打烊 · 示範控制台", "Budayang · demo control panel"),
    "panel.words.code_title": ("短信验证码", "短訊驗證碼", "One-time code"),
    "panel.words.faults": ("更多故障", "更多故障", "More faults"),
    "panel.words.cards": ("放上一张证件", "放上一張證件", "Lay a card"),
    "panel.words.look_closer": ("最近的凭条，点一下放大", "最近的憑條，按一下放大", "The last slip; click to enlarge"),
    # --- devices
    "panel.device.id_card_reader": ("身份证读卡器", "身份證讀卡器", "ID-card reader"),
    "panel.device.receipt_printer": ("凭条打印机", "憑條打印機", "Receipt printer"),
    "panel.device.sheet_printer": ("A4 打印机", "A4 打印機", "A4 printer"),
    "panel.device.network_cable": ("网线", "網絡線", "Network cable"),
    # --- states
    "panel.state.unknown": ("看不到", "看不到", "not seen"),
    "panel.state.absent": ("这次演示没有接", "這次示範沒有接駁", "not part of this demo"),
    "panel.state.ready": ("正常", "正常", "ready"),
    "panel.state.no_card": ("没有证件", "沒有證件", "no card"),
    "panel.state.card": ("{card}", "{card}", "{card}"),
    "panel.state.faults": ("有 {count} 个故障", "有 {count} 個故障", "faults: {count}"),
    "panel.detail.reader": (
        "读出证件 {reads} 次，收到指令 {requests} 条",
        "讀出證件 {reads} 次，收到指令 {requests} 條",
        "cards read: {reads}, requests: {requests}",
    ),
    "panel.detail.receipts": (
        "出了 {receipts} 张凭条，切纸 {cuts} 次",
        "出了 {receipts} 張憑條，切紙 {cuts} 次",
        "slips: {receipts}, cuts: {cuts}",
    ),
    "panel.detail.no_sheet": ("还没有打印过", "尚未列印", "nothing printed yet"),
    "panel.detail.sheets": (
        "出了 {sheets} 份，共 {pages} 页。最近一份：{name}",
        "出了 {sheets} 份，共 {pages} 頁。最近一份：{name}",
        "sheets: {sheets}, pages: {pages}. Last: {name}",
    ),
    "panel.detail.cable": (
        "连接 {connections} 次，弄坏回答 {spoiled} 个",
        "連接 {connections} 次，弄壞回應 {spoiled} 個",
        "connections: {connections}, answers spoiled: {spoiled}",
    ),
    # --- codes
    "panel.code.sent": ("{time} 发往 {phone}", "{time} 發往 {phone}", "for {phone} at {time}"),
    "panel.code.none_yet": (
        "还没有发过。在终端上选“短信验证码”，这里会显示。",
        "尚未發送。在終端機選「短訊驗證碼」，這裏便會顯示。",
        "None sent yet. Choose the one-time code on the terminal and it appears here.",
    ),
    "panel.code.platform_gone": (
        "平台没有回应，看不到验证码。",
        "平台沒有回應，看不到驗證碼。",
        "The platform does not answer, so no code can be seen.",
    ),
    # --- results
    "panel.result.nothing_yet": (
        "按一个按钮，终端会像真机一样反应。",
        "按一個按鈕，終端機會像真機一樣反應。",
        "Press a button; the terminal reacts as the real one does.",
    ),
    "panel.result.done": ("已做：{device}，{act}。", "已做：{device}，{act}。", "Done: {device}, {act}."),
    "panel.result.refused": (
        "没有做成：{device}，{act}。{reason}",
        "未能做到：{device}，{act}。{reason}",
        "Not done: {device}, {act}. {reason}",
    ),
    "panel.result.not_reached": (
        "没有做成：{device}，{act}。演示设备没有回应，请再按一次。",
        "未能做到：{device}，{act}。示範設備沒有回應，請再按一次。",
        "Not done: {device}, {act}. The demo's devices did not answer; press again.",
    ),
    "panel.result.lab_gone": (
        "连不上演示设备，演示可能已经结束。重新运行 make run 后，这里会自动接上。",
        "無法連接示範設備，示範可能已經結束。重新執行 make run 後，這裏會自動接上。",
        "The demo's devices cannot be reached; the demo may have ended. After another make run this panel connects by itself.",
    ),
    # --- switches that several devices have
    "panel.switch.lay": ("放上“{card}”", "放上「{card}」", "lay “{card}”"),
    "panel.switch.refill": ("有纸", "有紙", "Paper in"),
    "panel.switch.paper_low": ("纸少", "紙少", "Paper low"),
    "panel.switch.paper_out": ("缺纸", "缺紙", "Paper out"),
    "panel.switch.close_cover": ("合盖", "合蓋", "Cover closed"),
    "panel.switch.open_cover": ("开盖", "開蓋", "Cover open"),
    "panel.switch.plug": ("插线", "插線", "Plugged"),
    "panel.switch.unplug": ("拔线", "拔線", "Unplugged"),
    "panel.switch.normal": ("恢复正常", "恢復正常", "Back to normal"),
    "panel.switch.slow": ("变慢", "變慢", "Slow"),
    # --- the reader
    "panel.switch.reader.pull": ("取走证件", "取走證件", "Take the card"),
    "panel.switch.reader.pull_in_mid_read": ("读到一半取走", "讀到一半取走", "Pull in mid-read"),
    "panel.switch.reader.silence": ("不出声", "沒有回應", "Silent"),
    "panel.switch.reader.noise": ("线上有杂讯", "線上有雜訊", "Noise"),
    "panel.switch.reader.dribble": ("一字节一字节来", "逐個位元組傳送", "Byte by byte"),
    "panel.switch.reader.long_reply": ("回答偏长", "回應偏長", "Long reply"),
    "panel.switch.reader.wrong_checksum": ("校验错一次", "校驗錯一次", "Wrong checksum once"),
    "panel.switch.reader.other_module": ("换了模块", "換了模組", "Another module"),
    "panel.switch.reader.self_test_failed": ("自检不过", "自檢不過", "Self-test fails"),
    # --- the printers
    "panel.switch.receipts.clear_jam": ("切刀正常", "切刀正常", "Cutter free"),
    "panel.switch.receipts.cutter_jam": ("切刀卡住", "切刀卡住", "Cutter jammed"),
    "panel.switch.receipts.paper_out_after": ("再印 12 行缺纸", "再印 12 行缺紙", "Paper out in 12 lines"),
    "panel.switch.receipts.unplug_after": ("印到一半拔线", "印到一半拔線", "Unplug in mid-job"),
    "panel.switch.receipts.power_cut": ("断电", "斷電", "Power cut"),
    "panel.switch.sheets.clear_jam": ("不卡纸", "不夾紙", "No jam"),
    "panel.switch.sheets.jam": ("卡纸", "夾紙", "Jam"),
    "panel.switch.sheets.toner_full": ("墨粉足", "碳粉足", "Toner full"),
    "panel.switch.sheets.toner_low": ("墨粉少", "碳粉少", "Toner low"),
    "panel.switch.sheets.paper_out_after": ("再印 1 页缺纸", "再印 1 頁缺紙", "Paper out in 1 page"),
    # --- the cable
    "panel.switch.cable.plugged": ("插着", "已插好", "Plugged"),
    "panel.switch.cable.cut": ("拔掉", "拔掉", "Cut"),
    "panel.switch.cable.silent": ("没有回音", "沒有回音", "Silent"),
    "panel.switch.cable.slow": ("慢 10 秒", "慢 10 秒", "10 s slow"),
    "panel.switch.cable.error500": ("服务器报错", "伺服器報錯", "Error 500"),
    "panel.switch.cable.garbage": ("回答乱码", "回應亂碼", "Garbage"),
    "panel.switch.cable.half_body": ("回答断半截", "回應只有一半", "Half a body"),
}
