"""What a person reads of the store and the queue."""

SENTENCES: dict[str, tuple[str, str, str]] = {
    # the store's file
    "store.in_use": (
        "存储正被另一个程序使用。请先关掉另一个终端程序，再启动。",
        "儲存正被另一個程式使用。請先關掉另一個終端程式，再啟動。",
        "Another program is using the store. Close the other terminal program first, then start again.",
    ),
    "store.newer": (
        "存储由更新版本的程序建立，本版本不会改动它。请安装新版本。",
        "儲存由更新版本的程式建立，本版本不會改動它。請安裝新版本。",
        "The store was made by a newer version and was left untouched. Please install the newer version.",
    ),
    "store.not_safe": (
        "数据库没有接受防断电的设置，存储没有打开。请让技术人员检查 SQLite 版本和磁盘。",
        "資料庫沒有接受防斷電的設定，儲存沒有打開。請讓技術人員檢查 SQLite 版本和磁碟。",
        (
            "The database did not accept the settings that protect against power loss, so the store was not opened. "
            "A technician should check the SQLite version and the disk."
        ),
    ),
    "store.disk": (
        "存储所在的磁盘不能读写。请让技术人员检查磁盘和文件夹权限。",
        "儲存所在的磁碟不能讀寫。請讓技術人員檢查磁碟和資料夾權限。",
        "The disk of the store cannot be read or written. A technician should check the disk and the folder's permissions.",
    ),
    "store.cannot_open": (
        "一条记录已损坏，不能打开。它被保留，没有删除。请联系技术人员。",
        "一條記錄已損壞，不能打開。它被保留，沒有刪除。請聯絡技術人員。",
        "A record is damaged and cannot be opened. It was kept, not deleted. Please call a technician.",
    ),
    "store.key_gone": (
        "这条记录的密钥已经销毁，内容不能再读出。请当事人重新办理。",
        "這條記錄的密鑰已經銷毀，內容不能再讀出。請當事人重新辦理。",
        "The key of this record was destroyed; its content can no longer be read. Please ask the person to hand it in again.",
    ),
    "store.vault_closed": (
        "密钥库打不开，存储暂时不能使用。请让技术人员检查安全芯片或密钥文件。",
        "密鑰庫打不開，儲存暫時不能使用。請讓技術人員檢查安全晶片或密鑰檔案。",
        "The key vault cannot be opened, so the store is not available. A technician should check the security chip or key file.",
    ),
    # taking in
    "offline.full": (
        "本机暂存的申请已满，现在不能再收。请等网络恢复，或到人工窗口办理。",
        "本機暫存的申請已滿，現在不能再收。請等網絡恢復，或到人工窗口辦理。",
        "This terminal cannot keep any more submissions now. Please wait for the network, or go to the counter.",
    ),
    "offline.too_old": (
        "本机有申请很久没有送出，暂时不再收新的。请到人工窗口办理，并告诉工作人员。",
        "本機有申請很久沒有送出，暫時不再收新的。請到人工窗口辦理，並告訴工作人員。",
        "Submissions have been waiting here too long, so no new ones are taken. Please go to the counter and tell the staff.",
    ),
    "offline.disk_full": (
        "本机磁盘快满了，现在不能收申请。请到人工窗口办理，并告诉工作人员。",
        "本機磁碟快滿了，現在不能收申請。請到人工窗口辦理，並告訴工作人員。",
        "The disk of this terminal is nearly full; it cannot take a submission now. Please go to the counter and tell the staff.",
    ),
    "offline.disk": (
        "本机没有能把申请存下来。请再试一次；还不行，请到人工窗口办理，并告诉工作人员。",
        "本機沒有能把申請存下來。請再試一次；還不行，請到人工窗口辦理，並告訴工作人員。",
        "The submission could not be kept here. Please try once more; if it fails again, go to the counter and tell the staff.",
    ),
    "offline.other_payload": (
        "同一份申请已经用别的内容提交过。请重新开始办理。",
        "同一份申請已經用別的內容提交過。請重新開始辦理。",
        "This submission was already handed in with other content. Please start again.",
    ),
    "offline.attachment_missing": (
        "申请的一个附件没有存好。请重新扫描这份材料。",
        "申請的一個附件沒有存好。請重新掃描這份材料。",
        "One of the attachments was not kept. Please scan this paper again.",
    ),
}
