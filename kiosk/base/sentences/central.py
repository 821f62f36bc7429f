"""What a person reads when the central platform, the identity check or the provident fund does not do what was asked."""

SENTENCES: dict[str, tuple[str, str, str]] = {
    # the line to the platform
    "central.unreachable": (
        "现在连接不到业务平台。请稍后再试，或到人工窗口办理。",
        "現在連接不到業務平台。請稍後再試，或到人工窗口辦理。",
        "The service platform cannot be reached right now. Please try again later, or go to the counter.",
    ),
    "central.slow": (
        "业务平台没有在规定时间内答复。请稍后再试一次。",
        "業務平台沒有在規定時間內答覆。請稍後再試一次。",
        "The service platform did not answer in time. Please try again in a moment.",
    ),
    "central.interrupted": (
        "与业务平台的连接中途断开了，结果没有收全。请再试一次。",
        "與業務平台的連接中途斷開了，結果沒有收全。請再試一次。",
        "The connection to the service platform broke off before the answer was complete. Please try again.",
    ),
    "central.unexpected_answer": (
        "业务平台的答复无法读懂，没有采用。请稍后再试，或到人工窗口办理。",
        "業務平台的答覆無法讀懂，沒有採用。請稍後再試，或到人工窗口辦理。",
        (
            "The answer of the service platform could not be understood and was not used. "
            "Please try again later, or go to the counter."
        ),
    ),
    "central.failed": (
        "业务平台处理时出了问题。请稍后再试，或到人工窗口办理。",
        "業務平台處理時出了問題。請稍後再試，或到人工窗口辦理。",
        "Something went wrong at the service platform. Please try again later, or go to the counter.",
    ),
    "central.maintenance": (
        "这个部门的系统正在维护，暂时不能查询。请稍后再来，或到人工窗口办理。",
        "這個部門的系統正在維護，暫時不能查詢。請稍後再來，或到人工窗口辦理。",
        "This department's system is under maintenance. Please come back later, or go to the counter.",
    ),
    "central.busy": (
        "请求太频繁了。请等一会儿再试。",
        "請求太頻繁了。請等一會兒再試。",
        "Too many requests in a short time. Please wait a moment and try again.",
    ),
    "central.not_trusted": (
        "没有连接：无法确认对方是业务平台。请到人工窗口办理，并告诉工作人员检查证书。",
        "沒有連接：無法確認對方是業務平台。請到人工窗口辦理，並告訴工作人員檢查證書。",
        (
            "Not connected: the other side could not prove to be the service platform. "
            "Please go to the counter and ask the staff to check the certificates."
        ),
    ),
    "central.certificates_unusable": (
        "没有连接：本机的证书文件不能使用。请到人工窗口办理，并告诉工作人员检查证书文件。",
        "沒有連接：本機的證書檔案不能使用。請到人工窗口辦理，並告訴工作人員檢查證書檔案。",
        (
            "Not connected: this terminal's certificate files cannot be used. "
            "Please go to the counter and ask the staff to check them."
        ),
    ),
    "central.terminal_refused": (
        "业务平台没有认出这台终端。请到人工窗口办理，并告诉工作人员检查终端登记。",
        "業務平台沒有認出這台終端。請到人工窗口辦理，並告訴工作人員檢查終端登記。",
        (
            "The service platform did not recognise this terminal. "
            "Please go to the counter and ask the staff to check its registration."
        ),
    ),
    "central.request_refused": (
        "业务平台没有接受这次请求。请返回检查所填内容，或到人工窗口办理。",
        "業務平台沒有接受這次請求。請返回檢查所填內容，或到人工窗口辦理。",
        (
            "The service platform did not take this request. Please go back and check what was entered, "
            "or go to the counter."
        ),
    ),
    "central.aborted": (
        "这次查询已经停止。需要时请重新开始。",
        "這次查詢已經停止。需要時請重新開始。",
        "This request was stopped. Start again when you need it.",
    ),
    "central.no_visit": (
        "这次办理已经结束。请回到首页重新开始。",
        "這次辦理已經結束。請回到首頁重新開始。",
        "This visit has ended. Please start again from the home page.",
    ),
    # the second factor
    "identity.person_not_found": (
        "业务平台还没有您的登记。请先到人工窗口登记，再来自助查询。",
        "業務平台還沒有您的登記。請先到人工窗口登記，再來自助查詢。",
        "The service platform has no registration of you yet. Please register at the counter first.",
    ),
    "identity.no_phone": (
        "您没有登记过手机号，不能发送验证码。请改用服务密码，或到人工窗口登记手机号。",
        "您沒有登記過手機號，不能發送驗證碼。請改用服務密碼，或到人工窗口登記手機號。",
        (
            "No phone number is registered for you, so no code can be sent. "
            "Please use the service password, or register a phone at the counter."
        ),
    ),
    "identity.no_password": (
        "您还没有设置服务密码。请改用短信验证码，或到人工窗口设置密码。",
        "您還沒有設置服務密碼。請改用短訊驗證碼，或到人工窗口設置密碼。",
        "You have not set a service password yet. Please use a code by text message, or set a password at the counter.",
    ),
    "identity.factor_refused": (
        "密码或验证码不对，还可以再试 {tries} 次。请核对后重新输入。",
        "密碼或驗證碼不對，還可以再試 {tries} 次。請核對後重新輸入。",
        "The password or code does not match. Tries left: {tries}. Please check it and enter it again.",
    ),
    "identity.blocked": (
        "输错次数太多，为保护您的账户，已暂停验证约 {minutes} 分钟。请到时再试，或到人工窗口办理。",
        "輸錯次數太多，為保護您的賬戶，已暫停驗證約 {minutes} 分鐘。請到時再試，或到人工窗口辦理。",
        (
            "Too many wrong tries. To protect your account, checking is paused for about {minutes} minutes. "
            "Please try again then, or go to the counter."
        ),
    ),
    "identity.code_expired": (
        "验证码已过期或还没有发送。请点“重新发送”，再输入新的验证码。",
        "驗證碼已過期或還沒有發送。請點「重新發送」，再輸入新的驗證碼。",
        "The code has run out or was never sent. Please send a new code and enter that one.",
    ),
    "identity.code_too_often": (
        "验证码刚刚发过，请等 {seconds} 秒再重新发送。",
        "驗證碼剛剛發過，請等 {seconds} 秒再重新發送。",
        "A code was sent a moment ago. Please wait {seconds} seconds before sending another.",
    ),
    "identity.token_expired": (
        "身份验证已超过时限。请重新验证身份后再查询。",
        "身份驗證已超過時限。請重新驗證身份後再查詢。",
        "The identity check has run out. Please prove your identity again to go on.",
    ),
    # the housing provident fund
    "fund.person_not_found": (
        "没有查询到您的住房公积金信息。如果您认为应该有，请带证件到公积金窗口核实。",
        "沒有查詢到您的住房公積金信息。如果您認為應該有，請帶證件到公積金窗口核實。",
        (
            "No housing provident fund record was found for you. "
            "If you think there should be one, please ask at the fund's counter with your card."
        ),
    ),
    # starting the platform: read by an operator
    "platform.tls_needed": (
        (
            "没有启动：地址 {host} 不是本机回环地址，没有 TLS 会让公民数据明文传输。"
            "请给出 --tls-cert、--tls-key 和 --client-ca，或改用 --host 127.0.0.1。"
        ),
        (
            "沒有啟動：地址 {host} 不是本機回環地址，沒有 TLS 會讓公民數據明文傳輸。"
            "請給出 --tls-cert、--tls-key 和 --client-ca，或改用 --host 127.0.0.1。"
        ),
        (
            "Not started: {host} is not a loopback address, and without TLS citizens' data would travel in the clear. "
            "Give --tls-cert, --tls-key and --client-ca, or use --host 127.0.0.1."
        ),
    ),
    "platform.tls_incomplete": (
        "没有启动：--tls-cert、--tls-key 和 --client-ca 要一起给出。",
        "沒有啟動：--tls-cert、--tls-key 和 --client-ca 要一起給出。",
        "Not started: --tls-cert, --tls-key and --client-ca belong together; give all three.",
    ),
    "platform.tls_file_missing": (
        "没有启动：找不到文件 {file}。请检查路径。",
        "沒有啟動：找不到檔案 {file}。請檢查路徑。",
        "Not started: the file {file} is not there. Please check the path.",
    ),
    "platform.tls_file_unusable": (
        "没有启动：证书、私钥或 CA 文件不能使用。请检查三个文件都是 PEM 格式，私钥没有密码并且与证书配对。",
        "沒有啟動：證書、私鑰或 CA 檔案不能使用。請檢查三個檔案都是 PEM 格式，私鑰沒有密碼並且與證書配對。",
        (
            "Not started: the certificate, key or CA file cannot be used. Check that all three are PEM, "
            "and that the key has no passphrase and fits the certificate."
        ),
    ),
    "platform.address_taken": (
        "没有启动：不能监听 {host} 的端口 {port}。请换一个端口，或用 --port 0 自动选择。",
        "沒有啟動：不能監聽 {host} 的端口 {port}。請換一個端口，或用 --port 0 自動選擇。",
        "Not started: port {port} of {host} cannot be listened on. Choose another port, or --port 0.",
    ),
    "platform.database_unknown": (
        "没有启动：看不懂数据库地址。请写 sqlite:///文件 或 postgresql://用户@主机/库名。",
        "沒有啟動：看不懂數據庫地址。請寫 sqlite:///檔案 或 postgresql://用戶@主機/庫名。",
        "Not started: the database address is not understood. Write sqlite:///file or postgresql://user@host/name.",
    ),
    "platform.database_unreachable": (
        "没有启动：打不开数据库。请检查数据库是否运行、地址和权限是否正确。",
        "沒有啟動：打不開數據庫。請檢查數據庫是否運行、地址和權限是否正確。",
        "Not started: the database cannot be opened. Check that it runs, and its address and rights.",
    ),
    "platform.schema_differs": (
        "没有启动：数据库是第 {found} 版，这个程序需要第 {needed} 版。请使用另一个数据库，或先升级。",
        "沒有啟動：數據庫是第 {found} 版，這個程式需要第 {needed} 版。請使用另一個數據庫，或先升級。",
        (
            "Not started: the database has version {found}, this program needs {needed}. "
            "Use another database, or upgrade it first."
        ),
    ),
}
