"""What people read about travel documents, social-security cards and their reader."""

SENTENCES: dict[str, tuple[str, str, str]] = {
    # The document.
    "smart_card.none_laid": (
        "没有读到证件。请把证件放在读卡器上，再试一次",
        "未讀到證件。請把證件放在讀卡器上，再試一次",
        "No document was read. Please put it on the reader and try again.",
    ),
    "smart_card.removed": (
        "还没读完，证件就拿开了。请重新放好，读完再拿",
        "尚未讀完，證件已移開。請重新放好，讀完再取走",
        "The document was taken away before it was read. Please put it back and wait.",
    ),
    "smart_card.read_failed": (
        "证件的芯片没有读出来。请拿起来重新放好，读完前不要移动",
        "證件的晶片未能讀出。請拿起重新放好，讀完前請勿移動",
        "The chip could not be read. Please lift the document, put it back and do not move it.",
    ),
    "smart_card.mute": (
        "证件的芯片没有回答。请拿起来重新放好；还是不行，请到窗口办理",
        "證件的晶片沒有回應。請拿起重新放好；仍不成功，請到窗口辦理",
        "The chip does not answer. Please lift the document and put it back, or go to a counter.",
    ),
    "smart_card.unknown_type": (
        "这张证件在这里用不了。请换通行证、护照或社会保障卡，按屏幕所示放好",
        "此證件不能在這裏使用。請改用通行證、護照或社會保障卡，按屏幕所示放好",
        "This card cannot be used here. Please use the document that the screen shows.",
    ),
    "smart_card.key_refused": (
        "证件上印的号码和日期打不开芯片。请核对证件号码、出生日期和有效期，再试一次",
        "證件上印的號碼和日期不能開啟晶片。請核對證件號碼、出生日期和有效期，再試一次",
        "The printed number and dates do not open the chip. Please check them and try again.",
    ),
    "smart_card.key_incomplete": (
        "证件号码或日期没有填全。请照证件逐项填写，再试一次",
        "證件號碼或日期未填齊。請照證件逐項填寫，再試一次",
        "The document number or a date is incomplete. Please enter them as printed and try again.",
    ),
    "smart_card.can_not_accepted": (
        "这张证件不能用六位号码打开。请改用印在证件上的机读区",
        "此證件不能用六位號碼開啟。請改用證件上的機讀區",
        "This document does not open with the six digits. Please use its machine-readable lines.",
    ),
    "smart_card.altered": (
        "芯片里的内容和签发时不一样，本机不能采用。请带证件到窗口核对",
        "晶片內容與簽發時不同，本機不能採用。請帶證件到窗口核對",
        "The chip's content is not what was issued and cannot be used here. Please take it to a counter.",
    ),
    "smart_card.signature_wrong": (
        "芯片内容的签名核对不上，本机不能采用。请带证件到窗口核对",
        "晶片內容的簽名核對不符，本機不能採用。請帶證件到窗口核對",
        "The signature of the chip's content does not fit. Please take the document to a counter.",
    ),
    "smart_card.signer_unknown": (
        "本机不认识给这张证件签名的机关。请到窗口办理",
        "本機不認得為此證件簽名的機關。請到窗口辦理",
        "This terminal does not know the authority that signed the document. Please go to a counter.",
    ),
    "smart_card.signer_expired": (
        "给这张证件签名的证书已过期。请到窗口办理",
        "為此證件簽名的證書已過期。請到窗口辦理",
        "The certificate that signed this document has expired. Please go to a counter.",
    ),
    "smart_card.csca_expired": (
        "本机里签发机关的证书已过期，已通知更新。请到窗口办理",
        "本機內簽發機關的證書已過期，已通知更新。請到窗口辦理",
        "The issuing authority's certificate in this terminal has expired. Please go to a counter.",
    ),
    "smart_card.unsigned": (
        "芯片里没有能读懂的签名，本机不能采用。请到窗口办理",
        "晶片內沒有能讀懂的簽名，本機不能採用。請到窗口辦理",
        "The chip holds no signature that can be read. Please go to a counter.",
    ),
    "smart_card.unknown_signature": (
        "芯片的签名方式本机还不会核对。请到窗口办理",
        "晶片的簽名方式本機尚不懂核對。請到窗口辦理",
        "This terminal cannot check this kind of signature yet. Please go to a counter.",
    ),
    # The PIN.
    "smart_card.pin_wrong": (
        "密码不对。请核对后再输一次",
        "密碼不對。請核對後再輸入一次",
        "That is not the PIN. Please check it and enter it again.",
    ),
    "smart_card.pin_last_try": (
        "这张卡只剩最后的机会，为免锁卡，本机没有再试。请到窗口办理",
        "此卡只剩最後的機會，為免鎖卡，本機沒有再試。請到窗口辦理",
        "Few tries are left on this card; to keep it from locking, nothing was tried. Please go to a counter.",
    ),
    "smart_card.pin_blocked": (
        "这张卡的密码已锁。请到窗口或发卡银行重置密码",
        "此卡的密碼已鎖。請到窗口或發卡銀行重設密碼",
        "The PIN of this card is locked. Please have it reset at a counter or at the issuing bank.",
    ),
    # The photo of an ID card's chip.
    "photo.no_decoder": (
        "本机没有装身份证照片的解码程序，请技术员安装读卡器厂家的程序；核验改用其他方式",
        "本機沒有裝身份證照片的解碼程式，請技術員安裝讀卡器廠家的程式；核驗改用其他方式",
        "No decoder for the ID card's photo is installed. A technician can add the vendor's; another check is used.",
    ),
    "photo.no_card": (
        "还没有读过身份证，或者已经拿开。请先读身份证，再取照片",
        "尚未讀取身份證，或者已移開。請先讀身份證，再取照片",
        "No ID card was read, or it has been taken away. Please read the card first, then its photo.",
    ),
    "photo.unreadable": (
        "身份证里的照片没有解出来，核验改用其他方式",
        "身份證內的照片未能解出，核驗改用其他方式",
        "The ID card's photo could not be decoded; another check is used.",
    ),
    # The reader.
    "smart_card.busy": (
        "读卡器正被占用，请稍等几秒再试",
        "讀卡器正被佔用，請稍候數秒再試",
        "The reader is busy. Please wait a few seconds and try again.",
    ),
    "smart_card.gone": (
        "证件读卡器没有连接好，要读通行证、社保卡的事项暂时办不了。请到窗口办理，或稍后再来",
        "證件讀卡器未接好，要讀通行證、社保卡的事項暫時不能辦理。請到窗口辦理，或稍後再來",
        "The document reader is not connected. Please go to a counter or come back later.",
    ),
    "smart_card.service_gone": (
        "证件读卡器的服务正在重新启动，请稍等几秒",
        "證件讀卡器的服務正在重新啟動，請稍候數秒",
        "The document reader's service is being restarted. Please wait a few seconds.",
    ),
    "smart_card.interrupted": (
        "证件读卡器重新启动了一下，请把证件再放一次",
        "證件讀卡器剛重新啟動，請再放一次證件",
        "The document reader was restarted. Please put your document on it again.",
    ),
}
