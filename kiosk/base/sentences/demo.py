"""Sentences of the demo and of the journey."""

SENTENCES: dict[str, tuple[str, str, str]] = {
    "demo.part_failed": (
        "演示没有启动：{part} 启动后退出了。原因写在 {file} 的最后几行。",
        "示範未能啟動：{part} 啟動後退出了。原因寫在 {file} 的最後幾行。",
        "The demo did not start: {part} ended right after its start. The last lines of {file} say why.",
    ),
    "demo.part_silent": (
        "演示没有启动：{part} 在 {seconds} 秒内没有就绪。这台机器可能太忙，请稍后再试；原因也许写在 {file} 里。",
        "示範未能啟動：{part} 在 {seconds} 秒內未有就緒。這部機器可能太忙，請稍後再試；原因或會寫在 {file} 內。",
        "The demo did not start: {part} was not ready within {seconds} s. The machine may be too busy: try again later; "
        "{file} may say more.",
    ),
    "demo.running": (
        "文件夹 {folder} 里已经有一个演示在运行。请先结束它，或用 --directory 另选一个文件夹。",
        "資料夾 {folder} 內已有一個示範正在執行。請先結束它，或以 --directory 另選資料夾。",
        "Another demo runs in {folder}. End it first, or choose another folder with --directory.",
    ),
    "demo.production": (
        "这台机器是正式终端（{file}），不能演示。请在另一台机器上运行，或先停用正式配置。",
        "這部機器是正式終端（{file}），不能作示範。請在另一部機器上執行，或先停用正式設定。",
        "This machine is a production terminal ({file}): no demo here. Use another one, or take that file away first.",
    ),
}
