"""Sentences of the demo and of the journey."""

SENTENCES: dict[str, tuple[str, str, str]] = {
    "demo.part_failed": (
        "演示没有启动：{part} 启动后退出了。原因写在 {file} 的最后几行。",
        "示範未能啟動：{part} 啟動後退出了。原因寫在 {file} 的最後幾行。",
        "The demo did not start: {part} ended right after its start. The last lines of {file} say why.",
    ),
    "demo.production": (
        "这台机器是正式终端（{file}），不能演示。请在另一台机器上运行，或先停用正式配置。",
        "這部機器是正式終端（{file}），不能作示範。請在另一部機器上執行，或先停用正式設定。",
        "This machine is a production terminal ({file}): no demo here. Use another one, or take that file away first.",
    ),
}
