"""What people read about the travel-permit rewriter: to the citizen, to the hall's staff, to a technician."""

SENTENCES: dict[str, tuple[str, str, str]] = {
    # Before anything was begun: the card is as it came.
    "rewriter.none_inserted": (
        "没有收到通行证。请把通行证按屏幕所示插入卡口",
        "未收到通行證。請把通行證按屏幕所示插入卡口",
        "No permit was inserted. Please insert it as the screen shows.",
    ),
    "rewriter.card_unreadable": (
        "这张通行证的芯片或背面没有读出来，没有改动，原样退回。请到窗口办理",
        "此通行證的晶片或背面未能讀出，未作改動，原樣退回。請到窗口辦理",
        "The permit's chip or back could not be read. Nothing was changed; please go to a counter.",
    ),
    "rewriter.card_changed": (
        "通行证和刚才核对的不一样，没有改动，原样退回。请重新插入，从头办理",
        "通行證和剛才核對的不同，未作改動，原樣退回。請重新插入，從頭辦理",
        "The permit is not as it was when it was checked. Nothing was changed; please insert it and begin again.",
    ),
    "rewriter.already_written": (
        "这项签注已经在通行证上了，不用再做",
        "此項簽註已在通行證上，無需再做",
        "This endorsement is already on the permit; nothing more is needed.",
    ),
    "rewriter.data_too_large": (
        "签注内容超出了这台设备能写的大小，没有改动。请到窗口办理",
        "簽註內容超出此設備可寫的大小，未作改動。請到窗口辦理",
        "The endorsement is larger than this device can write. Nothing was changed; please go to a counter.",
    ),
    "rewriter.interrupted": (
        "签注没有做，通行证没有改动，原样退回",
        "簽註沒有製作，通行證未作改動，原樣退回",
        "The endorsement was not made; the permit is given back unchanged.",
    ),
    "rewriter.too_late_to_cancel": (
        "通行证正在制作，现在停下会弄坏证件。请稍等，做完就退出来",
        "通行證正在製作，現在停下會損壞證件。請稍候，完成後即退出",
        "Your permit is being made and stopping now would spoil it. Please wait; it comes out when it is done.",
    ),
    "rewriter.busy": (
        "签注机正在处理上一张通行证，请稍等",
        "簽註機正在處理上一張通行證，請稍候",
        "The device is still at work on a permit. Please wait a moment.",
    ),
    # Held: the card stays inside for staff.
    "rewriter.not_erased": (
        "背面原来的签注没有擦干净，所以没有往下做。通行证在机内保管好了，请联系工作人员取回并退费",
        "背面原有簽註未能擦淨，故沒有往下做。通行證已在機內妥善保管，請聯絡工作人員取回並退費",
        "The old print could not be erased, so the work stopped. Your permit is safe inside; staff will return it and the fee.",
    ),
    "rewriter.not_written": (
        "新签注没有写进芯片。通行证在机内保管好了，请联系工作人员取回并退费",
        "新簽註未能寫入晶片。通行證已在機內妥善保管，請聯絡工作人員取回並退費",
        "The endorsement was not written to the chip. Your permit is safe inside; staff will return it and the fee.",
    ),
    "rewriter.half_written": (
        "芯片只写了一部分，不能交还使用。通行证在机内保管好了，请联系工作人员处理",
        "晶片只寫入了一部分，不能交還使用。通行證已在機內妥善保管，請聯絡工作人員處理",
        "The chip was written only in part. Your permit is safe inside; please call staff, who will put it right.",
    ),
    "rewriter.not_printed": (
        "芯片已写好，背面没有印上。通行证在机内保管好了，请联系工作人员处理",
        "晶片已寫好，背面未能印上。通行證已在機內妥善保管，請聯絡工作人員處理",
        "The chip is written but the back was not printed. Your permit is safe inside; please call staff.",
    ),
    "rewriter.print_spoilt": (
        "背面只印了一部分，不能再叠着印。通行证在机内保管好了，请联系工作人员处理",
        "背面只印了一部分，不能重疊再印。通行證已在機內妥善保管，請聯絡工作人員處理",
        "The back was printed only in part and must not be printed over. Your permit is safe inside; please call staff.",
    ),
    "rewriter.not_verified": (
        "做好后的核对没有通过。通行证在机内保管好了，请联系工作人员核对",
        "完成後的核對未能通過。通行證已在機內妥善保管，請聯絡工作人員核對",
        "The finished permit did not pass its check. It is safe inside; please call staff to look at it.",
    ),
    "rewriter.not_ejected": (
        "通行证没有退出来，还在机内。请联系工作人员取出",
        "通行證未能退出，仍在機內。請聯絡工作人員取出",
        "The permit did not come out and is still inside. Please call staff to take it out.",
    ),
    "rewriter.back_not_seen": (
        "看不清通行证背面，没有往下做。通行证在机内保管好了，请联系工作人员",
        "看不清通行證背面，沒有往下做。通行證已在機內妥善保管，請聯絡工作人員",
        "The permit's back cannot be seen, so the work stopped. It is safe inside; please call staff.",
    ),
    "rewriter.chip_silent": (
        "通行证的芯片没有回答，没有往下做。通行证在机内保管好了，请联系工作人员",
        "通行證的晶片沒有回應，沒有往下做。通行證已在機內妥善保管，請聯絡工作人員",
        "The permit's chip does not answer, so the work stopped. It is safe inside; please call staff.",
    ),
    "rewriter.conflict": (
        "通行证的样子和办理记录对不上，没有往下做。通行证在机内保管好了，请联系工作人员核对",
        "通行證的狀況和辦理記錄不符，沒有往下做。通行證已在機內妥善保管，請聯絡工作人員核對",
        "The permit does not match the record of the work. It is safe inside; please call staff to look at it.",
    ),
    "rewriter.other_card": (
        "机内的不是办理时的那张通行证，没有改动。请联系工作人员核对",
        "機內的不是辦理時的那張通行證，未作改動。請聯絡工作人員核對",
        "The permit inside is not the one that the work was for. Nothing was changed; please call staff.",
    ),
    "rewriter.card_not_found": (
        "机内没有找到通行证。请联系工作人员查看",
        "機內找不到通行證。請聯絡工作人員查看",
        "No permit is found inside. Please call staff to look.",
    ),
    "rewriter.not_seen": (
        "签注机没有回答，看不到机内的通行证。请不要离开，联系工作人员",
        "簽註機沒有回應，看不到機內的通行證。請勿離開，聯絡工作人員",
        "The device does not answer and cannot tell about the permit inside. Please stay and call staff.",
    ),
    "rewriter.outcome_unknown": (
        "签注机中途没有回答，正在查看做到了哪一步，请稍等",
        "簽註機中途沒有回應，正在查看做到哪一步，請稍候",
        "The device fell silent; what it has done is being checked. Please wait.",
    ),
    "rewriter.other_job": (
        "机内还有另一次没做完的签注，要先处理它。请联系工作人员",
        "機內尚有另一次未完成的簽註，須先處理。請聯絡工作人員",
        "Another endorsement inside is not finished and comes first. Please call staff.",
    ),
    "rewriter.job_open": (
        "上一次签注还没有处理完，暂时不能开始新的。请联系工作人员",
        "上一次簽註尚未處理完，暫時不能開始新的。請聯絡工作人員",
        "The last endorsement is not settled, so none can be begun. Please call staff.",
    ),
    # The record of the steps.
    "rewriter.ledger_failed": (
        "步骤记录存不下来，没有往下做。通行证在机内保管好了，请联系工作人员；技术员请检查磁盘",
        "步驟記錄未能儲存，沒有往下做。通行證已在機內妥善保管，請聯絡工作人員；技術員請檢查磁碟",
        "The steps cannot be recorded, so the work stopped. The permit is safe inside; a technician must check the disk.",
    ),
    "rewriter.ledger_damaged": (
        "步骤记录读不懂了，机内的通行证不能自动处理。请技术员取出核对",
        "步驟記錄無法讀懂，機內的通行證不能自動處理。請技術員取出核對",
        "The record of the steps cannot be read. A technician must take out and check any permit inside.",
    ),
    # The device.
    "rewriter.gone": (
        "签注机没有连接好，自助签注暂时办不了。请到窗口办理，或稍后再来",
        "簽註機未接好，自助簽註暫時不能辦理。請到窗口辦理，或稍後再來",
        "The endorsement device is not connected. Please go to a counter or come back later.",
    ),
    "rewriter.jammed": (
        "通行证卡在签注机里了，请不要拉扯，联系工作人员取出",
        "通行證卡在簽註機內，請勿拉扯，聯絡工作人員取出",
        "The permit is stuck in the device. Please do not pull; call staff to take it out.",
    ),
    "rewriter.part_failed": (
        "签注机报告有部件故障，已通知维修。请到窗口办理",
        "簽註機報告有部件故障，已通知維修。請到窗口辦理",
        "The endorsement device reports a fault and was reported for repair. Please go to a counter.",
    ),
    "rewriter.bin_full": (
        "签注机的回收盒满了，暂时不收通行证。请工作人员清空，或到窗口办理",
        "簽註機的回收盒已滿，暫時不收通行證。請工作人員清空，或到窗口辦理",
        "The device's bin is full, so it takes no permit. Staff must empty it; please go to a counter.",
    ),
    "rewriter.card_inside": (
        "签注机里还有一张通行证，要先由工作人员处理",
        "簽註機內尚有一張通行證，須先由工作人員處理",
        "A permit is still inside the device; staff must see to it first.",
    ),
}
