"""What people read about devices in general and the ID-card reader."""

SENTENCES: dict[str, tuple[str, str, str]] = {
    # The card.
    "card.lay": (
        "请把身份证平放在读卡区",
        "請把身份證平放在讀卡區",
        "Please lay your ID card flat on the reader.",
    ),
    "card.none_laid": (
        "没有读到身份证。请把身份证平放在读卡区，再试一次。",
        "未讀到身份證。請把身份證平放在讀卡區，再試一次。",
        "No ID card was read. Please lay it flat on the reader and try again.",
    ),
    "card.read_failed": (
        "没有读出来。请把身份证拿起，重新平放，读完前不要移动。",
        "未能讀出。請把身份證拿起，重新平放，讀完前請勿移動。",
        "The card could not be read. Please lift it, lay it flat again and do not move it.",
    ),
    "card.removed": (
        "还没读完，身份证就拿开了。请重新平放，读完再拿。",
        "尚未讀完，身份證已移開。請重新平放，讀完再取走。",
        "The card was taken away before it was read. Please lay it down again and wait.",
    ),
    "card.unknown_type": (
        "这张卡在这里用不了。请换身份证、居住证或外国人永久居留身份证。",
        "此卡不能在這裏使用。請改用身份證、居住證或外國人永久居留身份證。",
        "This card cannot be used here. Please use an ID card, a residence permit or a permanent residence card.",
    ),
    # The reader.
    "reader.gone": (
        "读卡器没有连接好。接好后会自己接着读卡，请稍等；一直不行，请到窗口办理。",
        "讀卡器未接好。接好後會自動繼續讀卡，請稍候；如一直未能恢復，請到窗口辦理。",
        "The card reader is not connected. Reading goes on by itself once it is; if it does not, please go to a counter.",
    ),
    "reader.self_test_failed": (
        "读卡器有故障，已通知维修。请到窗口办理。",
        "讀卡器有故障，已通知維修。請到窗口辦理。",
        "The card reader is out of order and reported for repair. Please go to a counter.",
    ),
    "reader.not_authorised": (
        "读卡器还没有授权，不能读身份证。请到窗口办理。",
        "讀卡器尚未授權，不能讀身份證。請到窗口辦理。",
        "The card reader is not authorised yet. Please go to a counter.",
    ),
    "reader.refused": (
        "读卡器不认识本机的指令，已停用。请到窗口办理。",
        "讀卡器不認得本機的指令，已停用。請到窗口辦理。",
        "The card reader does not understand this terminal and was switched off. Please go to a counter.",
    ),
    "reader.module_changed": (
        "读卡器被换过，核对之前停用。请到窗口办理。",
        "讀卡器曾被更換，核對之前停用。請到窗口辦理。",
        "The card reader was exchanged and stays off until it is checked. Please go to a counter.",
    ),
    "reader.interrupted": (
        "读卡器重新启动了一下，请把身份证再放一次",
        "讀卡器剛重新啟動，請再放一次身份證",
        "The card reader was restarted. Please lay your card down again.",
    ),
    # Any device.
    "device.starting": (
        "设备正在启动，请稍等几秒",
        "設備正在啟動，請稍候數秒",
        "The device is starting. Please wait a few seconds.",
    ),
    "device.no_time_left": (
        "等的时间到了，没有完成，请再试一次",
        "等候時間已到，尚未完成，請再試一次",
        "The time is over and it is not done. Please try again.",
    ),
    "device.hung": (
        "设备没有按时完成，已重新启动。请再试一次，或找工作人员。",
        "設備未能按時完成，已重新啟動。請再試一次，或找職員協助。",
        "The device did not finish in time and was restarted. Please try again or ask the staff.",
    ),
    "device.interrupted": (
        "设备中途重新启动了，不清楚做到哪一步。请找工作人员看一下。",
        "設備中途重新啟動，未知做到哪一步。請找職員查看。",
        "The device was restarted in the middle; how far it came is not known. Please ask the staff.",
    ),
    "device.host_failing": (
        "设备的程序反复停下，已通知维修。请到窗口办理。",
        "設備的程式反覆停止，已通知維修。請到窗口辦理。",
        "The device's program keeps stopping and was reported for repair. Please go to a counter.",
    ),
    "device.software_error": (
        "程序出了差错，这一步没有做成。请再试一次，或到窗口办理。",
        "程式出錯，這一步未能完成。請再試一次，或到窗口辦理。",
        "The program made a mistake and this step was not done. Please try again or go to a counter.",
    ),
    "device.unsupported": (
        "这台设备做不了这一步，请到窗口办理",
        "這台設備不能做這一步，請到窗口辦理",
        "This device cannot do this step. Please go to a counter.",
    ),
    "device.repeated_action": (
        "这一步已经交给设备了，没有再做一遍",
        "這一步已交給設備，沒有再做一次",
        "This step was given to the device already and was not done twice.",
    ),
    "device.not_configured": (
        "这台终端没有装这种设备，请到窗口办理",
        "這台終端沒有裝設此設備，請到窗口辦理",
        "This terminal has no such device. Please go to a counter.",
    ),
    "device.configuration": (
        "设备的配置写得不对，请技术员检查配置文件里这台设备的各项",
        "設備的設定有誤，請技術員檢查設定檔內此設備的各項",
        "The device's configuration is wrong. A technician should check its entries in the configuration file.",
    ),
    "device.no_driver": (
        "配置里写的驱动找不到，请技术员检查驱动名称和安装",
        "找不到設定中的驅動程式，請技術員檢查名稱及安裝",
        "The configured driver was not found. A technician should check its name and installation.",
    ),
    "device.stopping": (
        "终端正在停机，这一步没有做",
        "終端正在停機，這一步沒有做",
        "The terminal is shutting down; this step was not done.",
    ),
}
