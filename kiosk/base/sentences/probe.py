"""What technicians read from ``devices list | probe | watch | diagnose``; after the arrow how to mend it."""

SENTENCES: dict[str, tuple[str, str, str]] = {
    # The classes.
    "probe.class_id_card_reader": ("身份证阅读器", "身份證閱讀器", "ID-card reader"),
    "probe.class_smart_card": ("证件和社保卡读卡器", "證件及社保卡讀卡器", "smart-card reader"),
    "probe.class_receipt_printer": ("凭条打印机", "憑條打印機", "receipt printer"),
    "probe.class_sheet_printer": ("文件打印机", "文件打印機", "sheet printer"),
    "probe.class_document_scanner": ("文件扫描仪", "文件掃描器", "document scanner"),
    "probe.class_document_camera": ("高拍仪", "文件攝影機", "document camera"),
    "probe.class_face_camera": ("人脸摄像头", "人臉攝影機", "face camera"),
    "probe.class_cabinet": ("机柜控制板", "機櫃控制板", "cabinet board"),
    "probe.class_locker": ("取证柜", "取證櫃", "locker"),
    "probe.class_stamp_unit": ("盖章机", "蓋章機", "stamp unit"),
    "probe.class_card_dispenser": ("发卡机", "發卡機", "card dispenser"),
    "probe.class_ups": ("不间断电源", "不間斷電源", "power supply (UPS)"),
    "probe.class_audio": ("声音输出", "聲音輸出", "sound output"),
    "probe.class_permit_rewriter": ("通行证签注机", "通行證簽注機", "travel-permit rewriter"),
    "probe.class_barcode_reader": ("扫码器", "掃碼器", "barcode reader"),
    "probe.class_keypad": ("密码键盘", "密碼鍵盤", "keypad"),
    "probe.class_signature_pad": ("签字板", "簽名板", "signature pad"),
    "probe.class_fingerprint_reader": ("指纹仪", "指紋儀", "fingerprint reader"),
    # XFS4IoT's states, where no reason says more.
    "probe.state_online": ("工作正常。", "運作正常。", "It works."),
    "probe.state_offline": ("由工作人员停用。", "由職員停用。", "Taken out of service by staff."),
    "probe.state_power_off": (
        "没有通电或没有接好 → 请检查电源和连接线。",
        "未通電或未接好 → 請檢查電源及連接線。",
        "It is off or unplugged → check power and cable.",
    ),
    "probe.state_no_device": (
        "没有配置这种设备。",
        "沒有設定這種設備。",
        "This kind of device is not configured.",
    ),
    "probe.state_hardware_error": (
        "设备有故障 → 请技术员检修。",
        "設備有故障 → 請技術員檢修。",
        "It is faulty → a technician should look at it.",
    ),
    "probe.state_user_error": (
        "有人挡住了它工作 → 请检查纸、盖子和放着的东西。",
        "有人阻礙了它運作 → 請檢查紙張、蓋子及放置的物件。",
        "Someone keeps it from working → check paper, covers and what lies on it.",
    ),
    "probe.state_device_busy": ("正在工作。", "正在運作。", "It is at work."),
    "probe.state_starting": (
        "还没有回答 → 请检查电源和连接线，几秒后再看。",
        "尚未回應 → 請檢查電源及連接線，數秒後再看。",
        "It has not answered yet → check power and cable, and look again in a few seconds.",
    ),
    "probe.state_fraud_attempt": (
        "发现被动过手脚，已停用 → 请技术员现场核对。",
        "發現曾被改動，已停用 → 請技術員現場核對。",
        "It was tampered with and is switched off → a technician should check it on the spot.",
    ),
    "probe.state_potential_fraud": (
        "可能被动过手脚 → 请技术员现场核对。",
        "可能曾被改動 → 請技術員現場核對。",
        "It may have been tampered with → a technician should check it on the spot.",
    ),
    # Who can mend it: XFS4IoT's actions.
    "probe.action_reset": (
        "程序会自己重试。",
        "程式會自行重試。",
        "The program tries again by itself.",
    ),
    "probe.action_configuration": (
        "要改配置文件。",
        "需修改設定檔。",
        "The configuration must be mended.",
    ),
    "probe.action_clear": (
        "大厅工作人员就能处理。",
        "大堂職員即可處理。",
        "Hall staff can clear it.",
    ),
    "probe.action_maintenance": (
        "需要技术员。",
        "需要技術員。",
        "It takes a technician.",
    ),
    "probe.action_suspend": (
        "会自己恢复，请稍等。",
        "會自行恢復，請稍候。",
        "It recovers by itself; please wait.",
    ),
    "probe.action_software_error": (
        "是程序的差错，请运行 devices diagnose 并把结果交给开发者。",
        "是程式的差錯，請執行 devices diagnose 並把結果交給開發者。",
        "It is a mistake of the program: run devices diagnose and hand the bundle to its makers.",
    ),
    # list and watch.
    "probe.usable": ("可用", "可用", "usable"),
    "probe.not_usable": ("不可用", "不可用", "not usable"),
    "probe.held": (
        "{holder} 正在使用，没有打开 → 终端在运行时请看终端的日志，要在这里看请先停止终端。",
        "{holder} 正在使用，沒有打開 → 終端運作時請看終端的日誌，要在這裡看請先停止終端。",
        "in use by {holder}, so it was not opened → while the terminal runs see its log; stop it to look from here.",
    ),
    "probe.none_configured": (
        "配置里没有设备 → 运行 devices probe 找出接着的设备。",
        "設定內沒有設備 → 執行 devices probe 找出已連接的設備。",
        "No device is configured → devices probe finds what is connected.",
    ),
    "probe.nothing_to_watch": (
        "没有可以观察的设备 → 请检查配置，或先停止正在使用它们的程序。",
        "沒有可以觀察的設備 → 請檢查設定，或先停止正在使用它們的程式。",
        "There is no device to watch → check the configuration, or stop the program that uses them.",
    ),
}
