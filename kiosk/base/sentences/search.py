"""What a person reads on the search page."""

SENTENCES: dict[str, tuple[str, str, str]] = {
    "search.found": ("找到 {count} 条", "找到 {count} 條", "{count} found"),
    "search.found_more": (
        "先看前 {count} 条，多打几个字更准",
        "先看首 {count} 條，多打幾個字更準",
        "The first {count}; type more to find less",
    ),
    "search.badge.item": ("看指南", "看指南", "Guide"),
    "search.badge.policy": ("看政策", "看政策", "Policy"),
    "search.badge.place": ("看地名", "看地名", "Place"),
    "search.on_this_terminal": ("本机 · {body}", "本機 · {body}", "Here · {body}"),
    "search.not_here": (
        "这一项不在本机办，由{body}办理。下面是办事指南；要问可拨打 {phone}。",
        "這一項不在本機辦，由{body}辦理。下面是辦事指南；查詢可致電 {phone}。",
        "This is not done on this terminal but by {body}. Below is the guide; for questions call {phone}.",
    ),
    "search.staff_title": ("事项目录", "事項目錄", "Catalogue"),
    "search.staff_well": ("可以搜索，正常。", "可以搜尋，正常。", "Can be searched; all is well."),
    "search.part.text": ("正文", "正文", "Text"),
    "search.part.issued": ("发布", "發布", "Issued by"),
    "search.part.above": ("所属地区", "所屬地區", "Lies in"),
    "search.part.below": ("下辖", "下轄", "Places in it"),
    "search.part.code": ("区划代码", "區劃代碼", "Division code"),
    "search.part.phone": ("咨询电话", "查詢電話", "Telephone"),
}
