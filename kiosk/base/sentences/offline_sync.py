"""What a person reads of sending what waits."""

SENTENCES: dict[str, tuple[str, str, str]] = {
    "sync.address": (
        "中心平台的地址要以 https:// 开头；http:// 只能用于本机。请改正配置里的地址。",
        "中心平台的地址要以 https:// 開頭；http:// 只能用於本機。請改正配置裡的地址。",
        "The platform's address must begin with https://; http:// is for this machine only. Please mend the address in the configuration.",
    ),
    "sync.certificates": (
        "终端证书、私钥或平台 CA 文件不能使用。请检查三个文件是否都是 PEM 格式并且可读。",
        "終端證書、私鑰或平台 CA 檔案不能使用。請檢查三個檔案是否都是 PEM 格式並且可讀。",
        "The terminal's certificate, its key or the platform's CA cannot be used. Please check that all three files are readable PEM.",
    ),
}
