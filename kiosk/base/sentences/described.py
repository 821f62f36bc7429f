"""What people read about cabinet, locker, stamp unit, card dispenser, UPS and sound; and, for technicians, what is wrong in a description file."""

SENTENCES: dict[str, tuple[str, str, str]] = {
    # Any described device.
    "described.part_failed": (
        "设备报告有故障，已通知维修。请到窗口办理",
        "設備報告有故障，已通知維修。請到窗口辦理",
        "The device reports a fault and was reported for repair. Please go to a counter.",
    ),
    "described.busy": (
        "设备正忙，请稍等几秒再试",
        "設備正忙，請稍候數秒再試",
        "The device is busy. Please wait a few seconds and try again.",
    ),
    "described.jammed": (
        "设备里有东西卡住了，请找工作人员取出",
        "設備內有物件卡住，請找職員取出",
        "Something is jammed in the device. Please ask the staff to take it out.",
    ),
    "described.refused": (
        "设备没有接受这一步，请再试一次，或找工作人员",
        "設備沒有接受這一步，請再試一次，或找職員協助",
        "The device did not accept this step. Please try again or ask the staff.",
    ),
    "described.no_answer": (
        "设备没有回应，这一步没有做成。请再试一次，或找工作人员",
        "設備沒有回應，這一步未能完成。請再試一次，或找職員協助",
        "The device did not answer and the step was not done. Please try again or ask the staff.",
    ),
    "described.outcome_unknown": (
        "设备中途没有了回应，不清楚做到哪一步。请找工作人员看一下",
        "設備中途沒有回應，未知做到哪一步。請找職員查看",
        "The device stopped answering in the middle; how far it came is not known. Please ask the staff.",
    ),
    "described.not_done": (
        "设备收到了指令，但没有做成。请找工作人员看一下",
        "設備收到指令，但未能完成。請找職員查看",
        "The device took the command but did not carry it out. Please ask the staff.",
    ),
    # The classes.
    "cabinet.gone": (
        "机柜控制板没有连接好，指示灯和呼叫按钮暂时不能用，其他事项照常办理",
        "機櫃控制板未接好，指示燈及呼叫按鈕暫時不能使用，其他事項如常辦理",
        "The cabinet's board is not connected: lamps and call button do not work; everything else does.",
    ),
    "cabinet.tampered": (
        "机柜被打开或移动过，核对之前停用。请到窗口办理",
        "機櫃曾被打開或移動，核對之前停用。請到窗口辦理",
        "The cabinet was opened or moved and stays off until it is checked. Please go to a counter.",
    ),
    "cabinet.too_hot": (
        "机柜里温度过高，已通知维修",
        "機櫃內溫度過高，已通知維修",
        "It is too hot inside the cabinet; this was reported for repair.",
    ),
    "locker.gone": (
        "取证柜没有连接好，暂时不能取件。请到窗口领取",
        "取證櫃未接好，暫時不能取件。請到窗口領取",
        "The locker is not connected. Please collect your document at a counter.",
    ),
    "locker.door_stuck": (
        "柜门没有弹开，请轻轻推一下门再试，或找工作人员",
        "櫃門沒有彈開，請輕推櫃門再試，或找職員協助",
        "The door did not open. Please push it gently and try again, or ask the staff.",
    ),
    "stamp_unit.gone": (
        "盖章机没有连接好，暂时不能盖章。请到窗口办理",
        "蓋章機未接好，暫時不能蓋章。請到窗口辦理",
        "The stamp unit is not connected. Please go to a counter.",
    ),
    "stamp_unit.ink_out": (
        "盖章机的印油用完了，请找工作人员添加",
        "蓋章機的印油已用完，請找職員添加",
        "The stamp unit has no ink left. Please ask the staff to refill it.",
    ),
    "stamp_unit.no_paper": (
        "盖章机里没有纸，请把要盖章的文件放好再试",
        "蓋章機內沒有紙張，請把要蓋章的文件放好再試",
        "There is no paper in the stamp unit. Please lay the document in place and try again.",
    ),
    "card_dispenser.gone": (
        "发卡机没有连接好，暂时不能领卡。请到窗口办理",
        "發卡機未接好，暫時不能領卡。請到窗口辦理",
        "The card dispenser is not connected. Please go to a counter.",
    ),
    "card_dispenser.empty": (
        "卡箱里没有卡了，请找工作人员添加",
        "卡箱內已沒有卡，請找職員添加",
        "The card box is empty. Please ask the staff to refill it.",
    ),
    "card_dispenser.retain_full": (
        "回收箱满了，请找工作人员清空",
        "回收箱已滿，請找職員清空",
        "The retain box is full. Please ask the staff to empty it.",
    ),
    "ups.gone": (
        "不间断电源没有回应，停电时本机会直接关机，已通知维修",
        "不間斷電源沒有回應，停電時本機會直接關機，已通知維修",
        "The power supply does not answer; this was reported for repair.",
    ),
    "ups.on_battery": (
        "停电了，正在用电池。请尽快办完手上的事",
        "停電了，正使用電池。請盡快辦完手上的事",
        "The mains failed and the terminal runs on its battery. Please finish soon.",
    ),
    "ups.battery_low": (
        "停电了，电池快用完，本机即将关机。请到窗口办理",
        "停電了，電池快將用完，本機即將關機。請到窗口辦理",
        "The mains failed and the battery is nearly empty; the terminal will switch off. Please go to a counter.",
    ),
    "ups.failed": (
        "不间断电源有故障或电池该换了，已通知维修",
        "不間斷電源有故障或電池需要更換，已通知維修",
        "The power supply is faulty or needs a new battery; this was reported for repair.",
    ),
    "audio.gone": (
        "没有找到声音输出，语音提示暂时没有，屏幕文字照常",
        "找不到聲音輸出，語音提示暫時沒有，屏幕文字如常",
        "There is no sound output; spoken hints are off, the screen works as always.",
    ),
    "audio.not_played": (
        "声音没有放出来，请看屏幕上的文字",
        "聲音未能播放，請看屏幕上的文字",
        "The sound could not be played. Please read the screen.",
    ),
    "audio.no_such_sound": (
        "没有这段声音，请看屏幕上的文字",
        "沒有這段聲音，請看屏幕上的文字",
        "There is no such sound. Please read the screen.",
    ),
    # Description files, after the arrow how to mend them.
    "described.whole": (
        "{model}：描述文件没有问题，{commands} 个命令，{polls} 个轮询。",
        "{model}：描述檔案沒有問題，{commands} 個命令，{polls} 個輪詢。",
        "{model}: the description is whole, {commands} command(s), {polls} poll(s).",
    ),
    "described.no_poll": (
        "没有轮询，设备掉线就没人知道 → 请在 polls 下写至少一个查询状态的命令。",
        "沒有輪詢，設備離線便無人知道 → 請在 polls 下寫至少一個查詢狀態的命令。",
        "there is no poll, so nobody would notice a lost device → add at least one status request under polls.",
    ),
    "described.poll_unanswered": (
        "轮询必须有回应 → 请去掉 answered: false。",
        "輪詢必須有回應 → 請刪去 answered: false。",
        "a poll must be answered → take answered: false away.",
    ),
    "described.code_size": (
        "命令码有 {found} 字节，帧里写的是 {size} 字节 → 请改成一样长，或改 code_bytes。",
        "命令碼有 {found} 位元組，幀裏寫的是 {size} 位元組 → 請改成一樣長，或改 code_bytes。",
        "the code has {found} byte(s), the frame says {size} → make them equal or mend code_bytes.",
    ),
    "described.too_long": (
        "这些字段比帧允许的 {limit} 字节长 → 请核对字段，或调大 longest。",
        "這些欄位比幀容許的 {limit} 位元組長 → 請核對欄位，或調大 longest。",
        "the fields are longer than the frame's {limit} bytes → check the fields or raise longest.",
    ),
    "described.no_such_command": (
        "这类设备没有这个命令 → 可用的命令：{known}。",
        "這類設備沒有這個命令 → 可用的命令：{known}。",
        "this device class has no such command → use one of: {known}.",
    ),
    "described.no_such_argument": (
        "这个命令没有这个参数 → 可用的参数：{known}；固定的字节请写 constant。",
        "這個命令沒有這個參數 → 可用的參數：{known}；固定的位元組請寫 constant。",
        "the command has no such argument → use one of: {known}; write fixed bytes as constant.",
    ),
    "described.argument_unused": (
        "参数 {name} 没有写进帧里 → 请在 fields 下加上它。",
        "參數 {name} 沒有寫進幀裏 → 請在 fields 下加上它。",
        "the argument {name} is not in the frame → add it under fields.",
    ),
    "described.raw_or_not": (
        "kind: raw 只用于整段数据的参数，这样的参数也只能用它 → 请核对 kind。",
        "kind: raw 只用於整段資料的參數，這樣的參數亦只能用它 → 請核對 kind。",
        "kind: raw belongs to arguments of plain bytes, and only it does → mend kind.",
    ),
    "described.value_too_large": (
        "这个值放不进 {size} 字节 → 请改小，或调大 bytes。",
        "這個值放不進 {size} 位元組 → 請改小，或調大 bytes。",
        "the value does not fit into {size} byte(s) → make it smaller or raise bytes.",
    ),
    "described.bytes_too_many": (
        "最多 {limit} 字节 → 请去掉多余的。",
        "最多 {limit} 位元組 → 請刪去多餘的。",
        "at most {limit} byte(s) → take the rest away.",
    ),
    "described.unknown_part": (
        "帧里没有“{part}”这一段 → 可用的段：{known}。",
        "幀裏沒有「{part}」這一段 → 可用的段：{known}。",
        "a frame has no part {part} → use: {known}.",
    ),
    "described.part_twice": (
        "有一段写了两次 → 每段只写一次。",
        "有一段寫了兩次 → 每段只寫一次。",
        "a part is written twice → write each part once.",
    ),
    "described.not_in_layout": (
        "layout 里没有 {part} 这一段 → 请先把它写进 layout，或从这里去掉。",
        "layout 裏沒有 {part} 這一段 → 請先把它寫進 layout，或從這裏刪去。",
        "layout has no part {part} → add it there or take it away here.",
    ),
    "described.start_first": (
        "start 不在最前面 → 请把它写在 layout 的第一个。",
        "start 不在最前面 → 請把它寫在 layout 的第一個。",
        "start does not come first → make it the first word of layout.",
    ),
    "described.no_data": (
        "layout 里没有 data → 请加上（没有数据的帧，data 长度为零）。",
        "layout 裏沒有 data → 請加上（沒有資料的幀，data 長度為零）。",
        "layout has no data → add it (in frames without any it is empty).",
    ),
    "described.length_late": (
        "长度在数据后面，收的时候用不上 → 请核对顺序，或改用 end 结束符。",
        "長度在資料後面，接收時用不上 → 請核對次序，或改用 end 結束符。",
        "the length comes after the data, too late to be of use → check the order or use end bytes.",
    ),
    "described.length_without_data": (
        "长度没有把 data 算进去 → 请在 counts 里加上 data。",
        "長度沒有把 data 算進去 → 請在 counts 裏加上 data。",
        "the length does not count data → add data to counts.",
    ),
    "described.end_early": (
        "end 在 data 前面 → 请把它放到 data 后面。",
        "end 在 data 前面 → 請把它放到 data 後面。",
        "end comes before data → put it behind data.",
    ),
    "described.no_end": (
        "看不出一帧到哪里结束 → 请写 length、end，或在 data 前面写 code。",
        "看不出一幀到哪裏結束 → 請寫 length、end，或在 data 前面寫 code。",
        "nothing tells where a frame ends → write length or end, or a code before data.",
    ),
    "described.covers_itself": (
        "校验不能把自己算进去 → 请从 covers 里去掉 check。",
        "校驗不能把自己算進去 → 請從 covers 裏刪去 check。",
        "a check cannot cover itself → take check out of covers.",
    ),
    "described.escape_after_end": (
        "用转义时，end 后面不能再有别的 → 请把 end 放在最后。",
        "用轉義時，end 後面不能再有別的 → 請把 end 放在最後。",
        "with an escape nothing may follow end → put end last.",
    ),
    "described.escape_in_end": (
        "结束符里有转义字节 → 请核对 end 和 marker。",
        "結束符裏有轉義位元組 → 請核對 end 和 marker。",
        "the end bytes hold the escape marker → check end and marker.",
    ),
    "described.end_not_escaped": (
        "数据里的结束符没有转义，帧会被截断 → 请把 end 的字节加进 of。",
        "資料裏的結束符沒有轉義，幀會被截斷 → 請把 end 的位元組加進 of。",
        "end bytes within the data are not escaped and would cut the frame → add them to of.",
    ),
    "described.escape_makes_end": (
        "转义以后又变成了结束符 → 请核对 of 和 flip。",
        "轉義以後又變成了結束符 → 請核對 of 和 flip。",
        "an escaped byte becomes an end byte → check of and flip.",
    ),
    "described.events_need_code": (
        "没有命令码就分不清事件和回应 → 请在 layout 里写 code，或去掉这一节。",
        "沒有命令碼就分不清事件和回應 → 請在 layout 裏寫 code，或刪去這一節。",
        "without a code nothing tells these from replies → add code to layout or take this section away.",
    ),
    "described.code_twice": (
        "{name} 的命令码 {code} 已经是别的回应 → 请核对手册，换成它自己的。",
        "{name} 的命令碼 {code} 已經是別的回應 → 請核對手冊，換成它自己的。",
        "{name} has the code {code} of another reply → check the manual and give its own.",
    ),
    "described.width_unclear": (
        "同一个命令码有两种长度，收不出完整的帧 → 请写 length 或 end，或把字段补成一样长。",
        "同一個命令碼有兩種長度，收不到完整的幀 → 請寫 length 或 end，或把欄位補成一樣長。",
        "one code has two widths, so no frame's end can be told → write length or end, or pad the fields.",
    ),
    "described.until_untold": (
        "没有轮询或事件会报告 {status} → 请在 polls 里让一个字段报告它，或改 until。",
        "沒有輪詢或事件會報告 {status} → 請在 polls 裏讓一個欄位報告它，或改 until。",
        "no poll or event tells {status} → let a field of a poll tell it or mend until.",
    ),
    "described.no_such_bit": (
        "没有这一位 → 位号从 0 到 {highest}，0 是最低位。",
        "沒有這一位 → 位號從 0 到 {highest}，0 是最低位。",
        "there is no such bit → bits count from 0 (lowest) to {highest}.",
    ),
    "described.bit_without_meaning": (
        "这一位没有写含义 → 请写 on 或 off，不用的位请去掉。",
        "這一位沒有寫含義 → 請寫 on 或 off，不用的位請刪去。",
        "the bit means nothing → write on or off, or take it away.",
    ),
    "described.no_such_status": (
        "这类设备没有这个状态 → 可用的：{known}。",
        "這類設備沒有這個狀態 → 可用的：{known}。",
        "this device class has no such status → use: {known}.",
    ),
    "described.reason_unknown": (
        "没有 {reason} 这句话 → 请用 described.part_failed、described.jammed、described.busy 等已有的。",
        "沒有 {reason} 這句話 → 請用 described.part_failed、described.jammed、described.busy 等已有的。",
        "there is no sentence {reason} → use one that exists: described.part_failed, described.jammed, described.busy.",
    ),
}
