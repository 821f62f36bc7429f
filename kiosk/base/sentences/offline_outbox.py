"""What staff and technicians read of ``main.py outbox``."""

SENTENCES: dict[str, tuple[str, str, str]] = {
    # status
    "outbox.counts": (
        "等待送出 {queued} 件，退件 {dead} 件，共 {size} MiB。",
        "等待送出 {queued} 件，退件 {dead} 件，共 {size} MiB。",
        "{queued} waiting to be sent, {dead} dead letters, {size} MiB in all.",
    ),
    "outbox.green": (
        "绿：没有逾期。",
        "綠：沒有逾期。",
        "Green: nothing is late.",
    ),
    "outbox.yellow": (
        "黄：最早的一件已等 {days} 个工作日，请查看网络和平台。",
        "黃：最早的一件已等 {days} 個工作日，請查看網絡和平台。",
        "Yellow: the oldest has been waiting for {days} working days. Please look at the network and the platform.",
    ),
    "outbox.red": (
        "红：最早的一件已等 {days} 个工作日，请马上处理，并通知平台。",
        "紅：最早的一件已等 {days} 個工作日，請馬上處理，並通知平台。",
        "Red: the oldest has been waiting for {days} working days. Please act now and tell the platform.",
    ),
    "outbox.year_missing": (
        "日历里没有 {year} 年的节假日，只按周末计算。请技术人员补上国务院公布的安排。",
        "日曆裏沒有 {year} 年的節假日，只按週末計算。請技術人員補上國務院公佈的安排。",
        "The calendar has no holidays of {year}, so only weekends count. A technician should add the State Council's notice.",
    ),
    "outbox.salvaged": (
        "启动时存储已损坏，移到一旁：取回 {items} 件，读不出 {lost} 行。请联系技术人员。",
        "啟動時儲存已損壞，移到一旁：取回 {items} 件，讀不出 {lost} 行。請聯絡技術人員。",
        "The store was damaged at the start and moved aside: {items} items were recovered, {lost} rows could not be read. Please call a technician.",
    ),
    "outbox.no_store": (
        "{folder} 里还没有离线存储。终端第一次启动时会建立它；请检查配置文件是否是这台终端的。",
        "{folder} 裏還沒有離線儲存。終端第一次啟動時會建立它；請檢查配置檔案是否是這台終端的。",
        "There is no offline store in {folder} yet. The terminal makes it at its first start; check that the configuration is this terminal's.",
    ),
    "outbox.opened_here": (
        "存储没有运行，由本命令直接打开。",
        "儲存沒有運行，由本命令直接打開。",
        "The store is not running; this command opened it itself.",
    ),
    "outbox.line_closed": ("与平台的连接正常。", "與平台的連接正常。", "The line to the platform works."),
    "outbox.line_not_tried": (
        "终端没有运行，现在不送出；启动后自动送。",
        "終端沒有運行，現在不送出；啟動後自動送。",
        "The terminal is not running, so nothing is being sent; it sends by itself once it is started.",
    ),
    "outbox.line_open": (
        "连不上平台，稍后自动再试。",
        "連不上平台，稍後自動再試。",
        "The platform cannot be reached; it is tried again by itself.",
    ),
    "outbox.line_half_open": ("正在试连平台。", "正在試連平台。", "The platform is being tried."),
    "outbox.line_refused": (
        "平台暂不接受本终端（{code}）。请技术人员查看登记和证书。",
        "平台暫不接受本終端（{code}）。請技術人員查看登記和證書。",
        "The platform does not accept this terminal now ({code}). A technician should look at its enrolment and certificate.",
    ),
    "outbox.line_store": (
        "送出时本机存储出了问题，稍后自动再试。{reason}",
        "送出時本機儲存出了問題，稍後自動再試。{reason}",
        "While sending, this terminal's store had a problem; it is tried again by itself. {reason}",
    ),
    "outbox.kinds_held": (
        "这些种类暂停送出，等平台允许或升级：{kinds}。",
        "這些種類暫停送出，等平台允許或升級：{kinds}。",
        "Items of these kinds wait for a permission or an update: {kinds}.",
    ),
    "outbox.no_platform": (
        "没有配置平台，不能送出。请在配置文件的 platform 里填写地址。",
        "沒有配置平台，不能送出。請在配置檔案的 platform 裏填寫地址。",
        "No platform is configured, so nothing can be sent. Please give its address under platform in the configuration.",
    ),
    # lists
    "outbox.nothing_waits": ("没有等待送出的申请。", "沒有等待送出的申請。", "Nothing is waiting to be sent."),
    "outbox.item": (
        "第 {seq} 件 {key}：{kind}，回执 {slip}，{bytes} 字节，{since} 存入，已试 {attempts} 次，最近答复 {code}",
        "第 {seq} 件 {key}：{kind}，回執 {slip}，{bytes} 位元組，{since} 存入，已試 {attempts} 次，最近答覆 {code}",
        "No. {seq} {key}: {kind}, slip {slip}, {bytes} bytes, kept {since}, tried {attempts} times, last answer {code}",
    ),
    "outbox.no_dead_letters": ("没有退件。", "沒有退件。", "There are no dead letters."),
    "outbox.dead_letter": (
        "第 {seq} 件 {key}：{kind}，{since} 存入，已试 {attempts} 次，最近答复 {code}。{reason}",
        "第 {seq} 件 {key}：{kind}，{since} 存入，已試 {attempts} 次，最近答覆 {code}。{reason}",
        "No. {seq} {key}: {kind}, kept {since}, tried {attempts} times, last answer {code}. {reason}",
    ),
    "outbox.no_such_letter": (
        "没有这个编号的退件。用 outbox dead-letters 查看全部。",
        "沒有這個編號的退件。用 outbox dead-letters 查看全部。",
        "There is no dead letter of this key. `outbox dead-letters` lists them all.",
    ),
    "outbox.will_be_sent": (
        "已排回原来的位置，将再送一次。",
        "已排回原來的位置，將再送一次。",
        "It is queued again in its old place and will be sent once more.",
    ),
    # giving up
    "outbox.given_up": (
        "第 {seq} 件已放弃，内容已删除：{reason}理由已留底，连上平台时告知平台。",
        "第 {seq} 件已放棄，內容已刪除：{reason}理由已留底，連上平台時告知平台。",
        "No. {seq} was given up and its content deleted: {reason} The reason is kept and told to the platform once it is reached.",
    ),
    "outbox.given_up_line": (
        "{key}：{kind}，{when} 放弃，{reason}{told}",
        "{key}：{kind}，{when} 放棄，{reason}{told}",
        "{key}: {kind}, given up {when}. {reason} {told}",
    ),
    "outbox.none_given_up": (
        "没有放弃过的退件（保留 90 天）。",
        "沒有放棄過的退件（保留 90 天）。",
        "No dead letter was given up (they are kept for 90 days).",
    ),
    "outbox.told_yes": ("平台已知道。", "平台已知道。", "The platform knows."),
    "outbox.told_not_yet": ("还没有告知平台。", "還沒有告知平台。", "The platform does not know yet."),
    "outbox.given_up_handled_elsewhere": (
        "已在窗口或别处办好。",
        "已在櫃檯或別處辦好。",
        "It was done at the counter or elsewhere.",
    ),
    "outbox.given_up_withdrawn": ("申请人撤回。", "申請人撤回。", "The applicant withdrew it."),
    "outbox.given_up_duplicate": ("与另一份申请重复。", "與另一份申請重複。", "It repeats another submission."),
    "outbox.given_up_cannot_be_mended": (
        "不能修好，已请申请人重新办理。",
        "不能修好，已請申請人重新辦理。",
        "It cannot be mended; the applicant was asked to apply again.",
    ),
    "outbox.given_up_test": ("测试件。", "測試件。", "It was a test."),
    # reasons of dead letters
    "outbox.reason_program_error": (
        "平台看不懂这份申请，是程序问题。请升级后再送。",
        "平台看不懂這份申請，是程式問題。請升級後再送。",
        "The platform could not read it: a mistake of the program. Send it again after an update.",
    ),
    "outbox.reason_rejected": (
        "平台没有受理。请联系申请人或人工窗口。",
        "平台沒有受理。請聯絡申請人或人工櫃檯。",
        "The platform did not take it. Please contact the applicant or the counter.",
    ),
    "outbox.reason_service_withdrawn": (
        "这个事项已经下线。请联系申请人改到窗口办理。",
        "這個事項已經下線。請聯絡申請人改到櫃檯辦理。",
        "This service has been withdrawn. Please ask the applicant to come to the counter.",
    ),
    "outbox.reason_too_large": (
        "内容太大，平台不收。请导出后交给平台。",
        "內容太大，平台不收。請導出後交給平台。",
        "It is too large for the platform. Please export it and hand it over.",
    ),
    "outbox.reason_attachment_damaged": (
        "附件已损坏。请联系申请人重新提交材料。",
        "附件已損壞。請聯絡申請人重新提交材料。",
        "An attachment is damaged. Please ask the applicant for the paper again.",
    ),
    "outbox.reason_sequence_conflict": (
        "平台已有同一序号的另一份申请，存储可能被换过。请联系技术人员。",
        "平台已有同一序號的另一份申請，儲存可能被換過。請聯絡技術人員。",
        "The platform has another item of this number: the store may have been replaced. Please call a technician.",
    ),
    "outbox.reason_expired": (
        "在期限内没有送出，已经过期。请联系申请人。",
        "在期限內沒有送出，已經過期。請聯絡申請人。",
        "It was not sent in time and has expired. Please contact the applicant.",
    ),
    "outbox.reason_unreadable": (
        "记录损坏或密钥不在，读不出来。请联系技术人员。",
        "記錄損壞或密鑰不在，讀不出來。請聯絡技術人員。",
        "The record is damaged or its key is gone, so it cannot be read. Please call a technician.",
    ),
    "outbox.reason_other": (
        "平台多次给出同样的答复，没有受理。请导出后交给平台查看。",
        "平台多次給出同樣的答覆，沒有受理。請導出後交給平台查看。",
        "The platform gave the same answer several times and did not take it. Please export it for the platform to look at.",
    ),
    # drain
    "outbox.drained": ("全部送出，没有等待的申请。", "全部送出，沒有等待的申請。", "All was sent; nothing is waiting."),
    "outbox.still_waiting": (
        "还有 {queued} 件没有送出，存储会继续送。",
        "還有 {queued} 件沒有送出，儲存會繼續送。",
        "{queued} have not been sent yet; the store goes on sending.",
    ),
    "outbox.still_here": (
        "还有 {queued} 件没有送出，终端启动后会继续送。",
        "還有 {queued} 件沒有送出，終端啟動後會繼續送。",
        "{queued} have not been sent yet; the terminal goes on sending once it is started.",
    ),
    # export
    "outbox.exported": (
        "已导出 {count} 件退件，只有平台能打开：{file}",
        "已導出 {count} 件退件，只有平台能打開：{file}",
        "{count} dead letters were exported; the platform alone can open them: {file}",
    ),
    "outbox.key_missing": (
        "没有平台公钥。请用 --key 指定，或在配置文件的 offline.platform_key 里填写。",
        "沒有平台公鑰。請用 --key 指定，或在配置檔案的 offline.platform_key 裏填寫。",
        "The platform's public key is missing. Give it with --key, or as offline.platform_key in the configuration.",
    ),
    "outbox.key_wrong": (
        "这个文件不是可用的平台公钥。请用平台提供的 PEM 文件（X25519，或不少于 2048 位的 RSA）。",
        "這個檔案不是可用的平台公鑰。請用平台提供的 PEM 檔案（X25519，或不少於 2048 位的 RSA）。",
        "This file is no public key that can be used. Take the platform's PEM file (X25519, or RSA of at least 2048 bits).",
    ),
    "outbox.file_there": (
        "文件已经存在，没有改动：{file}。请换一个名字。",
        "檔案已經存在，沒有改動：{file}。請換一個名字。",
        "The file is there already and was left alone: {file}. Please choose another name.",
    ),
    "outbox.file_not_written": (
        "写不了文件：{file}。请检查磁盘和文件夹权限。",
        "寫不了檔案：{file}。請檢查磁碟和資料夾權限。",
        "The file cannot be written: {file}. Please check the disk and the folder's permissions.",
    ),
}
