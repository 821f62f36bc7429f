"""Sentences about the document scanner: what is wrong, and how it is mended."""

SENTENCES: dict[str, tuple[str, str, str]] = {
    "scanner.bad_command": (
        "扫描的要求没有写清楚，没有扫描。请再试一次，或到窗口办理。",
        "掃描的要求沒有寫清楚，沒有掃描。請再試一次，或到窗口辦理。",
        "The request to scan was not understood and nothing was scanned. Please try again or go to a counter.",
    ),
    "scanner.bad_settings": (
        "扫描仪的设置有误。请维护人员核对配置文件中“扫描仪”一段。",
        "掃描器的設定有誤。請維護人員核對設定檔中「掃描器」一段。",
        "The scanner's settings are wrong. A technician should check its part of the configuration file.",
    ),
    "scanner.busy": (
        "扫描仪正忙，请稍等片刻再试。",
        "掃描器正忙，請稍候再試。",
        "The scanner is busy. Please wait a moment and try again.",
    ),
    "scanner.cancelled": (
        "扫描已停下，已扫好的页仍在。",
        "掃描已停下，已掃好的頁仍在。",
        "Scanning was stopped; the pages scanned so far are kept.",
    ),
    "scanner.cover_open": (
        "扫描仪的盖子开着。请把盖子合好，再继续扫描。",
        "掃描器的蓋子打開了。請把蓋子合好，再繼續掃描。",
        "The scanner's cover is open. Please close it and go on.",
    ),
    "scanner.double_feed": (
        "两张纸叠在一起进去了。请取出来，把纸抖松、对齐，再放回去继续扫描。",
        "兩張紙疊在一起進去了。請取出來，把紙抖鬆、對齊，再放回去繼續掃描。",
        "Two sheets went in together. Please take them out, loosen and align the pile, and go on.",
    ),
    "scanner.folder": (
        "扫描的页没有地方存放，没有扫描。请到窗口办理，并请技术员查看。",
        "掃描的頁沒有地方存放，沒有掃描。請到窗口辦理，並請技術員查看。",
        "There is no safe place for the pages, so nothing was scanned. Please go to a counter; a technician should look.",
    ),
    "scanner.jammed": (
        "纸卡在扫描仪里了。请工作人员打开盖子，把纸轻轻取出。",
        "紙卡在掃描器裏了。請工作人員打開蓋子，把紙輕輕取出。",
        "Paper is jammed in the scanner. Please ask staff to open the cover and take it out gently.",
    ),
    "scanner.library_missing": (
        "扫描程序没有装好。请维护人员安装扫描仪的系统软件包。",
        "掃描程式沒有裝好。請維護人員安裝掃描器的系統套件。",
        "The scanning program is not installed. A technician should install the scanner's system package.",
    ),
    "scanner.no_access": (
        "终端没有使用扫描仪的权限。请维护人员核对设备权限。",
        "終端沒有使用掃描器的權限。請維護人員核對裝置權限。",
        "The terminal may not use the scanner. A technician should check the device's permissions.",
    ),
    "scanner.no_documents": (
        "没有看到要扫描的纸。请把纸放进进纸口，推到底。",
        "沒有看到要掃描的紙。請把紙放進進紙口，推到底。",
        "There is no paper to scan. Please put the sheets into the feeder, all the way in.",
    ),
    "scanner.no_space": (
        "存放扫描页的地方满了，没有扫完。请到窗口办理，并请技术员清理。",
        "存放掃描頁的地方已滿，沒有掃完。請到窗口辦理，並請技術員清理。",
        "There is no room left for the pages and not all were scanned. Please go to a counter; a technician should clear it.",
    ),
    "scanner.page_short": (
        "最后一页没有扫完整，没有留用。请把这一页再扫一次。",
        "最後一頁沒有掃完整，沒有留用。請把這一頁再掃一次。",
        "The last page was not scanned to its end and was not kept. Please scan this page again.",
    ),
    "scanner.page_size": (
        "这张纸太短或太长，扫描仪走不了。请换用平板扫描，或找工作人员。",
        "這張紙太短或太長，掃描器走不了。請改用平板掃描，或找職員協助。",
        "This sheet is too short or too long for the feeder. Please use the glass or ask the staff.",
    ),
    "scanner.power_off": (
        "扫描仪没有通电，或连线松了。请工作人员检查电源和连线。",
        "掃描器沒有通電，或連線鬆了。請工作人員檢查電源和連線。",
        "The scanner is off or unplugged. Please ask staff to check its power and cable.",
    ),
    "scanner.read_error": (
        "扫描到一半和扫描仪断开了。已扫好的页仍在，请接着扫描余下的页。",
        "掃描到一半與掃描器斷開了。已掃好的頁仍在，請接着掃描餘下的頁。",
        "The scanner was lost in the middle. The pages scanned so far are kept; please go on with the rest.",
    ),
    "scanner.silent": (
        "扫描仪一时没有回应，请稍等；若一直如此，请工作人员查看。",
        "掃描器一時沒有回應，請稍等；若一直如此，請工作人員查看。",
        "The scanner does not answer at the moment. Please wait; if this lasts, staff should look at it.",
    ),
    "scanner.stopped": (
        "扫描仪报告故障，暂停使用。请维护人员检查扫描仪。",
        "掃描器報告故障，暫停使用。請維護人員檢查掃描器。",
        "The scanner reports a fault and has stopped. A technician should look at it.",
    ),
    "scanner.unsupported": (
        "这台扫描仪做不了这样的扫描。请换一种方式，或到窗口办理。",
        "這台掃描器做不了這樣的掃描。請換一種方式，或到窗口辦理。",
        "This scanner cannot scan in this way. Please choose another way or go to a counter.",
    ),
}
