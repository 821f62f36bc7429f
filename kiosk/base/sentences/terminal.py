"""Sentences of the terminal's own start; read by technicians."""

SENTENCES: dict[str, tuple[str, str, str]] = {
    "terminal.state_dir_unusable": (
        "状态文件夹 {folder} 不能使用。请检查它的路径、所有者和剩余空间，改好后再启动。",
        "狀態資料夾 {folder} 不能使用。請檢查它的路徑、擁有者和剩餘空間，改好後再啟動。",
        "The state folder {folder} cannot be used. Check its path, its owner and the free space, then start again.",
    ),
}
