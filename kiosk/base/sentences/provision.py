"""What `provision init` says to the technician."""

SENTENCES: dict[str, tuple[str, str, str]] = {
    "provision.answer_missing": (
        "缺少 {option}（{question}） → 请加上，例如 {option} {example}。",
        "缺少 {option}（{question}） → 請加上，例如 {option} {example}。",
        "{option} is missing ({question}) → add it, e.g. {option} {example}.",
    ),
    "provision.not_a_number": (
        "{option} 写成“{value}” → 请填毫米数，例如 {option} 336。",
        "{option} 寫成「{value}」 → 請填毫米數，例如 {option} 336。",
        "{option} is “{value}” → give millimetres, e.g. {option} 336.",
    ),
    "provision.cannot_write": (
        "{folder} 写不进去（{reason}） → 请检查目录权限和磁盘空间，或用 --dir 换一个目录。",
        "{folder} 寫不進去（{reason}） → 請檢查目錄權限和磁碟空間，或用 --dir 換一個目錄。",
        "{folder} cannot be written ({reason}) → check its permissions and the disk, or name another with --dir.",
    ),
    "provision.key_unusable": (
        "{file} 不是可用的 Ed25519 私钥，没有改动它 → 请从备份恢复；确实要换新密钥时，先把它移走，再运行一次，并把新公钥报给平台管理员。",
        "{file} 不是可用的 Ed25519 私鑰，沒有改動它 → 請從備份恢復；確實要換新密鑰時，先把它移走，再執行一次，並把新公鑰報給平台管理員。",
        (
            "{file} holds no usable Ed25519 private key and was left as it is → restore it from a copy; for a new key move it away, "
            "run this again and give the new public key to the platform's operator."
        ),
    ),
    "provision.refused": (
        "{count} 处需要改正，没有生成任何文件 → 请改正上面的选项后再运行。",
        "{count} 處需要改正，沒有產生任何檔案 → 請改正上面的選項後再執行。",
        "{count} correction(s) needed, no file was made → mend the options above and run it again.",
    ),
    "provision.made": ("已生成：", "已產生：", "Made:"),
    "provision.nothing_to_do": (
        "都已齐备，没有改动任何文件。",
        "都已齊備，沒有改動任何檔案。",
        "All was there already; nothing was changed.",
    ),
    "provision.next": (
        "下一步：向平台管理员申请 tls/ 下的证书和 keys/key-list.json，核对 {config}，然后运行 python main.py --config {config}",
        "下一步：向平台管理員申請 tls/ 下的證書和 keys/key-list.json，核對 {config}，然後執行 python main.py --config {config}",
        "Next: get certificates (tls/) and keys/key-list.json from the platform, check {config}, run python main.py --config {config}",
    ),
    "provision.next_demo": (
        "下一步：运行 python main.py --profile demo --directory {folder}",
        "下一步：執行 python main.py --profile demo --directory {folder}",
        "Next: run python main.py --profile demo --directory {folder}",
    ),
}
