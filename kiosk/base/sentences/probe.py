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
    # probe: the sources.
    "probe.source_serial": ("串口", "串口", "Serial ports"),
    "probe.source_usb": ("USB 设备", "USB 設備", "USB devices"),
    "probe.source_pcsc": ("PC/SC 读卡器", "PC/SC 讀卡器", "PC/SC readers"),
    "probe.source_cups": ("CUPS 打印队列", "CUPS 打印佇列", "CUPS queues"),
    "probe.source_sane": ("SANE 扫描仪", "SANE 掃描器", "SANE scanners"),
    "probe.source_v4l2": ("摄像头", "攝影機", "Cameras"),
    "probe.source_nut": ("不间断电源（NUT）", "不間斷電源（NUT）", "Power supplies (NUT)"),
    "probe.source_alsa": ("声音输出", "聲音輸出", "Sound outputs"),
    "probe.none_found": ("没有找到。", "沒有找到。", "None was found."),
    "probe.source_too_slow": (
        "没有在限定时间内查完（{source}），上面只列出已找到的 → 请拔下可疑的设备再查一次。",
        "未能在限定時間內查完（{source}），上面只列出已找到的 → 請拔下可疑的設備再查一次。",
        "it was not done in its time ({source}); what is listed is what came until then → unplug suspects and look again.",
    ),
    "probe.source_failed": (
        "查找程序中途停了（{source}） → 请把 devices diagnose 的结果交给开发者。",
        "查找程式中途停止（{source}） → 請把 devices diagnose 的結果交給開發者。",
        "the search stopped half-way ({source}) → hand a bundle of devices diagnose to the makers.",
    ),
    "probe.serial_unasked": (
        "不知道后面接着什么 → 加 --talk 会向它发问，未知的设备可能会动一下。",
        "未知後面接著什麼 → 加 --talk 會向它發問，未知的設備可能會動一下。",
        "what hangs on it is not known → --talk asks; an unknown device may move.",
    ),
    "probe.serial_console": (
        "系统控制台在用这个串口，不向它发问 → 要接设备，请在内核参数里去掉 console=。",
        "系統控制台使用這個串口，不向它發問 → 要接設備，請在內核參數裡去掉 console=。",
        "the system's console is on it, so it is not spoken to → for a device take console= out of the kernel's parameters.",
    ),
    "probe.serial_not_opened": (
        "打不开 → 请检查端口名、读写权限（dialout 组），以及有没有别的程序在用。",
        "打不開 → 請檢查端口名稱、讀寫權限（dialout 組），以及是否有其他程式使用中。",
        "it cannot be opened → check its name, the rights (group dialout) and whether another program uses it.",
    ),
    "probe.serial_silent": (
        "没有应答 → 请检查电源和连接线；型号不在已知之列时，可写一份设备描述文件。",
        "沒有應答 → 請檢查電源及連接線；型號不在已知之列時，可寫一份設備描述檔案。",
        "nothing answers → check power and cable; for a model that is not known write a description file.",
    ),
    "probe.answered_escpos": (
        "在 {speed} 波特应答了 DLE EOT，是 ESC/POS 凭条打印机。",
        "在 {speed} 波特應答了 DLE EOT，是 ESC/POS 憑條打印機。",
        "it answered DLE EOT at {speed} baud: an ESC/POS receipt printer.",
    ),
    "probe.answered_sam_v": (
        "应答了 SAM-V 状态查询，是身份证阅读器。",
        "應答了 SAM-V 狀態查詢，是身份證閱讀器。",
        "it answered the status request of a SAM-V module: an ID-card reader.",
    ),
    "probe.answered_rewriter": (
        "应答了通行证签注机的问候和状态查询。",
        "應答了通行證簽注機的問候及狀態查詢。",
        "it answered the greeting and the status request of a permit rewriter.",
    ),
    "probe.answered_described": (
        "应答了描述文件 {model} 的状态查询。",
        "應答了描述檔案 {model} 的狀態查詢。",
        "it answered the status request that the description {model} states.",
    ),
    "probe.description_fits": (
        "应答符合这份描述。",
        "應答符合這份描述。",
        "its answers fit this description.",
    ),
    "probe.transport_serial": ("接在串口上。", "接在串口上。", "it hangs on a serial port."),
    "probe.transport_usb": ("直接接在 USB 上。", "直接接在 USB 上。", "it hangs on USB itself."),
    "probe.speed_found": (
        "在 {speed} 波特得到应答。",
        "在 {speed} 波特得到應答。",
        "it answered at {speed} baud.",
    ),
    "probe.module_pinned": (
        "它报的模块号，请与标签核对；写在这里，换了阅读器就会报警。",
        "它報的模組號，請與標籤核對；寫在這裡，更換閱讀器便會報警。",
        "the module's own number, to be compared with the label; pinned here, another reader is an alarm.",
    ),
    "probe.port_stable": (
        "重新插拔也不变的名称。",
        "重新插拔亦不變的名稱。",
        "a name that stays the same when it is plugged anew.",
    ),
    "probe.port_unstable": (
        "重新插拔后可能改变；/dev 里的 by-id 或 by-path 下有名称时请改用那个。",
        "重新插拔後可能改變；/dev 裡的 by-id 或 by-path 下有名稱時請改用那個。",
        "may change when plugged anew; prefer a name under by-id or by-path in /dev where there is one.",
    ),
    "probe.usb_printer": (
        "USB 打印机类设备 {name}。",
        "USB 打印機類設備 {name}。",
        "a USB device of the printer class: {name}.",
    ),
    "probe.usb_printer_note": (
        "USB 只说它是打印机：凭条机（ESC/POS）用下面的配置；A4 打印机请先在 CUPS 里建队列。",
        "USB 只說它是打印機：憑條機（ESC/POS）用下面的設定；A4 打印機請先在 CUPS 建立佇列。",
        "USB only says that it prints: this is for a receipt printer (ESC/POS); give an A4 printer a CUPS queue instead.",
    ),
    "probe.usb_ids": (
        "USB 的厂商号和产品号。",
        "USB 的廠商號及產品號。",
        "USB's numbers of vendor and product.",
    ),
    "probe.hid_reader": (
        "USB 厂商号和产品号是常见的身份证阅读器（0400:C35A）。",
        "USB 廠商號及產品號是常見的身份證閱讀器（0400:C35A）。",
        "its USB numbers are those of common ID-card readers (0400:C35A).",
    ),
    "probe.hid_port": (
        "编号随插拔改变，正式安装请用 udev 规则给它固定的名称。",
        "編號隨插拔改變，正式安裝請用 udev 規則給它固定的名稱。",
        "the number changes with plugging; give it a lasting name by a udev rule.",
    ),
    "probe.wedge": (
        "名称像扫码器的键盘设备：{name}。",
        "名稱像掃碼器的鍵盤設備：{name}。",
        "a keyboard whose name is that of a barcode reader: {name}.",
    ),
    "probe.pcsc_library_missing": (
        "没有 PC/SC 的程序库 → 请安装 libpcsclite1 和 pyscard。",
        "沒有 PC/SC 的程式庫 → 請安裝 libpcsclite1 及 pyscard。",
        "the PC/SC library is missing → install libpcsclite1 and pyscard.",
    ),
    "probe.pcsc_no_service": (
        "pcscd 没有运行 → 请运行 systemctl start pcscd.socket；没有安装时先 apt install pcscd libccid。",
        "pcscd 沒有運行 → 請執行 systemctl start pcscd.socket；未安裝時先 apt install pcscd libccid。",
        "pcscd does not run → start pcscd: systemctl start pcscd.socket; to install it: apt install pcscd libccid.",
    ),
    "probe.pcsc_refused": (
        "pcscd 没有回答（{code}） → 请运行 systemctl restart pcscd，再查一次。",
        "pcscd 沒有回答（{code}） → 請執行 systemctl restart pcscd，再查一次。",
        "pcscd gave no list ({code}) → systemctl restart pcscd, then look again.",
    ),
    "probe.pcsc_no_reader": (
        "pcscd 在运行，没有读卡器 → 请插好读卡器；非 CCID 的型号要装厂家的驱动。",
        "pcscd 運行中，沒有讀卡器 → 請插好讀卡器；非 CCID 的型號要安裝廠商的驅動程式。",
        "pcscd runs but lists no reader → plug it in; models that are no CCID readers need their vendor's driver.",
    ),
    "probe.pcsc_reader": ("pcscd 列出的读卡器。", "pcscd 列出的讀卡器。", "a reader that pcscd lists."),
    "probe.pcsc_name": (
        "名称里不随插拔改变的部分。",
        "名稱裡不隨插拔改變的部分。",
        "the part of its name that stays the same.",
    ),
    "probe.pcsc_name_numbered": (
        "有几个同名的，编号随插拔顺序改变，请核对是哪一个。",
        "有數個同名的，編號隨插拔次序改變，請核對是哪一個。",
        "several have this name and the numbers follow the order of plugging: check which one it is.",
    ),
    "probe.pcsc_note": (
        "如果它是身份证阅读器（PC/SC 方式），请改写在 id_card_reader 下，driver: pcsc。",
        "如果它是身份證閱讀器（PC/SC 方式），請改寫在 id_card_reader 下，driver: pcsc。",
        "if this is an ID-card reader in PC/SC mode, put it under id_card_reader with driver: pcsc.",
    ),
    "probe.cups_no_service": (
        "CUPS 没有运行 → 请运行 systemctl start cups；没有安装时先 apt install cups。",
        "CUPS 沒有運行 → 請執行 systemctl start cups；未安裝時先 apt install cups。",
        "CUPS does not run → start cups: systemctl start cups; to install it: apt install cups.",
    ),
    "probe.cups_silent": (
        "CUPS 没有给出队列 → 请看 /var/log/cups/error_log，或运行 systemctl restart cups。",
        "CUPS 沒有給出佇列 → 請看 /var/log/cups/error_log，或執行 systemctl restart cups。",
        "CUPS gave no list → see /var/log/cups/error_log, or systemctl restart cups.",
    ),
    "probe.cups_no_queue": (
        "CUPS 在运行，没有队列 → 请用 lpadmin 建一个：lpadmin -p A4 -E -v ipp://打印机/ipp/print -m everywhere。",
        "CUPS 運行中，沒有佇列 → 請用 lpadmin 建立：lpadmin -p A4 -E -v ipp://打印機/ipp/print -m everywhere。",
        "CUPS runs but has no queue → make one: lpadmin -p A4 -E -v ipp://PRINTER/ipp/print -m everywhere.",
    ),
    "probe.cups_odd_name": (
        "队列名里有字母、数字、_ 和 - 以外的字符，配置里用不了 → 请改名。",
        "佇列名稱裡有字母、數字、_ 及 - 以外的字元，設定裡不能使用 → 請改名。",
        "the queue's name has signs other than letters, digits, _ and -, which the configuration refuses → rename it.",
    ),
    "probe.cups_queue": ("CUPS 的队列，{name}。", "CUPS 的佇列，{name}。", "a queue of CUPS: {name}."),
    "probe.cups_name": ("队列名。", "佇列名稱。", "the queue's name."),
    "probe.cups_ipp": (
        "打印机自己的地址：空闲时直接问它纸和墨粉，CUPS 只在打印时才更新。",
        "打印機自己的位址：閒置時直接問它紙張及碳粉，CUPS 只在列印時才更新。",
        "the printer's own address: asked for paper and toner while idle, which CUPS only learns while it prints.",
    ),
    "probe.cups_socket": (
        "CUPS 的套接字不在默认位置。",
        "CUPS 的通訊端不在預設位置。",
        "the CUPS socket is not at its usual place.",
    ),
    "probe.sane_missing": (
        "没有 SANE 的程序库 → 请运行 apt install libsane1 sane-airscan。",
        "沒有 SANE 的程式庫 → 請執行 apt install libsane1 sane-airscan。",
        "the SANE library is missing → apt install libsane1 sane-airscan.",
    ),
    "probe.sane_refused": (
        "SANE 没有列出扫描仪 → 请检查 /etc/sane.d 和 USB 权限（scanner 组）。",
        "SANE 沒有列出掃描器 → 請檢查 /etc/sane.d 及 USB 權限（scanner 組）。",
        "SANE gave no list → check /etc/sane.d and the rights to USB (group scanner).",
    ),
    "probe.sane_no_scanner": (
        "SANE 列出了它，但它不是扫描仪，或名称用不了。",
        "SANE 列出了它，但它不是掃描器，或名稱不能使用。",
        "SANE lists it, but it is no scanner or its name cannot be used.",
    ),
    "probe.sane_network": (
        "网络扫描仪：请在配置里写 escl_url（如 http://扫描仪地址/eSCL），不要写这个名称。",
        "網絡掃描器：請在設定裡寫 escl_url（如 http://掃描器位址/eSCL），不要寫這個名稱。",
        "a network scanner: configure it by escl_url (such as http://ITS-ADDRESS/eSCL), not by this name.",
    ),
    "probe.sane_scanner": ("SANE 列出的 {name}。", "SANE 列出的 {name}。", "listed by SANE: {name}."),
    "probe.sane_name": ("SANE 里的名称。", "SANE 裡的名稱。", "its name in SANE."),
    "probe.camera": ("能拍摄的摄像头 {name}。", "能拍攝的攝影機 {name}。", "a camera that captures: {name}."),
    "probe.camera_stable": (
        "按 USB 插口命名，插在同一插口就不变。",
        "按 USB 插口命名，插在同一插口便不變。",
        "named by its socket; it stays the same in that socket.",
    ),
    "probe.camera_which": (
        "高拍仪还是人脸摄像头，程序看不出来，请看画面核对。",
        "文件攝影機還是人臉攝影機，程式看不出來，請看畫面核對。",
        "whether it looks at documents or at faces no program can tell: check the picture.",
    ),
    "probe.camera_no_access": (
        "没有权限打开 → 请把运行终端的用户加入 video 组。",
        "沒有權限打開 → 請把運行終端的使用者加入 video 組。",
        "no right to open it → add the terminal's user to the group video.",
    ),
    "probe.nut_no_service": (
        "upsd 没有运行 → 接了不间断电源时请运行 systemctl start nut-server；没有安装时先 apt install nut-server。",
        "upsd 沒有運行 → 已接不間斷電源時請執行 systemctl start nut-server；未安裝時先 apt install nut-server。",
        "upsd does not run → with a UPS connected start it: systemctl start nut-server; to install: apt install nut-server.",
    ),
    "probe.nut_silent": (
        "upsd 没有列出电源 → 请看 journalctl -u nut-server。",
        "upsd 沒有列出電源 → 請看 journalctl -u nut-server。",
        "upsd gave no list → see journalctl -u nut-server.",
    ),
    "probe.nut_no_supply": (
        "upsd 在运行，没有电源 → 请在 /etc/nut/ups.conf 里写上它（nut-scanner 会给出几行）。",
        "upsd 運行中，沒有電源 → 請在 /etc/nut/ups.conf 裡寫上它（nut-scanner 會給出數行）。",
        "upsd runs but knows no supply → add it to /etc/nut/ups.conf (nut-scanner prints the lines).",
    ),
    "probe.nut_supply": ("upsd 列出的电源。", "upsd 列出的電源。", "a supply that upsd lists."),
    "probe.nut_name": ("它在 ups.conf 里的名称。", "它在 ups.conf 裡的名稱。", "its name in ups.conf."),
    "probe.nut_address": ("在这里得到 upsd 的回答。", "在這裡得到 upsd 的回答。", "upsd answered here."),
    "probe.alsa_no_card": (
        "内核没有声卡 → 请检查声卡和驱动（lsmod | grep snd）。",
        "內核沒有音效卡 → 請檢查音效卡及驅動程式（lsmod | grep snd）。",
        "the kernel knows no sound card → check the card and its driver (lsmod | grep snd).",
    ),
    "probe.alsa_output": ("能放音的 {name}。", "能放音的 {name}。", "a device that plays: {name}."),
    "probe.alsa_name": ("ALSA 里的名称。", "ALSA 裡的名稱。", "its name in ALSA."),
    "probe.alsa_listen": (
        "喇叭接在哪一路，程序听不出来，请试听：aplay -D 名称 文件。",
        "喇叭接在哪一路，程式聽不出來，請試聽：aplay -D 名稱 檔案。",
        "which output has the loudspeaker takes an ear: aplay -D NAME FILE.",
    ),
    # probe: the proposal.
    "probe.proposal_head": (
        "由 devices probe 提出，请逐行核对后放进配置文件。",
        "由 devices probe 提出，請逐行核對後放進設定檔。",
        "Proposed by devices probe: check each line, then put it into the configuration.",
    ),
    "probe.proposal_empty": (
        "没有找到可以提出的设备。",
        "沒有找到可以提出的設備。",
        "Nothing was found that could be proposed.",
    ),
    "probe.proposal_others": (
        "另外找到的，同一类只能用一个，或线路已被上面用了。",
        "另外找到的，同一類只能用一個，或線路已被上面使用。",
        "Found besides: a class takes one device only, or the wire is used above.",
    ),
    "probe.why_unknown": ("由程序填写。", "由程式填寫。", "filled in by the program."),
    "probe.written": (
        "提出的配置已写入 {path}。",
        "提出的設定已寫入 {path}。",
        "The proposal was written to {path}.",
    ),
    "probe.file_exists": (
        "{path} 已经存在，没有覆盖 → 请换一个文件名。",
        "{path} 已經存在，沒有覆蓋 → 請換一個檔案名稱。",
        "{path} is there already and was not touched → choose another name.",
    ),
    "probe.file_refused": (
        "{path} 写不进去 → 请检查文件夹是否存在、有没有写入权限和空间。",
        "{path} 寫不進去 → 請檢查資料夾是否存在、有沒有寫入權限及空間。",
        "{path} cannot be written → check that its folder exists, the rights and the space.",
    ),
    # diagnose.
    "probe.bundle_written": (
        "诊断包已写入 {path}，里面没有办事人的信息；内容见其中的 README.txt。",
        "診斷包已寫入 {path}，裡面沒有辦事人的資料；內容見其中的 README.txt。",
        "The bundle was written to {path}. It holds nothing of any citizen; its README.txt says what is in it.",
    ),
}
