"""What a person reads of the store process and the command line for it."""

SENTENCES: dict[str, tuple[str, str, str]] = {
    "store.away": (
        "本机的离线存储还没有准备好，需要暂存的事项现在不能办。请稍等片刻，或到人工窗口办理。",
        "本機的離線儲存還沒有準備好，需要暫存的事項現在不能辦。請稍等片刻，或到人工櫃檯辦理。",
        "This terminal's offline store is not ready, so what has to be kept here cannot be done now. Please wait a moment, or go to the counter.",
    ),
    "store.slow": (
        "本机的离线存储没有及时回答。请再试一次；还不行，请到人工窗口办理，并告诉工作人员。",
        "本機的離線儲存沒有及時回答。請再試一次；還不行，請到人工櫃檯辦理，並告訴工作人員。",
        "This terminal's offline store did not answer in time. Please try once more; if it fails again, go to the counter and tell the staff.",
    ),
    "store.other_version": (
        "终端程序与离线存储的版本不一致（{theirs} 与 {ours}）。请技术人员把两者更新到同一版本并重新启动。",
        "終端程式與離線儲存的版本不一致（{theirs} 與 {ours}）。請技術人員把兩者更新到同一版本並重新啟動。",
        "The program and the offline store are of different versions ({theirs} and {ours}). A technician should bring both to the same version and start them again.",
    ),
    "store.request_too_large": (
        "这份申请太大，本机不能暂存。请减少内容或附件，或到人工窗口办理。",
        "這份申請太大，本機不能暫存。請減少內容或附件，或到人工櫃檯辦理。",
        "This submission is too large to be kept here. Please shorten it or leave out an attachment, or go to the counter.",
    ),
    "store.not_offered": (
        "这台终端的离线存储没有这项功能。请技术人员检查程序版本。",
        "這台終端的離線儲存沒有這項功能。請技術人員檢查程式版本。",
        "This terminal's offline store does not offer this. A technician should check the program's version.",
    ),
}
