"""Sentences of the demo and of the journey."""

SENTENCES: dict[str, tuple[str, str, str]] = {
    "demo.panel_is_open": (
        "演示已启动：一个窗口是终端，另一个是控制台。",
        "示範已啟動：一個視窗是終端機，另一個是控制台。",
        "The demo runs: one window is the terminal, the other its control panel.",
    ),
    "demo.panel_to_open": (
        "演示已启动，没有打开控制台；要打开，请另开一个命令行，运行 {command}",
        "示範已啟動，沒有開啟控制台；要開啟，請另開一個命令列，執行 {command}",
        "The demo runs without its control panel; to open it, run in another shell: {command}",
    ),
    "demo.how_to_visit": (
        "在终端上选“住房公积金查询”，要证件时在控制台点“居民身份证”。服务密码是 246810；短信验证码显示在控制台里。",
        "在終端機上選「住房公積金查詢」，要證件時在控制台按「居民身份證」。服務密碼是 246810；短訊驗證碼顯示在控制台內。",
        "Choose 住房公积金查询; when asked for a card, click 居民身份证 in the panel. Password: 246810; a one-time code shows there.",
    ),
    "demo.how_to_end": (
        "结束：关闭终端窗口，或在这里按 Ctrl-C。日志在 {folder}",
        "結束：關閉終端機視窗，或在這裏按 Ctrl-C。日誌在 {folder}",
        "To end: close the terminal's window, or press Ctrl-C here. The log is in {folder}",
    ),
    "demo.part_failed": (
        "演示没有启动：{part} 启动后退出了。原因写在 {file} 的最后几行。",
        "示範未能啟動：{part} 啟動後退出了。原因寫在 {file} 的最後幾行。",
        "The demo did not start: {part} ended right after its start. The last lines of {file} say why.",
    ),
    "demo.part_silent": (
        "演示没有启动：{part} 在 {seconds} 秒内没有就绪。这台机器可能太忙，请稍后再试；原因也许写在 {file} 里。",
        "示範未能啟動：{part} 在 {seconds} 秒內未有就緒。這部機器可能太忙，請稍後再試；原因或會寫在 {file} 內。",
        "The demo did not start: {part} was not ready in {seconds} s. The machine may be too busy; {file} may say more.",
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
    # --- what this machine cannot run; the hall goes on without
    "hall.pcscd_not_installed": (
        "大厅里没有智能卡读卡器：这台机器没有安装 pcscd 和 vsmartcard-vpcd。安装这两个软件包后重新启动演示。",
        "大廳內沒有智能卡讀卡器：這部機器沒有安裝 pcscd 和 vsmartcard-vpcd。安裝這兩個套件後重新啟動示範。",
        "The hall has no smart-card reader: pcscd and vsmartcard-vpcd are not installed here. Install both, then start the demo again.",
    ),
    "hall.pcscd_needs_root": (
        "大厅里没有智能卡读卡器：读卡器服务 pcscd 要用 root 启动。用 root 运行演示就有了。",
        "大廳內沒有智能卡讀卡器：讀卡器服務 pcscd 須以 root 啟動。以 root 執行示範便有。",
        "The hall has no smart-card reader: its service pcscd wants root. Run the demo as root to have it.",
    ),
    "hall.pcscd_taken": (
        "大厅里没有智能卡读卡器：这台机器上已经有一个 pcscd 在运行，一台机器只能有一个。先停止它（systemctl stop pcscd.socket pcscd），再启动演示。",
        "大廳內沒有智能卡讀卡器：這部機器已有一個 pcscd 在執行，一部機器只能有一個。請先停止它（systemctl stop pcscd.socket pcscd），再啟動示範。",
        "The hall has no smart-card reader: a pcscd runs here already. Stop it (systemctl stop pcscd.socket pcscd), then start again.",
    ),
    "hall.pcscd_without_reader": (
        "大厅里没有智能卡读卡器：pcscd 启动了，却没有虚拟读卡器。请看看端口 {port} 是不是被别的程序占用了。",
        "大廳內沒有智能卡讀卡器：pcscd 已啟動，卻沒有虛擬讀卡器。請檢查連接埠 {port} 是否被其他程式佔用。",
        "The hall has no smart-card reader: pcscd came up without its virtual reader. See whether another program has port {port}.",
    ),
    "hall.nut_not_installed": (
        "大厅里没有不间断电源：这台机器没有安装 nut-server。安装后重新启动演示。",
        "大廳內沒有不斷電電源：這部機器沒有安裝 nut-server。安裝後重新啟動示範。",
        "The hall has no power supply: nut-server is not installed here. Install it, then start the demo again.",
    ),
    "hall.aplay_not_installed": (
        "大厅里没有声音：这台机器没有安装 alsa-utils。安装后重新启动演示。",
        "大廳內沒有聲音：這部機器沒有安裝 alsa-utils。安裝後重新啟動示範。",
        "The hall has no sound: alsa-utils is not installed here. Install it, then start the demo again.",
    ),
    # --- scenes
    "scene.done": (
        "场景“{name}”演完了。恢复正常：python main.py panel run {name} --mend",
        "場景「{name}」演完了。恢復正常：python main.py panel run {name} --mend",
        "The scene {name} is over. To make everything whole again: python main.py panel run {name} --mend",
    ),
    "scene.unknown": (
        "没有“{name}”这个场景，也没有这个文件 → 请从这些里选一个：{known}。",
        "沒有「{name}」這個場景，也沒有這個檔案 → 請從這些裡選一個：{known}。",
        "there is no scene and no file {name} → choose one of: {known}.",
    ),
    "scene.mended": (
        "场景“{name}”弄坏的都恢复了。",
        "場景「{name}」弄壞的都恢復了。",
        "What the scene {name} broke is whole again.",
    ),
    "scene.hall_gone": (
        "演示中途结束了，场景没有演完。请重新启动演示再试。",
        "示範中途結束了，場景沒有演完。請重新啟動示範再試。",
        "The demo ended in the middle of the scene. Start it again and repeat.",
    ),
    "scene.not_steps": (
        "{key} 要写成一列步骤，每步前面一个“-”。",
        "{key} 要寫成一列步驟，每步前面一個「-」。",
        "{key} wants a list of steps, each behind a dash.",
    ),
    "scene.step_kind": (
        "这一步看不懂 → 写成 {{emulator: 名称, do: 动作}}，或 wait_for: {{emulator: 名称, state: 状态, value: 值, within_s: 秒}}。",
        "這一步看不懂 → 寫成 {{emulator: 名稱, do: 動作}}，或 wait_for: {{emulator: 名稱, state: 狀態, value: 值, within_s: 秒}}。",
        "this is no step → write {{emulator: name, do: action}}, or wait_for: {{emulator: name, state: key, value: value, within_s: seconds}}.",
    ),
    "scene.no_emulator": (
        "大厅里没有 {emulator} → 请从这些里选一个：{known}。",
        "大廳內沒有 {emulator} → 請從這些裡選一個：{known}。",
        "the hall has no {emulator} → choose one of: {known}.",
    ),
    "scene.missing_here": (
        "这台机器上演不了 {emulator} → 演示启动时说明了原因，照做后重新启动演示。",
        "這部機器演不了 {emulator} → 示範啟動時說明了原因，照做後重新啟動示範。",
        "this machine cannot run {emulator} → the demo said why at its start; mend that and start it again.",
    ),
    "scene.no_action": (
        "{emulator} 没有 {action} 这个动作 → 请从这些里选一个：{known}。",
        "{emulator} 沒有 {action} 這個動作 → 請從這些裡選一個：{known}。",
        "{emulator} has no action {action} → choose one of: {known}.",
    ),
    "scene.no_state": (
        "{emulator} 没有 {word} 这个状态 → 请从这些里选一个：{known}。",
        "{emulator} 沒有 {word} 這個狀態 → 請從這些裡選一個：{known}。",
        "{emulator} has no state {word} → choose one of: {known}.",
    ),
    "scene.refused": (
        "{emulator} 没有照做：{reason}",
        "{emulator} 沒有照做：{reason}",
        "{emulator} did not do it: {reason}",
    ),
    "scene.waited": (
        "等了 {seconds} 秒，{emulator} 的 {word} 还是 {found} → 请在终端上走到会用到这台设备的一步，再演一次。",
        "等了 {seconds} 秒，{emulator} 的 {word} 仍是 {found} → 請在終端機上走到會用到這部裝置的一步，再演一次。",
        "after {seconds} s {word} of {emulator} is still {found} → at the terminal, go to a step that uses this device, then play it again.",
    ),
}
