"""Words about the paper of a plain query."""

SENTENCES: dict[str, tuple[str, str, str]] = {
    "documents.text_too_long": (
        "有一项内容太长，一页纸排不下，没有打印，请到窗口办理",
        "有一項內容太長，一頁紙未能容納，未有列印，請到櫃位辦理",
        "One of the texts is too long for a page, so nothing was printed. Please ask at a counter.",
    ),
    # Checking one.
    "attestation.figure_data_day": ("数据日期", "資料日期", "Data of"),
    "attestation.differs_data_day": (
        "数据日期不同：签名 {signed}，单据 {paper}",
        "資料日期不同：簽署 {signed}，文件 {paper}",
        "Day of the data: {signed} signed, {paper} on the paper.",
    ),
}
