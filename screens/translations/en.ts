<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
<context>
    <name>AnswerPage</name>
    <message>
        <source>您的%1</source>
        <translation>Your %1</translation>
    </message>
    <message>
        <source>%1的结果</source>
        <translation>%1: what was found</translation>
    </message>
    <message>
        <source>截至 %1 · 请留意身后</source>
        <translation>As of %1 · mind your privacy</translation>
    </message>
    <message>
        <source>这不是出错：主管部门现在没有登记在您证件号码下的记录。</source>
        <translation>Nothing went wrong: the department holds no record under your card number now.</translation>
    </message>
    <message>
        <source>完成</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>打印%1</source>
        <translation>Print %1</translation>
    </message>
    <message>
        <source>打印证明</source>
        <translation>Print the certificate</translation>
    </message>
    <message>
        <source>打印查询单</source>
        <translation>Print the sheet</translation>
    </message>
    <message>
        <source>打印凭条</source>
        <translation>Print the slip</translation>
    </message>
    <message>
        <source>主管部门没有给验证码，这份证明现在不能打印，可到人工窗口开具</source>
        <translation>No verification code came with it, so it cannot be printed now; the counter issues it</translation>
    </message>
    <message>
        <source>打印机现在都不能用，白天可到人工窗口打印</source>
        <translation>No printer works right now; the counter prints in the daytime</translation>
    </message>
    <message>
        <source>不打印，完成</source>
        <translation>Done, no paper</translation>
    </message>
    <message>
        <source>证</source>
        <translation>1</translation>
    </message>
    <message>
        <source>换过证件或刚刚办理</source>
        <translation>A new card, or a fresh record</translation>
    </message>
    <message>
        <source>可能还登记在旧证件号码下；刚办好的，要等主管部门登记之后才查得到。</source>
        <translation>It may stand under your old card number; what was done only now is seen once it is registered.</translation>
    </message>
    <message>
        <source>地</source>
        <translation>2</translation>
    </message>
    <message>
        <source>在外地办理</source>
        <translation>Done elsewhere</translation>
    </message>
    <message>
        <source>在外地登记的，要在当地查询。</source>
        <translation>What is registered elsewhere is asked there.</translation>
    </message>
    <message>
        <source>问</source>
        <translation>3</translation>
    </message>
    <message>
        <source>拨打 %1</source>
        <translation>Call %1</translation>
    </message>
    <message>
        <source>也可以带身份证到窗口：%1</source>
        <translation>Or take your card to the counter: %1</translation>
    </message>
    <message>
        <source>也可以白天带身份证到人工窗口。</source>
        <translation>Or take your card to the counter in the daytime.</translation>
    </message>
    <message>
        <source>%1，打开看全部内容</source>
        <translation>%1, open for all details</translation>
    </message>
    <message>
        <source>没有这样的记录。可以换一个选项看看。</source>
        <translation>There are no such records. Try another choice.</translation>
    </message>
    <message>
        <source>没有这样的记录。</source>
        <translation>There are no such records.</translation>
    </message>
    <message>
        <source>正在取另一个选项的内容…</source>
        <translation>Fetching the other choice…</translation>
    </message>
    <message>
        <source>点一行看全部内容</source>
        <translation>Touch a line for all details</translation>
    </message>
    <message>
        <source>本人</source>
        <translation>You</translation>
    </message>
    <message>
        <source>正在取另一个选项的内容</source>
        <translation>The other choice is being fetched</translation>
    </message>
    <message>
        <source>基本情况</source>
        <translation>Details</translation>
    </message>
</context>
<context>
    <name>AttachPage</name>
    <message>
        <source>看得清吗？</source>
        <translation>Is it readable?</translation>
    </message>
    <message>
        <source>正在拍，请不要动纸</source>
        <translation>Taking the picture; do not move the page</translation>
    </message>
    <message>
        <source>要附上一页材料吗？</source>
        <translation>Add one page of paper?</translation>
    </message>
    <message>
        <source>不附也可以提交。</source>
        <translation>You can submit without one.</translation>
    </message>
    <message>
        <source>看得清，继续</source>
        <translation>Readable, continue</translation>
    </message>
    <message>
        <source>拍这一页</source>
        <translation>Take this page</translation>
    </message>
    <message>
        <source>重拍</source>
        <translation>Again</translation>
    </message>
    <message>
        <source>不附，继续</source>
        <translation>Without a page</translation>
    </message>
    <message>
        <source>高拍仪现在没有画面</source>
        <translation>The camera shows nothing now</translation>
    </message>
    <message>
        <source>放</source>
        <translation>1</translation>
    </message>
    <message>
        <source>把纸平放在高拍仪下</source>
        <translation>Lay the page under the camera</translation>
    </message>
    <message>
        <source>有字的一面朝上，四角都放进亮框。</source>
        <translation>Writing upwards, all four corners inside the lit frame.</translation>
    </message>
    <message>
        <source>拍</source>
        <translation>2</translation>
    </message>
    <message>
        <source>按“拍这一页”，约 2 秒</source>
        <translation>Press “Take this page”; 2 seconds</translation>
    </message>
    <message>
        <source>拍好会显示在屏幕上，看不清可以重拍。</source>
        <translation>It is shown on the screen; take it again if it is not readable.</translation>
    </message>
    <message>
        <source>密</source>
        <translation>*</translation>
    </message>
    <message>
        <source>加密保存，送达后清除</source>
        <translation>Kept encrypted, wiped after delivery</translation>
    </message>
    <message>
        <source>没有提交的，您离开时立即清除。</source>
        <translation>What you do not submit is wiped when you leave.</translation>
    </message>
    <message>
        <source>不附这一页了</source>
        <translation>Leave this page out</translation>
    </message>
</context>
<context>
    <name>AttractPage</name>
    <message>
        <source>不打烊 · 演示</source>
        <translation>Budayang · Demo</translation>
    </message>
    <message>
        <source>不打烊</source>
        <translation>Budayang</translation>
    </message>
    <message>
        <source>轻触屏幕开始</source>
        <translation>Touch to begin</translation>
    </message>
    <message>
        <source>需要帮助，请拨 %1</source>
        <translation>For help call %1</translation>
    </message>
</context>
<context>
    <name>CandidateStrip</name>
    <message>
        <source>请接着拼，拼错了按“删除”</source>
        <translation>Keep spelling; Delete mends</translation>
    </message>
    <message>
        <source>前面的字</source>
        <translation>Earlier characters</translation>
    </message>
    <message>
        <source>后面的字</source>
        <translation>More characters</translation>
    </message>
</context>
<context>
    <name>CardCallPage</name>
    <message>
        <source>演示 · %1</source>
        <translation>Demo · %1</translation>
    </message>
    <message>
        <source>请取走您的证件</source>
        <translation>Take your card</translation>
    </message>
    <message>
        <source>请取走您的单据</source>
        <translation>Take your papers</translation>
    </message>
    <message>
        <source>再见，欢迎再来</source>
        <translation>Goodbye, and welcome back</translation>
    </message>
    <message>
        <source>请取走您的证件和单据</source>
        <translation>Take your card and papers</translation>
    </message>
    <message>
        <source>机器刚刚重新启动，您的信息已清除。可以重新开始，或拨 %1。</source>
        <translation>The terminal has just restarted and your data is wiped. Begin again, or call %1.</translation>
    </message>
    <message>
        <source>您的信息已从这台机器上清除。</source>
        <translation>Your data is wiped from this terminal.</translation>
    </message>
    <message>
        <source>证件还在机器上。已通知大厅工作人员，请取走或拨 %1。</source>
        <translation>A card is still here. The hall&apos;s staff have been told. Take it, or call %1.</translation>
    </message>
</context>
<context>
    <name>ConfirmEnd</name>
    <message>
        <source>要结束办理吗？</source>
        <translation>End this visit?</translation>
    </message>
    <message>
        <source>结束后，您的信息会从这台机器上清除。</source>
        <translation>Your data will then be wiped from this terminal.</translation>
    </message>
    <message>
        <source>否，继续</source>
        <translation>No, go on</translation>
    </message>
    <message>
        <source>是，结束办理</source>
        <translation>Yes, end it</translation>
    </message>
</context>
<context>
    <name>ConsentPage</name>
    <message>
        <source>是您本人吗？同意后继续</source>
        <translation>Is this you? Agree to go on</translation>
    </message>
    <message>
        <source>同意并继续</source>
        <translation>Agree and go on</translation>
    </message>
    <message>
        <source>不同意，结束</source>
        <translation>Do not agree</translation>
    </message>
    <message>
        <source>港澳台居民居住证</source>
        <translation>Residence permit for Hong Kong, Macao and Taiwan residents</translation>
    </message>
    <message>
        <source>外国人永久居留身份证</source>
        <translation>Foreign permanent resident ID card</translation>
    </message>
    <message>
        <source>居民身份证</source>
        <translation>Resident identity card</translation>
    </message>
    <message>
        <source>读</source>
        <translation>1</translation>
    </message>
    <message>
        <source>读取了证件上的文字</source>
        <translation>The text on the card was read</translation>
    </message>
    <message>
        <source>姓名、证件号码等，没有使用照片。屏幕上只显示一部分。</source>
        <translation>Name and number; the photo is not used.</translation>
    </message>
    <message>
        <source>用</source>
        <translation>2</translation>
    </message>
    <message>
        <source>只用来办您现在这件事</source>
        <translation>Used only for what you do now</translation>
    </message>
    <message>
        <source>先核对是不是您本人，再查询您自己的信息。</source>
        <translation>To check that it is you, and to find your records.</translation>
    </message>
    <message>
        <source>写明是谁提的，好给您答复。</source>
        <translation>To say who asks, so that you get an answer.</translation>
    </message>
    <message>
        <source>看编号和证件是不是同一个人的。</source>
        <translation>To see whether number and card belong to the same person.</translation>
    </message>
    <message>
        <source>清</source>
        <translation>3</translation>
    </message>
    <message>
        <source>离开时全部清除</source>
        <translation>Wiped when you leave</translation>
    </message>
    <message>
        <source>您结束或走开后，这台机器不留下您的证件信息。</source>
        <translation>Once you end or walk away, nothing of it stays.</translation>
    </message>
    <message>
        <source>提交的内容加密保存，送达平台后清除；没有提交的立即清除。</source>
        <translation>What you submit is kept encrypted and wiped after delivery; all else is wiped at once.</translation>
    </message>
    <message>
        <source>没有核对到证件是否过期，请您自己看一下有效期。</source>
        <translation>The card&apos;s expiry could not be checked. Please look at it yourself.</translation>
    </message>
</context>
<context>
    <name>CoverOverlay</name>
    <message>
        <source>您的信息已遮住</source>
        <translation>Your data is covered</translation>
    </message>
    <message>
        <source>轻触屏幕，继续查看。请留意身后。</source>
        <translation>Touch to see it again. Mind who stands behind you.</translation>
    </message>
</context>
<context>
    <name>CurtainPage</name>
    <message>
        <source>正在清除本次的信息</source>
        <translation>Wiping this visit&apos;s data</translation>
    </message>
    <message>
        <source>稍等片刻就好。</source>
        <translation>This takes a moment.</translation>
    </message>
</context>
<context>
    <name>DemoMark</name>
    <message>
        <source>演示</source>
        <translation>Demo</translation>
    </message>
</context>
<context>
    <name>DigitDots</name>
    <message>
        <source>已输入 %1 位</source>
        <translation>%1 digits entered</translation>
    </message>
</context>
<context>
    <name>FactorPage</name>
    <message>
        <source>还可以再试 %1 次。</source>
        <translation>Tries left: %1.</translation>
    </message>
    <message>
        <source>请选择怎样核对是您本人</source>
        <translation>Choose how to show that it is you</translation>
    </message>
    <message>
        <source>正在发送验证码，请稍候</source>
        <translation>Sending the code, one moment</translation>
    </message>
    <message>
        <source>请输入手机收到的 6 位验证码</source>
        <translation>Enter the 6-digit code from your phone</translation>
    </message>
    <message>
        <source>请输入您的服务密码</source>
        <translation>Enter your service password</translation>
    </message>
    <message>
        <source>正在核对，请稍候</source>
        <translation>Checking, one moment</translation>
    </message>
    <message>
        <source>为了您的账户安全，核对先暂停</source>
        <translation>To keep your account safe, checking is paused</translation>
    </message>
    <message>
        <source>这次没有核对成，可以再试一次</source>
        <translation>The check did not go through; you can try again</translation>
    </message>
    <message>
        <source>网络中断，可以先填写，以后再核对</source>
        <translation>The network is down: fill in now, confirm later</translation>
    </message>
    <message>
        <source>只有身份证还不够：再核对一次，别人拿到您的证件也看不到您的信息。</source>
        <translation>A card alone is not enough: with a second check, nobody who finds your card can see your records.</translation>
    </message>
    <message>
        <source>验证码已发到 %1，一般 1 分钟内收到。</source>
        <translation>The code went to %1. It usually arrives within a minute.</translation>
    </message>
    <message>
        <source>在窗口或手机上设过的数字密码，6 到 12 位。请用手挡住键盘。</source>
        <translation>The 6 to 12 digits you set at the counter or on your phone. Please cover the keys with your hand.</translation>
    </message>
    <message>
        <source>核对</source>
        <translation>Check</translation>
    </message>
    <message>
        <source>再试一次</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>知道了，结束</source>
        <translation>Understood, end</translation>
    </message>
    <message>
        <source>先填写，继续</source>
        <translation>Fill in, continue</translation>
    </message>
    <message>
        <source>重新发送</source>
        <translation>Send again</translation>
    </message>
    <message>
        <source>不核对，只看进度</source>
        <translation>Progress only</translation>
    </message>
    <message>
        <source>先不核对，继续</source>
        <translation>Confirm later</translation>
    </message>
    <message>
        <source>还差 %1 位</source>
        <translation>%1 more digits</translation>
    </message>
    <message>
        <source>信</source>
        <translation>#</translation>
    </message>
    <message>
        <source>密</source>
        <translation>*</translation>
    </message>
    <message>
        <source>手机验证码</source>
        <translation>Code by text message</translation>
    </message>
    <message>
        <source>服务密码</source>
        <translation>Service password</translation>
    </message>
    <message>
        <source>发到您登记的手机，请把手机拿好。</source>
        <translation>Sent to the phone you registered with the department. Have it with you.</translation>
    </message>
    <message>
        <source>您在窗口或手机上设过的数字密码。</source>
        <translation>The digits you set at the counter or on your phone.</translation>
    </message>
    <message>
        <source>两样都没有？请带身份证到人工窗口，或拨打 %1 问怎么设。</source>
        <translation>Neither? Bring your card to the counter, or call %1 and ask how to set one.</translation>
    </message>
    <message>
        <source>没有收到？请按“重新发送”，或按“返回”改用服务密码。</source>
        <translation>No code? Touch &apos;Send again&apos;, or &apos;Back&apos; to use the service password.</translation>
    </message>
    <message>
        <source>忘了密码？请按“返回”改用手机验证码。</source>
        <translation>Forgot it? Touch &apos;Back&apos; to get a code by text message.</translation>
    </message>
    <message>
        <source>验证码一般 1 分钟内收到，请把手机拿在手里。</source>
        <translation>The code usually comes within 1 minute. Keep your phone at hand.</translation>
    </message>
    <message>
        <source>核对只看是不是您本人，不会改动您的账户。</source>
        <translation>This only checks that it is you. Your account stays as it is.</translation>
    </message>
    <message>
        <source>放</source>
        <translation>1</translation>
    </message>
    <message>
        <source>核对系统没有回答</source>
        <translation>The checking system did not answer</translation>
    </message>
    <message>
        <source>再试一次时，请重新输入一遍。</source>
        <translation>When you try again, please enter it once more.</translation>
    </message>
    <message>
        <source>填好先交到本机，联网后自动送达；身份下次来时再核对。</source>
        <translation>It is handed in here and delivered later; your identity is confirmed at your next visit.</translation>
    </message>
    <message>
        <source>等</source>
        <translation>1</translation>
    </message>
    <message>
        <source>过一会儿再来</source>
        <translation>Come back in a while</translation>
    </message>
    <message>
        <source>暂停到点会自己解除，这台机器和别的机器都可以再办。</source>
        <translation>The pause ends by itself; then any machine will do.</translation>
    </message>
    <message>
        <source>问</source>
        <translation>?</translation>
    </message>
    <message>
        <source>拨打 %1</source>
        <translation>Call %1</translation>
    </message>
    <message>
        <source>可以问怎样重设服务密码，怎样更换登记的手机。</source>
        <translation>Ask how to reset the service password or change the registered phone.</translation>
    </message>
    <message>
        <source>窗</source>
        <translation>3</translation>
    </message>
    <message>
        <source>白天到人工窗口</source>
        <translation>Go to the counter in the daytime</translation>
    </message>
    <message>
        <source>带上身份证，当场就能查询和重设。</source>
        <translation>With your card you can ask and reset it on the spot.</translation>
    </message>
</context>
<context>
    <name>FieldNames</name>
    <message>
        <source>姓名</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>证件号码</source>
        <translation>ID number</translation>
    </message>
    <message>
        <source>开户日期</source>
        <translation>Opened on</translation>
    </message>
    <message>
        <source>销户日期</source>
        <translation>Closed on</translation>
    </message>
    <message>
        <source>缴存网点</source>
        <translation>Branch</translation>
    </message>
    <message>
        <source>住房公积金账号</source>
        <translation>Fund account number</translation>
    </message>
    <message>
        <source>账户状态</source>
        <translation>Account state</translation>
    </message>
    <message>
        <source>余额（元）</source>
        <translation>Balance (yuan)</translation>
    </message>
    <message>
        <source>累计缴存（元）</source>
        <translation>Total paid in (yuan)</translation>
    </message>
    <message>
        <source>累计支取（元）</source>
        <translation>Total withdrawn (yuan)</translation>
    </message>
    <message>
        <source>末次汇缴月份</source>
        <translation>Last month paid</translation>
    </message>
    <message>
        <source>当前月缴额（元）</source>
        <translation>Monthly payment (yuan)</translation>
    </message>
    <message>
        <source>当前单位账号</source>
        <translation>Employer account</translation>
    </message>
    <message>
        <source>当前所在单位名称</source>
        <translation>Employer</translation>
    </message>
    <message>
        <source>发生日期</source>
        <translation>Date</translation>
    </message>
    <message>
        <source>业务类型</source>
        <translation>Kind</translation>
    </message>
    <message>
        <source>业务发生原因</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>汇缴月份</source>
        <translation>Month</translation>
    </message>
    <message>
        <source>发生金额（元）</source>
        <translation>Amount (yuan)</translation>
    </message>
    <message>
        <source>当前余额（元）</source>
        <translation>Balance (yuan)</translation>
    </message>
    <message>
        <source>银行利息（元）</source>
        <translation>Interest (yuan)</translation>
    </message>
    <message>
        <source>单位账号</source>
        <translation>Employer account</translation>
    </message>
    <message>
        <source>单位名称</source>
        <translation>Employer</translation>
    </message>
    <message>
        <source>日期</source>
        <translation>Date</translation>
    </message>
    <message>
        <source>业务</source>
        <translation>Kind</translation>
    </message>
    <message>
        <source>原因</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>月份</source>
        <translation>Month</translation>
    </message>
    <message>
        <source>金额</source>
        <translation>Amount</translation>
    </message>
    <message>
        <source>余额</source>
        <translation>Balance</translation>
    </message>
    <message>
        <source>利息</source>
        <translation>Interest</translation>
    </message>
</context>
<context>
    <name>GuidePage</name>
    <message>
        <source>开始办理</source>
        <translation>Begin</translation>
    </message>
</context>
<context>
    <name>HoldButton</name>
    <message>
        <source>遮住</source>
        <translation>Hide</translation>
    </message>
    <message>
        <source>显示 10 秒</source>
        <translation>Show for 10 s</translation>
    </message>
    <message>
        <source>按住显示</source>
        <translation>Hold to show</translation>
    </message>
</context>
<context>
    <name>HomePage</name>
    <message>
        <source>找事项、政策、地名</source>
        <translation>Find an item, a policy, a place</translation>
    </message>
    <message>
        <source>现在可以办</source>
        <translation>Done here, now</translation>
    </message>
    <message>
        <source>在这台机器上办</source>
        <translation>Done at this terminal</translation>
    </message>
    <message>
        <source>可以看指南，到窗口或网上办</source>
        <translation>Guides: done at a counter or online</translation>
    </message>
    <message>
        <source>问</source>
        <translation>?</translation>
    </message>
    <message>
        <source>拨打 %1</source>
        <translation>Call %1</translation>
    </message>
    <message>
        <source>咨询、投诉、建议，都可以打这个电话。</source>
        <translation>For questions, complaints and suggestions.</translation>
    </message>
    <message>
        <source>看</source>
        <translation>2</translation>
    </message>
    <message>
        <source>看看别的</source>
        <translation>See the others</translation>
    </message>
    <message>
        <source>这里还没有事项。请按“返回”。</source>
        <translation>There is nothing here yet. Please touch Back.</translation>
    </message>
</context>
<context>
    <name>IdentifyPage</name>
    <message>
        <source>请把身份证平放在左上方亮灯处</source>
        <translation>Lay your ID card flat on the lit place at the upper left</translation>
    </message>
    <message>
        <source>请把身份证平放在上方亮灯处</source>
        <translation>Lay your ID card flat on the lit place above</translation>
    </message>
    <message>
        <source>请把身份证平放在右上方亮灯处</source>
        <translation>Lay your ID card flat on the lit place at the upper right</translation>
    </message>
    <message>
        <source>请把身份证平放在左侧亮灯处</source>
        <translation>Lay your ID card flat on the lit place on the left</translation>
    </message>
    <message>
        <source>请把身份证平放在右侧亮灯处</source>
        <translation>Lay your ID card flat on the lit place on the right</translation>
    </message>
    <message>
        <source>请把身份证平放在左下方亮灯处</source>
        <translation>Lay your ID card flat on the lit place at the lower left</translation>
    </message>
    <message>
        <source>请把身份证平放在下方亮灯处</source>
        <translation>Lay your ID card flat on the lit place below</translation>
    </message>
    <message>
        <source>请把身份证平放在右下方亮灯处</source>
        <translation>Lay your ID card flat on the lit place at the lower right</translation>
    </message>
    <message>
        <source>正在读取，请不要移动</source>
        <translation>Reading, please do not move the card</translation>
    </message>
    <message>
        <source>读卡器现在读不了证件</source>
        <translation>The reader cannot read cards right now</translation>
    </message>
    <message>
        <source>约 1 秒读完。</source>
        <translation>It takes about a second.</translation>
    </message>
    <message>
        <source>放好后请不要移动，约 1 秒读完。证件信息离开时清除。</source>
        <translation>Leave it there for about a second. What is read is wiped when you leave.</translation>
    </message>
    <message>
        <source>再试一次</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>也可以请大厅的工作人员帮忙，或拨打 %1。</source>
        <translation>You may also ask the staff of the hall, or call %1.</translation>
    </message>
    <message>
        <source>港澳台居民居住证、外国人永久居留身份证也放在这里。</source>
        <translation>Residence permits and foreign permanent resident ID cards go here too.</translation>
    </message>
    <message>
        <source>放</source>
        <translation>1</translation>
    </message>
    <message>
        <source>放平，不要移动</source>
        <translation>Lay it flat and leave it</translation>
    </message>
    <message>
        <source>证</source>
        <translation>2</translation>
    </message>
    <message>
        <source>居住证也放在这里</source>
        <translation>Permits go here, too</translation>
    </message>
    <message>
        <source>港澳台居民居住证、外国人永久居留身份证。</source>
        <translation>Residence permits, foreign permanent resident cards.</translation>
    </message>
    <message>
        <source>清</source>
        <translation>3</translation>
    </message>
    <message>
        <source>离开时清除</source>
        <translation>Wiped when you leave</translation>
    </message>
    <message>
        <source>证件信息不留在这台机器上。</source>
        <translation>Nothing of your card stays on this terminal.</translation>
    </message>
    <message>
        <source>问</source>
        <translation>?</translation>
    </message>
    <message>
        <source>拨打 %1</source>
        <translation>Call %1</translation>
    </message>
    <message>
        <source>也可以请大厅的工作人员帮忙。</source>
        <translation>Or ask the staff in the hall for help.</translation>
    </message>
</context>
<context>
    <name>IdleWarning</name>
    <message>
        <source>您还在办理吗？</source>
        <translation>Are you still there?</translation>
    </message>
    <message>
        <source>数到零，就为您结束并清除信息。</source>
        <translation>At zero this visit ends and your data is wiped.</translation>
    </message>
    <message>
        <source>继续办理</source>
        <translation>Go on</translation>
    </message>
    <message>
        <source>结束并退出</source>
        <translation>End and leave</translation>
    </message>
</context>
<context>
    <name>KeyPad</name>
    <message>
        <source>清空</source>
        <translation>Clear</translation>
    </message>
    <message>
        <source>删除</source>
        <translation>Delete</translation>
    </message>
</context>
<context>
    <name>KeyboardPanel</name>
    <message>
        <source>锁大写</source>
        <translation>LOCK</translation>
    </message>
    <message>
        <source>大写</source>
        <translation>Shift</translation>
    </message>
    <message>
        <source>分开</source>
        <translation>Split</translation>
    </message>
    <message>
        <source>删除</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>abc</translation>
    </message>
    <message>
        <source>选第一个</source>
        <translation>First</translation>
    </message>
    <message>
        <source>空格</source>
        <translation>Space</translation>
    </message>
    <message>
        <source>用字母</source>
        <translation>Letters</translation>
    </message>
    <message>
        <source>换行</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>好了</source>
        <translation>Done</translation>
    </message>
</context>
<context>
    <name>NoticePage</name>
    <message>
        <source>办理前，请先读须知</source>
        <translation>Please read this first</translation>
    </message>
    <message>
        <source>我已阅读，继续</source>
        <translation>I have read it, go on</translation>
    </message>
    <message>
        <source>下一页</source>
        <translation>Next</translation>
    </message>
</context>
<context>
    <name>NumberPage</name>
    <message>
        <source>请输入凭条上的编号</source>
        <translation>Enter the number on your slip</translation>
    </message>
    <message>
        <source>请扫凭条上的码，或输入编号</source>
        <translation>Scan the slip&apos;s code, or enter its number</translation>
    </message>
    <message>
        <source>编号以 T 开头，印在凭条上“终端流水号”后面。</source>
        <translation>The number begins with T; it stands on the slip after “Terminal number”.</translation>
    </message>
    <message>
        <source>查询</source>
        <translation>Query</translation>
    </message>
    <message>
        <source>编号还没有输完</source>
        <translation>The number is not complete</translation>
    </message>
    <message>
        <source>读到了，正在核对</source>
        <translation>Read; it is being checked</translation>
    </message>
    <message>
        <source>把凭条下方的方形码对准扫码窗口，自动读取。</source>
        <translation>Hold the square code at the slip&apos;s foot before the scanner.</translation>
    </message>
    <message>
        <source>删除</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>清空</source>
        <translation>Clear</translation>
    </message>
</context>
<context>
    <name>PageFrame</name>
    <message>
        <source>不打烊 · 演示</source>
        <translation>Budayang · Demo</translation>
    </message>
    <message>
        <source>不打烊 · 政务服务</source>
        <translation>Budayang · Public services</translation>
    </message>
    <message>
        <source>%1 秒后回首页</source>
        <translation>Home in %1 s</translation>
    </message>
    <message>
        <source>结束</source>
        <translation>End</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
</context>
<context>
    <name>Pager</name>
    <message>
        <source>上一页</source>
        <translation>Previous</translation>
    </message>
    <message>
        <source>第 %1 页，共 %2 页</source>
        <translation>Page %1 of %2</translation>
    </message>
    <message>
        <source>下一页</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>已经是第一页</source>
        <translation>This is the first page</translation>
    </message>
    <message>
        <source>已经是最后一页</source>
        <translation>This is the last page</translation>
    </message>
</context>
<context>
    <name>PaperLine</name>
    <message>
        <source>查询单（A4 纸）</source>
        <translation>Statement (A4 sheet)</translation>
    </message>
    <message>
        <source>凭条（小票）</source>
        <translation>Slip</translation>
    </message>
    <message>
        <source>证明（A4 纸）</source>
        <translation>Certificate (A4 sheet)</translation>
    </message>
    <message>
        <source>排在后面，马上打印</source>
        <translation>Next in line</translation>
    </message>
    <message>
        <source>正在打印…</source>
        <translation>Printing…</translation>
    </message>
    <message>
        <source>已打印，请取走</source>
        <translation>Printed, please take it</translation>
    </message>
    <message>
        <source>没有打印出来</source>
        <translation>Did not come out</translation>
    </message>
    <message>
        <source>不能确定是否出来了</source>
        <translation>Not certain whether it came out</translation>
    </message>
</context>
<context>
    <name>PrintPage</name>
    <message>
        <source>正在打印，请稍候</source>
        <translation>Printing, one moment</translation>
    </message>
    <message>
        <source>查询单出来了吗？</source>
        <translation>Did the statement come out?</translation>
    </message>
    <message>
        <source>凭条出来了吗？</source>
        <translation>Did the slip come out?</translation>
    </message>
    <message>
        <source>有的纸没有打印出来，要再打印一次吗？</source>
        <translation>Not everything came out. Print it again?</translation>
    </message>
    <message>
        <source>打好了，请取走您的单据</source>
        <translation>Done. Please take your papers</translation>
    </message>
    <message>
        <source>证明出来了吗？</source>
        <translation>Did the certificate come out?</translation>
    </message>
    <message>
        <source>出纸口在图上亮灯处，请不要往外拉纸。</source>
        <translation>The paper comes out at the lit place. Please do not pull it.</translation>
    </message>
    <message>
        <source>单据上有您的个人信息，请不要留在机器上。</source>
        <translation>They hold your personal data: please do not leave them here.</translation>
    </message>
    <message>
        <source>机器自己看不到纸有没有出来，要请您看一眼亮灯的出纸口。</source>
        <translation>The terminal cannot see whether the paper came out. Please look at the lit outlet.</translation>
    </message>
    <message>
        <source>请看下面的原因。不打印也可以继续，办好的事不受影响。</source>
        <translation>See the reason below. You can go on without paper; what was done stays done.</translation>
    </message>
    <message>
        <source>出来了</source>
        <translation>It came out</translation>
    </message>
    <message>
        <source>再打印一次</source>
        <translation>Print again</translation>
    </message>
    <message>
        <source>已取走，继续</source>
        <translation>Taken, go on</translation>
    </message>
    <message>
        <source>没有出来</source>
        <translation>It did not</translation>
    </message>
    <message>
        <source>不打印，继续</source>
        <translation>Go on without</translation>
    </message>
</context>
<context>
    <name>ProgressPage</name>
    <message>
        <source>这次没有查到</source>
        <translation>It could not be looked up</translation>
    </message>
    <message>
        <source>正在查询，请稍候</source>
        <translation>Looking it up, one moment</translation>
    </message>
    <message>
        <source>知道了</source>
        <translation>Understood</translation>
    </message>
    <message>
        <source>再查一次</source>
        <translation>Ask again</translation>
    </message>
    <message>
        <source>查询只看办到哪一步，不显示您写的内容。</source>
        <translation>This shows how far it is, never what you wrote.</translation>
    </message>
    <message>
        <source>号</source>
        <translation>No</translation>
    </message>
    <message>
        <source>平台回执 %1</source>
        <translation>Platform number %1</translation>
    </message>
    <message>
        <source>终端流水号</source>
        <translation>Terminal number</translation>
    </message>
    <message>
        <source>还没有</source>
        <translation>Not yet</translation>
    </message>
    <message>
        <source>已完成</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>问</source>
        <translation>?</translation>
    </message>
    <message>
        <source>拨打 %1</source>
        <translation>Call %1</translation>
    </message>
    <message>
        <source>报上编号就能问。</source>
        <translation>Say the number and ask.</translation>
    </message>
</context>
<context>
    <name>QueryPage</name>
    <message>
        <source>这次没有查到，可以再试一次</source>
        <translation>No answer this time; you can try again</translation>
    </message>
    <message>
        <source>今天比平时慢，还在查询</source>
        <translation>Slower than usual, still looking it up</translation>
    </message>
    <message>
        <source>正在查询，请稍候</source>
        <translation>Looking it up, one moment</translation>
    </message>
    <message>
        <source>正在向主管部门查询您的信息，一般 3 秒内完成。请不要走开。</source>
        <translation>Asking the department for your records. It usually takes 3 seconds; please stay.</translation>
    </message>
    <message>
        <source>主管部门还没有答复，答复一到就显示。请不要走开。</source>
        <translation>The department has not answered yet. The answer is shown as soon as it comes; please stay.</translation>
    </message>
    <message>
        <source>再试一次</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>您可以继续等，也可以按“结束”改天再来。查询只是看，不会改动您的信息。</source>
        <translation>You may wait, or touch &apos;End&apos; and come another day. A query only looks; it changes nothing.</translation>
    </message>
    <message>
        <source>查询只是看，不会改动您的信息。</source>
        <translation>A query only looks; it changes nothing.</translation>
    </message>
    <message>
        <source>您的信息没有变化</source>
        <translation>Your data is as it was</translation>
    </message>
    <message>
        <source>放</source>
        <translation>1</translation>
    </message>
    <message>
        <source>查询只是看，不会改动任何东西。</source>
        <translation>This only looks; it changes nothing.</translation>
    </message>
    <message>
        <source>问</source>
        <translation>?</translation>
    </message>
    <message>
        <source>还是不行？</source>
        <translation>Still no answer?</translation>
    </message>
    <message>
        <source>可以结束后改天再来，或拨打 %1，也可以到人工窗口查询。</source>
        <translation>Come another day, call %1, or ask at the counter.</translation>
    </message>
</context>
<context>
    <name>RatePage</name>
    <message>
        <source>谢谢您的评价</source>
        <translation>Thank you for your rating</translation>
    </message>
    <message>
        <source>正在送出您的评价</source>
        <translation>Sending your rating</translation>
    </message>
    <message>
        <source>您对这次办理满意吗？</source>
        <translation>How satisfied are you with this visit?</translation>
    </message>
    <message>
        <source>自愿评价。工作人员看不到是谁评的。</source>
        <translation>Only if you like. The staff cannot see who rated.</translation>
    </message>
    <message>
        <source>您的评价已经收到。请按“完成”，然后取走证件和单据。</source>
        <translation>Your rating has arrived. Touch &apos;Done&apos;, then take your card and papers.</translation>
    </message>
    <message>
        <source>完成</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>评价送出后就可以完成</source>
        <translation>You can finish once it is sent</translation>
    </message>
    <message>
        <source>非常满意</source>
        <translation>Very satisfied</translation>
    </message>
    <message>
        <source>满意</source>
        <translation>Satisfied</translation>
    </message>
    <message>
        <source>基本满意</source>
        <translation>Fairly satisfied</translation>
    </message>
    <message>
        <source>不满意</source>
        <translation>Dissatisfied</translation>
    </message>
    <message>
        <source>非常不满意</source>
        <translation>Very dissatisfied</translation>
    </message>
    <message>
        <source>跳过，不评价</source>
        <translation>Skip, no rating</translation>
    </message>
</context>
<context>
    <name>ResultPage</name>
    <message>
        <source>您的%1</source>
        <translation>Your %1</translation>
    </message>
    <message>
        <source>没有查到您的住房公积金账户</source>
        <translation>No housing fund account was found for you</translation>
    </message>
    <message>
        <source>您的住房公积金</source>
        <translation>Your housing provident fund</translation>
    </message>
    <message>
        <source>您的补充住房公积金</source>
        <translation>Your supplementary housing fund</translation>
    </message>
    <message>
        <source>截至 %1 · 请留意身后</source>
        <translation>As of %1 · mind your privacy</translation>
    </message>
    <message>
        <source>这不是出错：主管部门现在没有以您的证件号码开立的账户。</source>
        <translation>Nothing went wrong: the department holds no account under your ID number.</translation>
    </message>
    <message>
        <source>打印查询单</source>
        <translation>Print the statement</translation>
    </message>
    <message>
        <source>完成</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>打印机现在都不能用，白天可到人工窗口打印</source>
        <translation>No printer works right now; the counter prints in the daytime</translation>
    </message>
    <message>
        <source>不打印，完成</source>
        <translation>Done, no paper</translation>
    </message>
    <message>
        <source>单</source>
        <translation>1</translation>
    </message>
    <message>
        <source>刚参加工作或刚换单位</source>
        <translation>New in work, or a new employer?</translation>
    </message>
    <message>
        <source>请先问单位是否已经开户、是否用了别的证件开户。</source>
        <translation>Ask your employer whether the account is open, and under which ID.</translation>
    </message>
    <message>
        <source>地</source>
        <translation>2</translation>
    </message>
    <message>
        <source>在外地缴存</source>
        <translation>Paid in elsewhere?</translation>
    </message>
    <message>
        <source>外地的账户要在缴存地查询。</source>
        <translation>Accounts of other places are looked up there.</translation>
    </message>
    <message>
        <source>问</source>
        <translation>?</translation>
    </message>
    <message>
        <source>拨打 %1</source>
        <translation>Call %1</translation>
    </message>
    <message>
        <source>可以查问开户情况，也可以白天带身份证到人工窗口。</source>
        <translation>Ask about your account, or bring your card to the counter in the daytime.</translation>
    </message>
    <message>
        <source>%1 %2 %3 元，打开看全部内容</source>
        <translation>%1 %2 %3 yuan, open for all details</translation>
    </message>
    <message>
        <source>这段时间没有资金变动。可以换“全部”看看。</source>
        <translation>No entries in this period. Try &apos;All&apos;.</translation>
    </message>
    <message>
        <source>账户余额（元）</source>
        <translation>Balance (yuan)</translation>
    </message>
    <message>
        <source>状态 %1 · 月缴 %2 元 · 缴至 %3</source>
        <translation>State %1 · monthly %2 yuan · paid to %3</translation>
    </message>
    <message>
        <source>返回明细</source>
        <translation>Back to entries</translation>
    </message>
    <message>
        <source>资金明细</source>
        <translation>Entries</translation>
    </message>
    <message>
        <source>账户信息</source>
        <translation>Account</translation>
    </message>
    <message>
        <source>正在取另一段时间的明细</source>
        <translation>Getting another period</translation>
    </message>
    <message>
        <source>近半年</source>
        <translation>6 months</translation>
    </message>
    <message>
        <source>近一年</source>
        <translation>1 year</translation>
    </message>
    <message>
        <source>全部</source>
        <translation>All</translation>
    </message>
    <message>
        <source>正在取另一段时间的明细…</source>
        <translation>Getting another period…</translation>
    </message>
    <message>
        <source>点一行看全部内容</source>
        <translation>Touch a line for all details</translation>
    </message>
</context>
<context>
    <name>ReviewPage</name>
    <message>
        <source>请核对，再提交</source>
        <translation>Check it, then submit</translation>
    </message>
    <message>
        <source>提交</source>
        <translation>Submit</translation>
    </message>
</context>
<context>
    <name>SearchEntry</name>
    <message>
        <source>清空</source>
        <translation>Clear</translation>
    </message>
</context>
<context>
    <name>SearchPage</name>
    <message>
        <source>您要找什么？</source>
        <translation>What are you looking for?</translation>
    </message>
    <message>
        <source>您要找什么政策？</source>
        <translation>Which policy are you looking for?</translation>
    </message>
    <message>
        <source>您要找哪个地名？</source>
        <translation>Which place are you looking for?</translation>
    </message>
    <message>
        <source>要找的内容</source>
        <translation>What you look for</translation>
    </message>
    <message>
        <source>字、拼音或首字母</source>
        <translation>Words, pinyin or initials</translation>
    </message>
    <message>
        <source>打几个字、拼音或首字母</source>
        <translation>A few characters, pinyin or initials</translation>
    </message>
    <message>
        <source>正在找…</source>
        <translation>Looking…</translation>
    </message>
    <message>
        <source>没</source>
        <translation>No</translation>
    </message>
    <message>
        <source>没有找到</source>
        <translation>Nothing found</translation>
    </message>
    <message>
        <source>少打几个字，或换一种说法，再试一次。</source>
        <translation>Type less, or other words, and try again.</translation>
    </message>
    <message>
        <source>问</source>
        <translation>Ask</translation>
    </message>
    <message>
        <source>也可以拨打 %1</source>
        <translation>You can also call %1</translation>
    </message>
    <message>
        <source>或请工作人员帮您找。</source>
        <translation>Or ask the staff to help you find it.</translation>
    </message>
    <message>
        <source>字</source>
        <translation>Aa</translation>
    </message>
    <message>
        <source>打几个字就行</source>
        <translation>A few characters will do</translation>
    </message>
    <message>
        <source>例如：社保、居住证、老年人</source>
        <translation>Such as 社保, 居住证, 老年人</translation>
    </message>
    <message>
        <source>例如：补贴、就业、老年人</source>
        <translation>For example: subsidy, employment, elderly</translation>
    </message>
    <message>
        <source>例如：区、街道、村的名字</source>
        <translation>For example: the name of a district, a subdistrict or a village</translation>
    </message>
    <message>
        <source>拼</source>
        <translation>Py</translation>
    </message>
    <message>
        <source>拼音、首字母也行</source>
        <translation>Pinyin or initials, too</translation>
    </message>
    <message>
        <source>例如：shebao、sb</source>
        <translation>Such as shebao, sb</translation>
    </message>
</context>
<context>
    <name>SettingsBar</name>
    <message>
        <source>标准</source>
        <translation>A</translation>
    </message>
    <message>
        <source>大字</source>
        <translation>A+</translation>
    </message>
</context>
<context>
    <name>StaffPage</name>
    <message>
        <source>本机状况</source>
        <translation>This terminal now</translation>
    </message>
    <message>
        <source>工作人员入口</source>
        <translation>For staff</translation>
    </message>
    <message>
        <source>%1 的情况，自动更新</source>
        <translation>As of %1, kept up to date</translation>
    </message>
    <message>
        <source>正在问存储，请稍候</source>
        <translation>Asking the store, one moment</translation>
    </message>
    <message>
        <source>请输入工作人员 PIN。不是工作人员请按“离开”。</source>
        <translation>Enter the staff PIN. If you are not staff, press “Leave”.</translation>
    </message>
    <message>
        <source>离开</source>
        <translation>Leave</translation>
    </message>
    <message>
        <source>立即送出</source>
        <translation>Send now</translation>
    </message>
    <message>
        <source>进入</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>正在处理，请稍候</source>
        <translation>At work, one moment</translation>
    </message>
    <message>
        <source>正在核对</source>
        <translation>Comparing</translation>
    </message>
    <message>
        <source>PIN 至少 6 位</source>
        <translation>A PIN has at least 6 digits</translation>
    </message>
    <message>
        <source>离线队列</source>
        <translation>Queue</translation>
    </message>
    <message>
        <source>退件</source>
        <translation>Dead letters</translation>
    </message>
    <message>
        <source>设备</source>
        <translation>Devices</translation>
    </message>
    <message>
        <source>等待送出</source>
        <translation>Waiting to be sent</translation>
    </message>
    <message>
        <source>没有退件。</source>
        <translation>There are no dead letters.</translation>
    </message>
    <message>
        <source>再送一次</source>
        <translation>Send again</translation>
    </message>
</context>
<context>
    <name>StateBadge</name>
    <message>
        <source>可以办</source>
        <translation>Ready</translation>
    </message>
    <message>
        <source>可先填</source>
        <translation>Fill in first</translation>
    </message>
    <message>
        <source>暂停</source>
        <translation>Paused</translation>
    </message>
    <message>
        <source>看指南</source>
        <translation>Guide</translation>
    </message>
</context>
<context>
    <name>StepsBar</name>
    <message>
        <source>须知</source>
        <translation>Notice</translation>
    </message>
    <message>
        <source>证件</source>
        <translation>Card</translation>
    </message>
    <message>
        <source>确认</source>
        <translation>Confirm</translation>
    </message>
    <message>
        <source>核验</source>
        <translation>Verify</translation>
    </message>
    <message>
        <source>查询</source>
        <translation>Query</translation>
    </message>
    <message>
        <source>结果</source>
        <translation>Result</translation>
    </message>
    <message>
        <source>填写</source>
        <translation>Write</translation>
    </message>
    <message>
        <source>核对</source>
        <translation>Check</translation>
    </message>
    <message>
        <source>提交</source>
        <translation>Submit</translation>
    </message>
    <message>
        <source>编号</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>进度</source>
        <translation>Progress</translation>
    </message>
    <message>
        <source>打印</source>
        <translation>Print</translation>
    </message>
    <message>
        <source>评价</source>
        <translation>Rate</translation>
    </message>
</context>
<context>
    <name>SubmitPage</name>
    <message>
        <source>已提交，平台已收到</source>
        <translation>Submitted and received</translation>
    </message>
    <message>
        <source>已提交，尚未受理</source>
        <translation>Submitted, not yet accepted</translation>
    </message>
    <message>
        <source>正在提交，请稍候</source>
        <translation>Submitting, one moment</translation>
    </message>
    <message>
        <source>还没有确认提交成功</source>
        <translation>Not confirmed yet</translation>
    </message>
    <message>
        <source>请按“再提交一次”：同一份只会收一次，不会重复。</source>
        <translation>Press “Submit again”: the same one is taken only once.</translation>
    </message>
    <message>
        <source>打印凭条</source>
        <translation>Print the slip</translation>
    </message>
    <message>
        <source>我已记下编号，继续</source>
        <translation>I noted the number</translation>
    </message>
    <message>
        <source>再提交一次</source>
        <translation>Submit again</translation>
    </message>
    <message>
        <source>不打印，继续</source>
        <translation>Go on without</translation>
    </message>
    <message>
        <source>先安全存下，再送往平台。</source>
        <translation>Kept safely first, then sent to the platform.</translation>
    </message>
    <message>
        <source>您写的内容还在，不用重写。</source>
        <translation>What you wrote is still here.</translation>
    </message>
    <message>
        <source>终端流水号</source>
        <translation>Terminal number</translation>
    </message>
    <message>
        <source>%1 提交 · 平台回执 %2</source>
        <translation>Submitted %1 · platform number %2</translation>
    </message>
    <message>
        <source>%1 提交</source>
        <translation>Submitted %1</translation>
    </message>
    <message>
        <source>送</source>
        <translation>&gt;</translation>
    </message>
    <message>
        <source>已经送到平台</source>
        <translation>It is at the platform</translation>
    </message>
    <message>
        <source>联网后自动送达</source>
        <translation>Delivered by itself</translation>
    </message>
    <message>
        <source>约一个工作日答复。</source>
        <translation>The answer takes about one working day.</translation>
    </message>
    <message>
        <source>已加密存在本机，断电也不会丢，不用再交一次。</source>
        <translation>Kept here encrypted, safe from power cuts; no need to come again.</translation>
    </message>
    <message>
        <source>验</source>
        <translation>!</translation>
    </message>
    <message>
        <source>身份待核验</source>
        <translation>Identity to be confirmed</translation>
    </message>
    <message>
        <source>下次带身份证和手机来确认，确认后才算受理。</source>
        <translation>Bring card and phone next time; then it is accepted.</translation>
    </message>
    <message>
        <source>查</source>
        <translation>?</translation>
    </message>
    <message>
        <source>在任何一台终端都能查</source>
        <translation>Ask at any terminal</translation>
    </message>
    <message>
        <source>选“办件查询”，输入编号，放身份证。</source>
        <translation>Choose “Where is my case?”, enter the number, lay your card.</translation>
    </message>
    <message>
        <source>问</source>
        <translation>?</translation>
    </message>
    <message>
        <source>拨打 %1</source>
        <translation>Call %1</translation>
    </message>
    <message>
        <source>报上编号就能问。</source>
        <translation>Say the number and ask.</translation>
    </message>
</context>
<context>
    <name>TextEntry</name>
    <message>
        <source>最多写 %1 字，请删去一些再写。</source>
        <translation>There is room for %1 characters: delete some to write more.</translation>
    </message>
    <message>
        <source>还有一个词没有选好：请点一个候选词，或删去拼音，再继续。</source>
        <translation>One word is not chosen yet: pick a candidate, or delete the spelling, then go on.</translation>
    </message>
    <message>
        <source>已写 %1 字，最多 %2 字</source>
        <translation>%1 of %2 characters</translation>
    </message>
    <message>
        <source>已经是开头</source>
        <translation>This is the beginning</translation>
    </message>
    <message>
        <source>已经是末尾</source>
        <translation>This is the end</translation>
    </message>
    <message>
        <source>还没有写字</source>
        <translation>Nothing is written yet</translation>
    </message>
    <message>
        <source>恢复</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>清空</source>
        <translation>Clear</translation>
    </message>
</context>
<context>
    <name>TimeBar</name>
    <message>
        <source>还有 %1 秒</source>
        <translation>%1 seconds left</translation>
    </message>
</context>
<context>
    <name>TimeWarning</name>
    <message>
        <source>本次办理的时间快到了</source>
        <translation>Your time here is nearly up</translation>
    </message>
    <message>
        <source>还需要时间，请按“我还要用”。</source>
        <translation>If you need more time, touch “More time”.</translation>
    </message>
    <message>
        <source>我还要用</source>
        <translation>More time</translation>
    </message>
    <message>
        <source>结束并退出</source>
        <translation>End and leave</translation>
    </message>
</context>
<context>
    <name>WritePage</name>
    <message>
        <source>请写下您要说的事</source>
        <translation>Write what it is about</translation>
    </message>
    <message>
        <source>您要说的是哪一类？</source>
        <translation>What kind of matter is it?</translation>
    </message>
    <message>
        <source>选一类，好交给对的人答复。</source>
        <translation>Choose one, so that the right people answer.</translation>
    </message>
    <message>
        <source>写好了，继续</source>
        <translation>Continue</translation>
    </message>
    <message>
        <source>还没有写内容</source>
        <translation>Nothing is written yet</translation>
    </message>
    <message>
        <source>内容</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>什么事、什么时候、在哪里，希望怎样解决。请不要写银行卡号和密码。</source>
        <translation>What, when, where, and how it should be solved. No card numbers or passwords.</translation>
    </message>
</context>
</TS>
