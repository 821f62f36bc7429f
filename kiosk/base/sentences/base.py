"""Sentences that belong to no room in particular."""

SENTENCES: dict[str, tuple[str, str, str]] = {
    "general.something_failed": (
        "这一步没有完成，您的办理不受影响。请再试一次；若仍不成功，请到人工窗口，工作人员会帮助您。",
        "這一步沒有完成，您的辦理不受影響。請再試一次；若仍不成功，請到人工櫃檯，工作人員會協助您。",
        "This step was not completed; nothing you did is lost. Please try again, or ask at the staffed counter.",
    ),
}
