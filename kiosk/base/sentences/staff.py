"""What staff and technicians read on the terminal's own staff page, and what is said about slips' codes and after a restart."""

SENTENCES: dict[str, tuple[str, str, str]] = {
    # --- the PIN
    "staff.pin_wrong": ("PIN 不对，请再输一次。", "PIN 不符，請再輸入一次。", "This PIN is not right. Enter it again."),
    "staff.pin_wrong_wait": (
        "PIN 不对，请等 {seconds} 秒再输。",
        "PIN 不符，請等 {seconds} 秒再輸入。",
        "This PIN is not right. Wait {seconds} s, then enter it again.",
    ),
    "staff.pin_wait": (
        "刚才输错过，请再等 {seconds} 秒。",
        "剛才曾輸錯，請再等 {seconds} 秒。",
        "It was wrong before. Wait another {seconds} s.",
    ),
    "staff.pin_not_compared": (
        "没能核对 PIN，请再输一次。",
        "未能核對 PIN，請再輸入一次。",
        "The PIN could not be compared. Enter it again.",
    ),
    "provision.pin_wrong": (
        "两次输入的不一样，或不是 6 到 12 位数字。请再运行一次。",
        "兩次輸入的不同，或不是 6 至 12 位數字。請再執行一次。",
        "The two differ, or are not 6 to 12 digits. Please run it again.",
    ),
    # --- what was done
    "staff.drain_begun": (
        "已开始送出，件数会在这里变少。",
        "已開始送出，件數會在此減少。",
        "Sending has begun; the counts here will fall.",
    ),
    "staff.letter_gone": (
        "这件退件已经不在了，列表已更新。",
        "這件退件已不在，列表已更新。",
        "This dead letter is gone; the list is new.",
    ),
    # --- the queue
    "staff.nothing_waits": ("没有等待送出的。", "沒有等待送出的。", "Nothing is waiting."),
    "staff.light_green": ("绿灯：没有逾期", "綠燈：沒有逾期", "Green: nothing is late"),
    "staff.light_yellow": ("黄灯：逾期 1 个工作日", "黃燈：逾期 1 個工作天", "Yellow: a working day late"),
    "staff.light_red": ("红灯：逾期 2 个工作日以上", "紅燈：逾期 2 個工作天以上", "Red: two working days late or more"),
    "staff.age": ("最早的一件", "最早的一件", "The oldest"),
    "staff.oldest": (
        "最早的一件已等 {days} 个工作日。",
        "最早的一件已等 {days} 個工作天。",
        "The oldest has waited {days} working days.",
    ),
    "staff.letter": ("第 {seq} 件 · {kind}", "第 {seq} 件 · {kind}", "No. {seq} · {kind}"),
    "staff.letter_since": (
        "{since} 存入，已试 {attempts} 次。{reason}",
        "{since} 存入，已試 {attempts} 次。{reason}",
        "Kept {since}, tried {attempts} times. {reason}",
    ),
    "staff.kind_consultation": ("咨询建言", "諮詢建言", "question or complaint"),
    "staff.kind_rating": ("评价", "評價", "rating"),
    "staff.kind_other": ("其他", "其他", "other"),
    # --- the store
    "staff.store": ("本机存储", "本機儲存", "The store"),
    "staff.holds": ("已用 {size} MiB，磁盘还有 {free}。", "已用 {size} MiB，磁碟尚餘 {free}。", "{size} MiB used, {free} free on the disk."),
    "staff.free_unknown": ("不详", "不詳", "an unknown amount"),
    "staff.sealed_tpm": ("密钥在安全芯片里。", "密鑰在安全晶片內。", "The key lies in the security chip."),
    "staff.sealed_credentials": ("密钥由 systemd 保管，比芯片弱。", "密鑰由 systemd 保管，比晶片弱。", "The key is with systemd: weaker than a chip."),
    "staff.sealed_file": ("密钥在文件里，最弱，请配安全芯片。", "密鑰在檔案內，最弱，請配安全晶片。", "The key lies in a file, the weakest way: fit a chip."),
    "staff.sealed_other": ("密钥的保管方式不详。", "密鑰的保管方式不詳。", "How the key is kept is not known."),
    "staff.salvaged": (
        "存储曾损坏：取回 {items} 件，{lost} 行读不出，请联系技术支持。",
        "儲存曾損壞：取回 {items} 件，{lost} 行讀不出，請聯絡技術支援。",
        "The store was damaged: {items} recovered, {lost} rows lost. Call support.",
    ),
    # --- the line
    "staff.line": ("与平台的连接", "與平台的連接", "The line to the platform"),
    "staff.line_closed": ("正常，随到随送。", "正常，隨到隨送。", "It works; all is sent at once."),
    "staff.line_open": ("断开，稍后自动再试。", "中斷，稍後自動再試。", "It is down and tried again by itself."),
    "staff.line_halfOpen": ("正在试连。", "正在試連。", "It is being tried."),
    "staff.line_refused": (
        "平台暂不接受本机（{code}），请查看登记和证书。",
        "平台暫不接受本機（{code}），請查看登記和證書。",
        "The platform does not accept this terminal ({code}): look at enrolment and certificate.",
    ),
    "staff.kinds_held": ("暂停送出：{kinds}。", "暫停送出：{kinds}。", "On hold: {kinds}."),
    "staff.answered": ("{ago}前有过应答。", "{ago}前有過回應。", "It last answered {ago} ago."),
    "staff.answered_now": ("刚刚有过应答。", "剛剛有過回應。", "It answered a moment ago."),
    "staff.never_answered": ("开机以来没有应答。", "開機以來沒有回應。", "It has not answered since the start."),
    "staff.clock_right": ("时钟准确。", "時鐘準確。", "The clock is right."),
    "staff.clock_slow": ("本机时钟慢 {seconds}。", "本機時鐘慢 {seconds}。", "This clock is {seconds} slow."),
    "staff.clock_fast": ("本机时钟快 {seconds}。", "本機時鐘快 {seconds}。", "This clock is {seconds} fast."),
    "staff.clock_unknown": ("还没有与平台对过时。", "尚未與平台對時。", "The clock was not compared yet."),
    "staff.seconds": ("{count} 秒", "{count} 秒", "{count} s"),
    "staff.minutes": ("{count} 分钟", "{count} 分鐘", "{count} min"),
    "staff.hours": ("{count} 小时", "{count} 小時", "{count} h"),
    # --- devices
    "staff.all_well": ("全部正常。", "全部正常。", "All of them work."),
    "staff.some_ill": ("{count} 个要看一看。", "{count} 個需要檢查。", "{count} to be looked at."),
    "staff.paper_out": ("缺纸，请加纸。", "缺紙，請加紙。", "It has no paper: add some."),
    "staff.paper_low": ("纸快用完，请备纸。", "紙張將盡，請備紙。", "Its paper is low: have some ready."),
    "staff.paper_jammed": ("卡纸，请打开取出。", "夾紙，請打開取出。", "Paper is jammed: open it and take it out."),
    "staff.cover_open": ("盖子开着，请盖好。", "機蓋未關，請關好。", "Its cover is open: close it."),
    "staff.toner_out": ("没有墨粉，请更换。", "沒有碳粉，請更換。", "It has no toner: change it."),
    "staff.toner_low": ("墨粉快用完，请备好。", "碳粉將盡，請備好。", "Its toner is low: have some ready."),
    # --- the code on a slip
    "slip_code.not_a_slip": (
        "这不是凭条上的码。请扫凭条最下面的方形码，或在下面输入编号。",
        "這不是憑條上的碼。請掃描憑條最下方的方形碼，或在下面輸入編號。",
        "This is not a slip's code. Scan the square code at the foot of the slip, or type the number below.",
    ),
    "slip_code.a_sheet": (
        "这是查询单上的码，不是凭条。请扫提交时打印的凭条，或在下面输入编号。",
        "這是查詢單上的碼，並非憑條。請掃描提交時列印的憑條，或在下面輸入編號。",
        "This code is a query sheet's. Scan the slip that you got when you handed in, or type its number below.",
    ),
    "slip_code.damaged": (
        "码有破损或被改过，读不出编号。请把凭条抹平再扫，或在下面输入编号。",
        "碼有破損或曾被改動，讀不出編號。請把憑條抹平再掃描，或在下面輸入編號。",
        "The code is damaged or was changed. Smooth the slip and scan again, or type the number below.",
    ),
    "slip_code.other_fleet": (
        "本机不认识打这张凭条的终端。请在下面输入凭条上的编号。",
        "本機不認識列印這張憑條的終端。請在下面輸入憑條上的編號。",
        "This terminal does not know the one that printed the slip. Type the slip's number below.",
    ),
    "slip_code.not_valid": (
        "打这张凭条的终端现在不作数。请在下面输入编号，或拿凭条到窗口。",
        "列印這張憑條的終端現時不獲承認。請在下面輸入編號，或攜憑條到窗口。",
        "The terminal that printed this slip is not recognised now. Type the number below, or take the slip to a counter.",
    ),
    "slip_code.not_judged": (
        "本机现在核对不了凭条上的码。请在下面输入编号。",
        "本機現時未能核對憑條上的碼。請在下面輸入編號。",
        "This terminal cannot check the code now. Type the number below.",
    ),
    # --- after a restart
    "submission.safe": (
        "您提交的内容已经存好，没有丢，不用再交一次。",
        "您提交的內容已存好，沒有遺失，無須再次提交。",
        "What you handed in is safe. You need not hand it in again.",
    ),
}  # fmt: skip
