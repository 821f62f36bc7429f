"""What a person reads of the reference: catalogue, guides, policies, place names."""

SENTENCES: dict[str, tuple[str, str, str]] = {
    "reference.none": (
        "本机还没有事项目录。可以办理首页上的事项，其他事项请到人工窗口询问。",
        "本機還沒有事項目錄。可以辦理首頁上的事項，其他事項請到人工窗口查詢。",
        "This terminal has no catalogue yet. The items on the home page work; for others please ask at the counter.",
    ),
    "reference.damaged": (
        "本机的事项目录已损坏，会自动重新下载。现在请到人工窗口询问。",
        "本機的事項目錄已損壞，會自動重新下載。現在請到人工窗口查詢。",
        "The catalogue of this terminal is damaged and will be loaded again. For now please ask at the counter.",
    ),
    "reference.expired": (
        "本机的事项目录是 {date} 的，已过有效期，不再显示。请到人工窗口询问，或等网络恢复后再查。",
        "本機的事項目錄是 {date} 的，已過有效期，不再顯示。請到人工窗口查詢，或等網絡恢復後再查。",
        "The catalogue here is of {date}, too old to be shown. Please ask at the counter, or look again when the network is back.",
    ),
    "reference.gone": (
        "目录刚刚更新，这一条已经没有了。请再查一次，或到人工窗口询问。",
        "目錄剛剛更新，這一條已經沒有了。請再查一次，或到人工窗口查詢。",
        "The catalogue has just been renewed and no longer has this. Please look again, or ask at the counter.",
    ),
    "reference.old": (
        "以下内容截至 {date}，可能有变化。办理前请再核对。",
        "以下內容截至 {date}，可能有變化。辦理前請再核對。",
        "This is the state of {date} and may have changed. Please check before you apply.",
    ),
    # bringing in a new version: staff and technicians
    "reference.manifest_unreadable": (
        "目录包的清单读不出，没有使用。请检查平台发布的文件。",
        "目錄包的清單讀不出，沒有使用。請檢查平台發布的檔案。",
        "The bundle's manifest cannot be read and was not used. Check what the platform publishes.",
    ),
    "reference.manifest_forged": (
        "目录包的签名不是发布者的，没有使用。请检查发布密钥和下载来源。",
        "目錄包的簽名不是發布者的，沒有使用。請檢查發布密鑰和下載來源。",
        "The bundle is not signed by the publisher and was not used. Check the publisher's key and where it was loaded from.",
    ),
    "reference.newer_format": (
        "目录包的格式比本程序新，没有使用。请先升级终端程序。",
        "目錄包的格式比本程式新，沒有使用。請先升級終端程式。",
        "The bundle's format is newer than this program, so it was not used. Update the terminal's program first.",
    ),
    "reference.rolled_back": (
        "本机的目录被换成了旧版本，没有使用。它会自动重新下载。",
        "本機的目錄被換成了舊版本，沒有使用。它會自動重新下載。",
        "An older catalogue was put in place of the newer one and is not used. It will be loaded again.",
    ),
    "reference.older": (
        "平台给出的目录比本机用过的旧，没有使用。请检查平台发布的版本。",
        "平台給出的目錄比本機用過的舊，沒有使用。請檢查平台發布的版本。",
        "The catalogue offered is older than one that was here before, so it was not used. Check the version that is published.",
    ),
    "reference.offer_expired": (
        "平台给出的目录已过有效期，没有使用。请在平台发布新版本，并核对本机时间。",
        "平台給出的目錄已過有效期，沒有使用。請在平台發布新版本，並核對本機時間。",
        "The catalogue offered is past its validity and was not used. Publish a new version, and check this machine's clock.",
    ),
    "reference.file_wrong": (
        "下载的目录文件与清单不符，没有使用，会重新下载。",
        "下載的目錄檔案與清單不符，沒有使用，會重新下載。",
        "The file that came is not the one in the manifest. It was not used and will be loaded again.",
    ),
    "reference.source_silent": (
        "目录没有下载完，现在用的版本不变。网络恢复后会接着下载。",
        "目錄沒有下載完，現在用的版本不變。網絡恢復後會接著下載。",
        "The catalogue was not loaded to its end; the present version stays. Loading goes on once the network is back.",
    ),
    "reference.disk": (
        "目录写不进磁盘，现在用的版本不变。请检查磁盘空间和文件夹权限。",
        "目錄寫不進磁碟，現在用的版本不變。請檢查磁碟空間和資料夾權限。",
        "The catalogue could not be written; the present version stays. Check the disk's space and the folder's permissions.",
    ),
    "reference.being_updated": (
        "目录正在更新，请稍后再看。",
        "目錄正在更新，請稍後再看。",
        "The catalogue is being updated already. Please look again in a while.",
    ),
    "reference.update_failed": (
        "更新程序没有完成，现在用的版本不变。请在本机运行 python main.py reference update 查看原因。",
        "更新程式沒有完成，現在用的版本不變。請在本機執行 python main.py reference update 查看原因。",
        "The update did not come to its end; the present version stays. Run python main.py reference update here to see why.",
    ),
    # the command
    "reference.published": (
        "已发布第 {version} 版：{entries} 条，{size} MB，用时 {seconds} 秒。",
        "已發布第 {version} 版：{entries} 條，{size} MB，用時 {seconds} 秒。",
        "Published version {version}: {entries} entries, {size} MB, in {seconds} s.",
    ),
    "reference.is_sound": (
        "第 {version} 版完好：内容、签名、有效期都对。数据日期 {date}。",
        "第 {version} 版完好：內容、簽名、有效期都對。資料日期 {date}。",
        "Version {version} is sound: content, signature and validity are right. Data of {date}.",
    ),
    "reference.not_configured": (
        "{file} 里没有 reference 一段：首页没有搜索。要用搜索，请写上 reference 和 terminal.region，见配置文件里的说明。",
        "{file} 裡沒有 reference 一段：首頁沒有搜尋。要用搜尋，請寫上 reference 和 terminal.region，見設定檔裡的說明。",
        "{file} has no section reference: the home page has no search. To have one give reference and terminal.region as the file explains.",
    ),
    "reference.region_unknown": (
        "目录里没有区划 {region}：搜索时本地的事项不会排在前面。请核对配置里的 terminal.region。",
        "目錄裡沒有區劃 {region}：搜尋時本地的事項不會排在前面。請核對設定裡的 terminal.region。",
        "The catalogue does not know the region {region}: what is offered here is not found first. Check terminal.region.",
    ),
    "reference.verify_what": (
        "请写明检查哪里：--config 配置文件，或者目录文件夹和 --key。",
        "請寫明檢查哪裡：--config 設定檔，或者目錄資料夾和 --key。",
        "Say what to check: --config FILE, or the folder and --key.",
    ),
    "reference.updated": (
        "现在是第 {version} 版，下载了 {size} kB。",
        "現在是第 {version} 版，下載了 {size} kB。",
        "Now at version {version}; {size} kB were loaded.",
    ),
    "reference.found": (
        "找到 {count} 条，用时 {milliseconds} 毫秒。",
        "找到 {count} 條，用時 {milliseconds} 毫秒。",
        "{count} found in {milliseconds} ms.",
    ),
    "reference.key_unreadable": (
        "读不出密钥文件 {file}。需要 Ed25519 密钥（PEM）。",
        "讀不出密鑰檔案 {file}。需要 Ed25519 密鑰（PEM）。",
        "The key file {file} cannot be read. An Ed25519 key (PEM) is needed.",
    ),
    "reference.row_unreadable": (
        "这一行读不出：{reason}",
        "這一行讀不出：{reason}",
        "This line cannot be read: {reason}",
    ),
    "reference.row_twice": (
        "{code} 已经在前面出现过。每个编码只能有一行。",
        "{code} 已經在前面出現過。每個編碼只能有一行。",
        "{code} was there before. Each code may have one line.",
    ),
    "reference.row_nameless": (
        "名称里没有字。请填写名称。",
        "名稱裡沒有字。請填寫名稱。",
        "The name holds no letter. Give it a name.",
    ),
    "reference.row_code": (
        "编码长度不对：实施编码 31 位、基本编码 12 位、业务办理项编码 33 位或空；层级 1 到 6，热度 0 到 3。",
        "編碼長度不對：實施編碼 31 位、基本編碼 12 位、業務辦理項編碼 33 位或空；層級 1 到 6，熱度 0 到 3。",
        "Codes have 31, 12 and 33 characters (the last may be empty); level is 1 to 6, hot 0 to 3.",
    ),
    "reference.not_published": (
        "没有发布：先改正上面 {count} 处。",
        "沒有發布：先改正上面 {count} 處。",
        "Not published: mend the {count} places above first.",
    ),
    "reference.no_items": (
        "文件夹里没有事项（items.jsonl）。",
        "資料夾裡沒有事項（items.jsonl）。",
        "The folder holds no items (items.jsonl).",
    ),
}
