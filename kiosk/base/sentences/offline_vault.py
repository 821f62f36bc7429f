"""What a technician reads of the key vault, the attachments and the journal."""

SENTENCES: dict[str, tuple[str, str, str]] = {
    # how strongly the key is kept
    "vault.strength_tpm": (
        "密钥由安全芯片（TPM 2.0）保管。",
        "密鑰由安全晶片（TPM 2.0）保管。",
        "The key is kept by the security chip (TPM 2.0).",
    ),
    "vault.strength_credentials": (
        "密钥由 systemd 用本机密钥加密保管，比安全芯片弱：整块硬盘被拿走时能被打开。请尽量配备 TPM 2.0。",
        "密鑰由 systemd 用本機密鑰加密保管，比安全晶片弱：整塊硬碟被拿走時能被打開。請盡量配備 TPM 2.0。",
        (
            "The key is encrypted by systemd with this machine's key, which is weaker than a chip: with the whole disk taken away it "
            "can be opened. Fit a TPM 2.0 if possible."
        ),
    ),
    "vault.strength_file": (
        "密钥存在一个权限为 0600 的文件里，是最弱的方式。请启用 TPM 2.0，或用 systemd 凭据。",
        "密鑰存在一個權限為 0600 的檔案裡，是最弱的方式。請啟用 TPM 2.0，或用 systemd 憑證。",
        "The key lies in a file of mode 0600, the weakest way. Turn on a TPM 2.0, or use systemd's credentials.",
    ),
    # its choice in the configuration
    "config.not_a_list": (
        "{key} 要写成方括号里的一列 → 例如 {key}: [7]",
        "{key} 要寫成方括號裡的一列 → 例如 {key}: [7]",
        "{key} must be a list in brackets → for example {key}: [7]",
    ),
    "config.listed_twice": (
        "{key} 里 {value} 写了两次 → 删去一个",
        "{key} 裡 {value} 寫了兩次 → 刪去一個",
        "{key} names {value} twice → remove one of them",
    ),
    "config.vault_pcrs_without_tpm": (
        "{key} 只对安全芯片有效 → 写 kind: tpm，或删去 pcrs",
        "{key} 只對安全晶片有效 → 寫 kind: tpm，或刪去 pcrs",
        "{key} means something to a security chip only → write kind: tpm, or remove pcrs",
    ),
    "config.vault_pcr_resettable": (
        "{key} 里的 {value} 任何程序都能清零，绑定它没有作用 → 改用 0 到 15，常用 7（安全启动）",
        "{key} 裡的 {value} 任何程式都能清零，綁定它沒有作用 → 改用 0 到 15，常用 7（安全啟動）",
        "{key}: any program can reset {value}, so binding to it protects nothing → use 0 to 15, usually 7 (secure boot)",
    ),
    # how it is kept and why not otherwise
    "vault.bound_to": (
        "只在机器的启动状态不变时交出密钥（PCR {pcrs}）。更新固件前请先把 offline.vault.pcrs 改为 []，启动一次。",
        "只在機器的啟動狀態不變時交出密鑰（PCR {pcrs}）。更新韌體前請先把 offline.vault.pcrs 改為 []，啟動一次。",
        (
            "It is given out only while the machine starts as it did (PCR {pcrs}). Before an update of the firmware write "
            "offline.vault.pcrs: [] and start once."
        ),
    ),
    "vault.not_as_chosen": (
        "密钥没有按配置（offline.vault.kind）保管：那种方式现在用不了。请检查安全芯片或 systemd，再重新启动终端。",
        "密鑰沒有按配置（offline.vault.kind）保管：那種方式現在用不了。請檢查安全晶片或 systemd，再重新啟動終端。",
        (
            "The key is not kept as the configuration says (offline.vault.kind): that way cannot be used now. Check the security chip "
            "or systemd, then start the terminal again."
        ),
    ),
    "vault.way_works": ("可用：{way}", "可用：{way}", "It works: {way}"),
    "vault.way_broken": ("不能用：{reason}", "不能用：{reason}", "It does not work: {reason}"),
    "vault.way_absent_tpm": (
        "本机没有安全芯片（{address}），或没有权限使用它。",
        "本機沒有安全晶片（{address}），或沒有權限使用它。",
        "This machine has no security chip ({address}), or it may not be used.",
    ),
    "vault.way_absent_credentials": (
        "systemd 没有给出凭据，本命令也不是由 root 运行的。",
        "systemd 沒有給出憑證，本命令也不是由 root 執行的。",
        "systemd gives no credential, and this command is not run by root.",
    ),
    # why the vault is closed, and what to do
    "vault.tpm_missing": (
        "找不到安全芯片（{address}）。请在 BIOS 中启用 TPM，检查设备权限，再启动终端。暂存的申请都在，没有丢失。",
        "找不到安全晶片（{address}）。請在 BIOS 中啟用 TPM，檢查裝置權限，再啟動終端。暫存的申請都在，沒有遺失。",
        (
            "The security chip ({address}) cannot be reached. Turn the TPM on in the BIOS, check the device's permissions, and start "
            "the terminal again. All submissions are still here."
        ),
    ),
    "vault.tpm_refused": (
        "安全芯片没有给出密钥（代码 {code}）。请记下代码，重启机器；还不行，请联系制造商。暂存的申请都在，没有丢失。",
        "安全晶片沒有給出密鑰（代碼 {code}）。請記下代碼，重啟機器；還不行，請聯絡製造商。暫存的申請都在，沒有遺失。",
        (
            "The security chip did not give out the key (code {code}). Note the code and restart the machine; if that does not help, "
            "call the manufacturer. All submissions are still here."
        ),
    ),
    "vault.tpm_other_chip": (
        "密钥是由另一块安全芯片封存的，或芯片被清除过。请装回原来的主板；做不到时，请先保存存储文件夹，再联系制造商。",
        "密鑰是由另一塊安全晶片封存的，或晶片被清除過。請裝回原來的主機板；做不到時，請先保存儲存資料夾，再聯絡製造商。",
        (
            "The key was sealed by another security chip, or this one was cleared. Put the former board back; if that cannot be done, "
            "save the store's folder first, then call the manufacturer."
        ),
    ),
    "vault.tpm_other_state": (
        "机器的启动状态和封存密钥时不同（固件或启动设置变了，代码 {code}）。请恢复原来的固件和启动设置，再启动终端。",
        "機器的啟動狀態和封存密鑰時不同（韌體或啟動設定變了，代碼 {code}）。請恢復原來的韌體和啟動設定，再啟動終端。",
        (
            "The machine did not start as it did when the key was sealed: firmware or boot settings changed (code {code}). Restore them "
            "and start the terminal again."
        ),
    ),
    "vault.credentials_failed": (
        "systemd-creds 没有解开密钥。请检查 /var/lib/systemd/credential.secret 还在，终端的存储进程以 root 运行，再启动终端。",
        "systemd-creds 沒有解開密鑰。請檢查 /var/lib/systemd/credential.secret 還在，終端的儲存行程以 root 執行，再啟動終端。",
        (
            "systemd-creds did not open the key. Check that /var/lib/systemd/credential.secret is there and that the store's process "
            "runs as root, then start the terminal again."
        ),
    ),
    "vault.credential_not_given": (
        "systemd 没有把凭据 budayang-vault 交给存储进程，或交来的不是原来那一份。请检查服务单元的 LoadCredentialEncrypted= 和凭据文件，再启动终端。",
        "systemd 沒有把憑證 budayang-vault 交給儲存行程，或交來的不是原來那一份。請檢查服務單元的 LoadCredentialEncrypted= 和憑證檔案，再啟動終端。",
        (
            "systemd did not give the credential budayang-vault to the store's process, or gave another one. Check "
            "LoadCredentialEncrypted= of the unit and the credential's file, then start the terminal again."
        ),
    ),
    "vault.file_missing": (
        "密钥库文件不见了，而存储里有用它加密的申请。请从备份找回 vault.json 放回原处；找到之前不要删除存储。",
        "密鑰庫檔案不見了，而儲存裡有用它加密的申請。請從備份找回 vault.json 放回原處；找到之前不要刪除儲存。",
        (
            "The vault's file is gone, but the store holds submissions sealed with it. Put vault.json back from a backup; do not delete "
            "the store before."
        ),
    ),
    "vault.file_damaged": (
        "密钥库文件损坏。请从备份找回 vault.json 放回原处；找到之前不要删除存储。",
        "密鑰庫檔案損壞。請從備份找回 vault.json 放回原處；找到之前不要刪除儲存。",
        "The vault's file is damaged. Put vault.json back from a backup; do not delete the store before.",
    ),
    "vault.other_vault": (
        "存储是用另一个密钥库加密的。请把属于这个存储的 vault.json 放回原处；找到之前不要删除存储。",
        "儲存是用另一個密鑰庫加密的。請把屬於這個儲存的 vault.json 放回原處；找到之前不要刪除儲存。",
        "The store was sealed with another vault. Put the vault.json that belongs to it back; do not delete the store before.",
    ),
    "vault.newer": (
        "密钥库由更新版本的程序建立，本版本不会改动它。请安装新版本。",
        "密鑰庫由更新版本的程式建立，本版本不會改動它。請安裝新版本。",
        "The vault was made by a newer version and was left untouched. Please install the newer version.",
    ),
    "vault.not_kept": (
        "没有任何方式能保管密钥。请检查 TPM、systemd-creds 和存储文件夹的权限，再启动终端。",
        "沒有任何方式能保管密鑰。請檢查 TPM、systemd-creds 和儲存資料夾的權限，再啟動終端。",
        "There is no way to keep the key. Check the TPM, systemd-creds and the permissions of the store's folder, then start again.",
    ),
    "vault.disk": (
        "密钥库文件不能读写。请检查磁盘和文件夹权限，再启动终端。",
        "密鑰庫檔案不能讀寫。請檢查磁碟和資料夾權限，再啟動終端。",
        "The vault's file cannot be read or written. Check the disk and the folder's permissions, then start again.",
    ),
    # attachments
    "offline.attachment_type": (
        "这种文件不能作为附件。请提交 PDF、JPEG 或 PNG 文件。",
        "這種檔案不能作為附件。請提交 PDF、JPEG 或 PNG 檔案。",
        "A file of this kind cannot be attached. Please hand in a PDF, JPEG or PNG file.",
    ),
    "offline.attachment_too_large": (
        "这份材料太大，或这次办理的材料太多。请减少页数，或到人工窗口办理。",
        "這份材料太大，或這次辦理的材料太多。請減少頁數，或到人工窗口辦理。",
        "This paper is too large, or there are too many for one visit. Please scan fewer pages, or go to the counter.",
    ),
    "offline.attachment_damaged": (
        "一个附件已损坏，不能打开。它被保留，没有删除。请联系技术人员。",
        "一個附件已損壞，不能打開。它被保留，沒有刪除。請聯絡技術人員。",
        "An attachment is damaged and cannot be opened. It was kept, not deleted. Please call a technician.",
    ),
    # journal
    "rewriter.not_recovered": (
        "签注机正在检查上次是否留有证件，请稍候。",
        "簽注機正在檢查上次是否留有證件，請稍候。",
        "The permit machine is checking whether a card is inside from before. Please wait a moment.",
    ),
    "journal.step_open": (
        "这件业务的上一步还没有结束。请先处理完上一步。",
        "這件業務的上一步還沒有結束。請先處理完上一步。",
        "The last step of this case has not ended. Finish it first.",
    ),
    "journal.no_such_case": (
        "没有找到这件业务的记录，或它已经结束。请联系工作人员。",
        "沒有找到這件業務的記錄，或它已經結束。請聯絡工作人員。",
        "There is no record of this case, or it has ended. Please call the staff.",
    ),
}
