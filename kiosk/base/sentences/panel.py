"""Words of the demo's control panel: its window. Those of the boards are in `panel_boards` and `panel_choices`."""

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
    "panel.words.devices": ("设备", "設備", "Devices"),
    "panel.words.output": ("最近出来的", "最近的輸出", "Last output"),
    "panel.words.look_closer": ("点一下放大", "按一下放大", "Click to enlarge"),
    "panel.words.page_of": ("第 {page} 页，共 {pages} 页", "第 {page} 頁，共 {pages} 頁", "page {page} of {pages}"),
    "panel.words.previous": ("上一页", "上一頁", "Previous"),
    "panel.words.next": ("下一页", "下一頁", "Next"),
    "panel.words.traffic": ("线上往来", "線上往來", "Traffic"),
    "panel.words.no_traffic": (
        "这个设备不记录线上往来。",
        "這個設備不記錄線上往來。",
        "This device keeps no record of its traffic.",
    ),
    "panel.words.quiet_line": (
        "线上还没有动静。终端一问它，这里就会显示。",
        "線上未有動靜。終端機一發問，這裏便會顯示。",
        "Nothing on the wire yet. As soon as the terminal asks the device, it appears here.",
    ),
    "panel.words.pause": ("停住", "停住", "Hold"),
    "panel.words.go_on": ("继续", "繼續", "Go on"),
    "panel.words.copy": ("复制", "複製", "Copy"),
    "panel.words.to_device": ("发给设备", "發給設備", "to device"),
    "panel.words.from_device": ("来自设备", "來自設備", "from device"),
    "panel.words.bytes": ("{count} 字节", "{count} 位元組", "{count} B"),
    "panel.words.bytes_hidden": (
        "{count} 字节，隐去 {hidden}",
        "{count} 位元組，隱去 {hidden}",
        "{count} B, {hidden} hidden",
    ),
    "panel.words.nothing_to_do": (
        "这个设备没有可以动手的地方。",
        "這個設備沒有可以動手的地方。",
        "There is nothing to switch on this device.",
    ),
    # --- scenes
    "panel.words.scenes": ("场景", "場景", "Scenes"),
    "panel.words.scenes_lead": (
        "一个场景是一串有名字的动作，命令 panel run 演的也是它。要等的步骤，请在终端上办一件事。",
        "一個場景是一串有名稱的動作，命令 panel run 演的也是它。要等候的步驟，請在終端機辦一件事。",
        "A scene is a named row of steps, the same that panel run plays. Where a step waits, use the terminal meanwhile.",
    ),
    "panel.words.scene_run": ("演", "演", "Play"),
    "panel.words.scene_stop": ("停", "停", "Stop"),
    "panel.words.scene_mend": ("恢复", "恢復", "Mend"),
    "panel.words.scene_plays": ("场景 · 正在演", "場景 · 正在演", "Scenes · playing"),
    "panel.scene.act": ("{device}：{act}", "{device}：{act}", "{device}: {act}"),
    "panel.scene.wait": (
        "等到{device}的 {key} 是 {value}，最多 {seconds} 秒",
        "等到{device}的 {key} 是 {value}，最多 {seconds} 秒",
        "Wait until {key} of {device} is {value}, {seconds} s at most",
    ),
    "panel.scene.wait_more": (
        "等到{device}的 {key} 再多 {more}，最多 {seconds} 秒",
        "等到{device}的 {key} 再多 {more}，最多 {seconds} 秒",
        "Wait until {key} of {device} is {more} more, {seconds} s at most",
    ),
    "panel.scene.done": ("演完了。", "演完了。", "Played to the end."),
    "panel.scene.mended": ("已经恢复。", "已經恢復。", "All is well again."),
    "panel.scene.stopped": (
        "已停下。做过的没有撤回。",
        "已停下。做過的沒有撤回。",
        "Stopped. What was done stays done.",
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
}
