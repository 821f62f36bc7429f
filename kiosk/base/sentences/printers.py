"""Sentences about the receipt printer and the sheet printer: what is wrong, and how it is mended."""

SENTENCES: dict[str, tuple[str, str, str]] = {
    "receipt_printer.bad_job": (
        "这张凭条的内容没有排好，没有打印。您的办理已完成，可请工作人员补打。",
        "這張憑條的內容沒有排好，沒有列印。您的辦理已完成，可請工作人員補印。",
        "The slip could not be laid out and was not printed. What you did is complete; staff can print it for you.",
    ),
    "receipt_printer.bad_settings": (
        "凭条打印机的设置有误。请维护人员核对配置文件中“凭条打印机”一段。",
        "憑條打印機的設定有誤。請維護人員核對設定檔中「憑條打印機」一段。",
        "The slip printer's settings are wrong. A technician should check its part of the configuration file.",
    ),
    "receipt_printer.bad_status_profile": (
        "凭条打印机的状态说明文件（vendor_status）不能使用。请维护人员按检查命令指出的行号改正。",
        "憑條打印機的狀態說明檔（vendor_status）不能使用。請維護人員按檢查命令指出的行號改正。",
        "The slip printer's status profile (vendor_status) cannot be used. A technician should mend the lines that the check command names.",
    ),
    "receipt_printer.cancelled": (
        "凭条打印已取消。",
        "憑條列印已取消。",
        "Printing of the slip was cancelled.",
    ),
    "receipt_printer.code_too_long": (
        "凭条上的二维码放不下，没有打印。请在屏幕上查看，或请工作人员补打。",
        "憑條上的二維碼放不下，沒有列印。請在螢幕上查看，或請工作人員補印。",
        "The code on the slip is too long, so it was not printed. Please read it on the screen, or ask staff for a print.",
    ),
    "receipt_printer.cover_open": (
        "凭条打印机的上盖开着。请工作人员把上盖合好。",
        "憑條打印機的上蓋打開了。請工作人員把上蓋合好。",
        "The slip printer's cover is open. Please ask staff to close it.",
    ),
    "receipt_printer.cutter_jammed": (
        "凭条打印机的切纸刀卡住了。请工作人员打开上盖，取出夹住的纸。",
        "憑條打印機的切紙刀卡住了。請工作人員打開上蓋，取出夾住的紙。",
        "The slip printer's cutter is jammed. Please ask staff to open the cover and take out the paper.",
    ),
    "receipt_printer.error": (
        "凭条打印机报告故障，暂停打印。请维护人员检查打印机。",
        "憑條打印機報告故障，暫停列印。請維護人員檢查打印機。",
        "The slip printer reports a fault and has stopped. A technician should look at it.",
    ),
    "receipt_printer.feeding": (
        "有人正按着凭条打印机的走纸键。松开后即可打印。",
        "有人正按着憑條打印機的走紙鍵。鬆開後即可列印。",
        "Someone is holding the slip printer's feed button. It prints again when the button is let go.",
    ),
    "receipt_printer.paper_jammed": (
        "凭条打印机卡纸了。请工作人员打开上盖，取出卡住的纸。",
        "憑條打印機卡紙了。請工作人員打開上蓋，取出卡住的紙。",
        "The slip printer is jammed. Please ask staff to open the cover and take out the paper.",
    ),
    "receipt_printer.paper_out": (
        "凭条打印机没有纸了。请工作人员装纸，装好后可继续打印。",
        "憑條打印機沒有紙了。請工作人員裝紙，裝好後可繼續列印。",
        "The slip printer is out of paper. Please ask staff to put in a new roll.",
    ),
    "receipt_printer.paper_unknown": (
        "凭条打印机没有报告纸量，暂不打印。请稍等；若一直如此，请工作人员查看纸卷。",
        "憑條打印機沒有報告紙量，暫不列印。請稍等；若一直如此，請工作人員查看紙卷。",
        "The slip printer does not tell how much paper it has, so it waits. If this lasts, staff should look at the roll.",
    ),
    "receipt_printer.power_off": (
        "凭条打印机没有通电，或连线松了。请工作人员检查电源和连线。",
        "憑條打印機沒有通電，或連線鬆了。請工作人員檢查電源和連線。",
        "The slip printer is off or unplugged. Please ask staff to check its power and cable.",
    ),
    "receipt_printer.profile_start": (
        "“{key}”：这样的首字节分不清是状态还是其他应答。请让 value 只用 mask 里的位，并且两者的高四位都不为 0。",
        "「{key}」：這樣的首位元組分不清是狀態還是其他回應。請讓 value 只用 mask 裏的位，並且兩者的高四位都不為 0。",
        "“{key}”: such a first byte cannot be told from other answers. Use in value only bits of mask, and leave neither's high four bits all 0.",
    ),
    "receipt_printer.profile_whole": (
        "“{model}”的状态说明文件没有问题：一次应答 {size} 字节。把它的名字或路径写进配置文件的 vendor_status 即可。",
        "「{model}」的狀態說明檔沒有問題：一次回應 {size} 位元組。把它的名字或路徑寫進設定檔的 vendor_status 即可。",
        "The status profile of “{model}” is whole: a reply has {size} bytes. Write its name or path as vendor_status.",
    ),
    "receipt_printer.profile_without_paper": (
        "“{key}”：没有一位说明纸量，打印前就无法确认有纸。请写明哪一位表示 paper: out，并用 other 或 off 写明 paper: full。",
        "「{key}」：沒有一位說明紙量，列印前就無法確認有紙。請寫明哪一位表示 paper: out，並用 other 或 off 寫明 paper: full。",
        "“{key}”: no bit tells of paper, so nobody could know that there is some. State which bit means paper: out, and paper: full under other or off.",
    ),
    "receipt_printer.recovering": (
        "凭条打印机过热，正在冷却，稍后会自行恢复。",
        "憑條打印機過熱，正在冷卻，稍後會自行恢復。",
        "The slip printer is too hot and is cooling down. It recovers by itself.",
    ),
    "receipt_printer.repeated_job": (
        "这张凭条已经送去打印过，不会再打第二次。需要补打，请工作人员帮忙。",
        "這張憑條已經送去列印過，不會再印第二次。需要補印，請工作人員幫忙。",
        "This slip has been sent to the printer before and is not printed twice. Staff can print it again for you.",
    ),
    "receipt_printer.silent": (
        "凭条打印机没有应答，暂不打印。正在重新联系；若一直如此，请工作人员检查电源和连线。",
        "憑條打印機沒有回應，暫不列印。正在重新聯絡；若一直如此，請工作人員檢查電源和連線。",
        "The slip printer does not answer, so nothing is printed. If this lasts, staff should check its power and cable.",
    ),
    "receipt_printer.stalled": (
        "凭条打印到一半停住了。请看一下出纸口，再请工作人员确认是否完整。",
        "憑條列印到一半停住了。請看一下出紙口，再請工作人員確認是否完整。",
        "The slip printer stopped in the middle. Please look at the slot and ask staff whether the slip is complete.",
    ),
    "receipt_printer.stopped": (
        "凭条打印机暂停了，没有说明原因。请稍等；若一直如此，请工作人员查看。",
        "憑條打印機暫停了，沒有說明原因。請稍等；若一直如此，請工作人員查看。",
        "The slip printer has stopped and does not say why. If this lasts, staff should look at it.",
    ),
    "receipt_printer.too_slow": (
        "凭条没有在规定时间内打完。请看一下出纸口，再请工作人员确认。",
        "憑條沒有在規定時間內印完。請看一下出紙口，再請工作人員確認。",
        "The slip was not finished in time. Please look at the slot and ask staff.",
    ),
    "receipt_printer.unplugged": (
        "打印凭条时连线断开了。请看一下出纸口，再请工作人员确认是否完整。",
        "列印憑條時連線斷開了。請看一下出紙口，再請工作人員確認是否完整。",
        "The slip printer was unplugged while it printed. Please look at the slot and ask staff whether it is complete.",
    ),
    "receipt_printer.unprintable_character": (
        "凭条上有打印机写不出的字，没有打印。请在屏幕上查看，或请工作人员手写。",
        "憑條上有打印機寫不出的字，沒有列印。請在螢幕上查看，或請工作人員手寫。",
        "The slip holds a character that the printer cannot draw, so it was not printed. Staff can write it out for you.",
    ),
    "receipt_printer.unrecoverable": (
        "凭条打印机有故障，须维护人员关机检修。",
        "憑條打印機有故障，須維護人員關機檢修。",
        "The slip printer has a fault that a technician must mend with the power off.",
    ),
    "receipt_printer.usb_ambiguous": (
        "接了两台同型号的凭条打印机，分不清用哪台。请维护人员在配置文件里写明 usb_serial。",
        "接了兩台同型號的憑條打印機，分不清用哪台。請維護人員在設定檔裏寫明 usb_serial。",
        "Two slip printers of this model are plugged in. A technician should state usb_serial in the configuration.",
    ),
    "receipt_printer.usb_no_driver": (
        "凭条打印机已插上，但系统没有给它打印机设备。请维护人员加载 usblp 内核模块，并确认没有别的程序占用它。",
        "憑條打印機已插上，但系統沒有給它打印機裝置。請維護人員載入 usblp 核心模組，並確認沒有別的程式佔用它。",
        "The slip printer is plugged in but has no printer device. A technician should load the kernel module usblp and see that no other program holds it.",
    ),
    "receipt_printer.usb_no_rights": (
        "终端没有权限使用凭条打印机的 USB 口。请维护人员把终端的用户加入 lp 组。",
        "終端沒有權限使用憑條打印機的 USB 口。請維護人員把終端的使用者加入 lp 組。",
        "The terminal may not use the slip printer's USB port. A technician should add its user to the group lp.",
    ),
    "receipt_printer.unsupported_command": (
        "凭条打印机不会做这件事。请维护人员核对软件版本。",
        "憑條打印機不會做這件事。請維護人員核對軟件版本。",
        "The slip printer cannot do this. A technician should check the software's version.",
    ),
    "sheet_printer.bad_job": (
        "要打印的文件没有做好，没有打印。您的办理已完成，可请工作人员补打。",
        "要列印的文件沒有做好，沒有列印。您的辦理已完成，可請工作人員補印。",
        "The sheet was not made properly and was not printed. What you did is complete; staff can print it for you.",
    ),
    "sheet_printer.bad_settings": (
        "A4 打印机的设置有误。请维护人员核对配置文件中“A4 打印机”一段。",
        "A4 打印機的設定有誤。請維護人員核對設定檔中「A4 打印機」一段。",
        "The sheet printer's settings are wrong. A technician should check its part of the configuration file.",
    ),
    "sheet_printer.cancelled": (
        "A4 打印已取消。",
        "A4 列印已取消。",
        "Printing of the sheet was cancelled.",
    ),
    "sheet_printer.cover_open": (
        "A4 打印机的盖子或纸盒没有合好。请工作人员合好。",
        "A4 打印機的蓋子或紙匣沒有合好。請工作人員合好。",
        "The sheet printer's cover or tray is open. Please ask staff to close it.",
    ),
    "sheet_printer.job_aborted": (
        "A4 打印机中途停止了这次打印。请看一下出纸口，再请工作人员确认。",
        "A4 打印機中途停止了這次列印。請看一下出紙口，再請工作人員確認。",
        "The sheet printer gave this job up. Please look at its tray and ask staff.",
    ),
    "sheet_printer.job_lost": (
        "不能确定 A4 打印是否完成。请看一下出纸口，再请工作人员确认。",
        "不能確定 A4 列印是否完成。請看一下出紙口，再請工作人員確認。",
        "It is not known whether the sheet was printed. Please look at the tray and ask staff.",
    ),
    "sheet_printer.job_refused": (
        "A4 打印机没有接受这次打印。请稍后再试，或请工作人员补打。",
        "A4 打印機沒有接受這次列印。請稍後再試，或請工作人員補印。",
        "The sheet printer did not take the job. Please try again later, or ask staff for a print.",
    ),
    "sheet_printer.keeps_jobs": (
        (
            "打印服务会保存打印过的文件，为保护个人信息暂不打印。"
            "请维护人员把 PreserveJobFiles 和 PreserveJobHistory 设为 No，并清除已存的任务。"
        ),
        (
            "列印服務會保存列印過的文件，為保護個人資料暫不列印。"
            "請維護人員把 PreserveJobFiles 和 PreserveJobHistory 設為 No，並清除已存的工作。"
        ),
        (
            "The print server keeps what it prints, so nothing personal is printed. "
            "A technician must set PreserveJobFiles and PreserveJobHistory to No and remove the kept jobs."
        ),
    ),
    "sheet_printer.no_duplex": (
        "A4 打印机不能双面打印，没有打印。请维护人员装上双面单元，或把配置文件的 duplex 改为 false。",
        "A4 打印機不能雙面列印，沒有列印。請維護人員裝上雙面單元，或把設定檔的 duplex 改為 false。",
        "The sheet printer cannot print on both sides, so nothing was printed. A technician should fit the unit or set duplex to false.",
    ),
    "sheet_printer.no_paper_kind": (
        "配置文件没有说明这种纸放在哪个纸盒，没有打印。请维护人员在“A4 打印机”一段的 trays 里写明。",
        "設定檔沒有說明這種紙放在哪個紙匣，沒有列印。請維護人員在「A4 打印機」一段的 trays 裏寫明。",
        "The configuration does not say which tray holds this paper, so nothing was printed. A technician should add it to trays.",
    ),
    "sheet_printer.no_queue": (
        "打印服务中没有配置文件所写的打印队列。请维护人员核对队列名称。",
        "列印服務中沒有設定檔所寫的列印佇列。請維護人員核對佇列名稱。",
        "The print server has no queue of the configured name. A technician should check the name.",
    ),
    "sheet_printer.no_size": (
        "打印机不支持这种纸的尺寸，没有打印。请维护人员核对配置文件的 trays 和打印机的纸张设置。",
        "打印機不支援這種紙的尺寸，沒有列印。請維護人員核對設定檔的 trays 和打印機的紙張設定。",
        "The printer does not take paper of this size, so nothing was printed. A technician should check trays and the printer's setting.",
    ),
    "sheet_printer.no_tray": (
        "打印机没有配置文件所写的纸盒，没有打印。请维护人员核对配置文件的 trays 和打印机的纸盒。",
        "打印機沒有設定檔所寫的紙匣，沒有列印。請維護人員核對設定檔的 trays 和打印機的紙匣。",
        "The printer does not have the configured tray, so nothing was printed. A technician should compare trays with the printer.",
    ),
    "sheet_printer.pages_missing": (
        "打印机数到的页数比文件少。请点一下出纸口的页数，再请工作人员确认。",
        "打印機數到的頁數比文件少。請點一下出紙口的頁數，再請工作人員確認。",
        "The printer counted fewer pages than the document has. Please count the pages in the tray and ask staff.",
    ),
    "sheet_printer.old_job": (
        "打印机里还有一份没打完的旧文件，正在取消，暂不打印。若一直如此，请工作人员在打印机面板上取消它。",
        "打印機裏還有一份沒印完的舊文件，正在取消，暫不列印。若一直如此，請工作人員在打印機面板上取消它。",
        "The printer still holds an unfinished older sheet, which is being cancelled. If this lasts, staff should cancel it on its panel.",
    ),
    "sheet_printer.paper_jammed": (
        "A4 打印机卡纸了。请工作人员取出卡住的纸。",
        "A4 打印機卡紙了。請工作人員取出卡住的紙。",
        "The sheet printer is jammed. Please ask staff to take out the paper.",
    ),
    "sheet_printer.paper_out": (
        "A4 打印机没有纸了。请工作人员加纸，加好后可继续打印。",
        "A4 打印機沒有紙了。請工作人員加紙，加好後可繼續列印。",
        "The sheet printer is out of paper. Please ask staff to fill the tray.",
    ),
    "sheet_printer.paused": (
        "A4 打印机被设为暂停。请维护人员在打印服务中恢复它。",
        "A4 打印機被設為暫停。請維護人員在列印服務中恢復它。",
        "The sheet printer is paused. A technician should resume it in the print server.",
    ),
    "sheet_printer.power_off": (
        "A4 打印机没有通电，或连线松了。请工作人员检查电源和连线。",
        "A4 打印機沒有通電，或連線鬆了。請工作人員檢查電源和連線。",
        "The sheet printer is off or unplugged. Please ask staff to check its power and cable.",
    ),
    "sheet_printer.queue_broken": (
        "打印队列缺少驱动文件。请维护人员重新安装打印机驱动。",
        "列印佇列缺少驅動檔案。請維護人員重新安裝打印機驅動程式。",
        "The print queue lacks a part of its driver. A technician should install it again.",
    ),
    "sheet_printer.queue_without_trays": (
        "打印队列不会把纸盒的选择转给打印机，没有打印。请维护人员用 lpadmin -m everywhere 重新建立队列。",
        "列印佇列不會把紙匣的選擇轉給打印機，沒有列印。請維護人員用 lpadmin -m everywhere 重新建立佇列。",
        "The print queue does not pass the choice of tray on, so nothing was printed. A technician should set it up with lpadmin -m everywhere.",
    ),
    "sheet_printer.repeated_job": (
        "这份文件已经送去打印过，不会再打第二次。需要补打，请工作人员帮忙。",
        "這份文件已經送去列印過，不會再印第二次。需要補印，請工作人員幫忙。",
        "This sheet has been sent to the printer before and is not printed twice. Staff can print it again for you.",
    ),
    "sheet_printer.serials_short": (
        "纸盒里登记的证照专用纸不够，没有打印。请工作人员加纸，并登记新的起止编号。",
        "紙匣裏登記的證照專用紙不夠，沒有列印。請工作人員加紙，並登記新的起止編號。",
        "There are not enough numbered sheets on record in the tray, so nothing was printed. Staff should add paper and record its numbers.",
    ),
    "sheet_printer.serials_spent": (
        "这些纸的编号已经用过或已登记作废，没有打印。请工作人员核对最上面一张的编号，重新登记。",
        "這些紙的編號已經用過或已登記作廢，沒有列印。請工作人員核對最上面一張的編號，重新登記。",
        "Numbers of these sheets are used or spoiled already, so nothing was printed. Staff should read the top sheet and record it again.",
    ),
    "sheet_printer.settings_unreadable": (
        "读不到打印服务的设置，不能确定它不保存文件，暂不打印。请维护人员允许终端读取 cupsd.conf。",
        "讀不到列印服務的設定，不能確定它不保存文件，暫不列印。請維護人員允許終端讀取 cupsd.conf。",
        (
            "The print server's settings cannot be read, so it may keep what it prints. "
            "A technician must let the terminal read cupsd.conf."
        ),
    ),
    "sheet_printer.silent": (
        "A4 打印机没有应答。正在重新联系；若一直如此，请工作人员检查电源和连线。",
        "A4 打印機沒有回應。正在重新聯絡；若一直如此，請工作人員檢查電源和連線。",
        "The sheet printer does not answer. If this lasts, staff should check its power and cable.",
    ),
    "sheet_printer.stopped": (
        "A4 打印机停住了。请工作人员看打印机面板上的提示。",
        "A4 打印機停住了。請工作人員看打印機面板上的提示。",
        "The sheet printer has stopped. Please ask staff to look at its panel.",
    ),
    "sheet_printer.toner_out": (
        "A4 打印机的墨粉用完了。请维护人员更换墨粉盒。",
        "A4 打印機的碳粉用完了。請維護人員更換碳粉匣。",
        "The sheet printer is out of toner. A technician should change the cartridge.",
    ),
    "sheet_printer.too_slow": (
        "A4 打印没有在规定时间内完成。请看一下出纸口，再请工作人员确认。",
        "A4 列印沒有在規定時間內完成。請看一下出紙口，再請工作人員確認。",
        "The sheet was not finished in time. Please look at the tray and ask staff.",
    ),
    "sheet_printer.unsupported_command": (
        "A4 打印机不会做这件事。请维护人员核对软件版本。",
        "A4 打印機不會做這件事。請維護人員核對軟件版本。",
        "The sheet printer cannot do this. A technician should check the software's version.",
    ),
}
