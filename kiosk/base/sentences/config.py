"""What is wrong in a configuration file, and after the arrow how to mend it; read by technicians."""

SENTENCES: dict[str, tuple[str, str, str]] = {
    "config.refused": (
        "配置有 {count} 处需要改正 → 请按上面各行修改后再启动。",
        "配置有 {count} 處需要改正 → 請按上面各行修改後再啟動。",
        "The configuration needs {count} correction(s) → mend the lines above, then start again.",
    ),
    "config.file_missing": (
        "没有这个文件 → 请运行 python main.py provision init 生成配置，或用 --config 指明它在哪里。",
        "沒有這個檔案 → 請執行 python main.py provision init 產生配置，或用 --config 指明它在哪裡。",
        "there is no such file → run python main.py provision init, or say with --config where it is.",
    ),
    "config.file_unreadable": (
        "文件读不出来 → 请检查读取权限，并把它存为 UTF-8 文本。",
        "檔案讀不出來 → 請檢查讀取權限，並把它存為 UTF-8 文字。",
        "the file cannot be read → check its permissions and save it as UTF-8 text.",
    ),
    "config.file_too_large": (
        "文件超过 {limit} 字节，不会是配置 → 请核对 --config 所指的文件。",
        "檔案超過 {limit} 位元組，不會是配置 → 請核對 --config 所指的檔案。",
        "the file is larger than {limit} bytes and can be no configuration → check what --config names.",
    ),
    "config.not_yaml": (
        "从这一行起不是 YAML → 请检查缩进、冒号后的空格和引号是否成对。",
        "從這一行起不是 YAML → 請檢查縮排、冒號後的空格和引號是否成對。",
        "this is no YAML from here on → check the indentation, the space after colons, and that quotes come in pairs.",
    ),
    "config.not_a_mapping": (
        "{where} 应是“名称: 值”的列表 → 请在它下面缩进两格逐行填写。",
        "{where} 應是「名稱: 值」的列表 → 請在它下面縮排兩格逐行填寫。",
        "{where} should hold lines of “name: value” → write them below it, indented by two spaces.",
    ),
    "config.not_a_value": (
        "{key} 应是单个值，现在是列表 → 请只写一个值。",
        "{key} 應是單個值，現在是列表 → 請只寫一個值。",
        "{key} should be one value, not a list → write a single value.",
    ),
    "config.missing": (
        "缺少 {key} → 请补上这一项；provision init 生成的配置里有带说明的样例。",
        "缺少 {key} → 請補上這一項；provision init 產生的配置裡有帶說明的樣例。",
        "{key} is missing → add it; the file that provision init writes shows it with an explanation.",
    ),
    "config.twice": (
        "{key} 在第 {line} 行已经写过 → 请删去其中一处。",
        "{key} 在第 {line} 行已經寫過 → 請刪去其中一處。",
        "{key} stands already in line {line} → take one of them out.",
    ),
    "config.unknown_key": (
        "没有 {key} 这一项 → 请删去它；这里可以写：{known}。",
        "沒有 {key} 這一項 → 請刪去它；這裡可以寫：{known}。",
        "there is no {key} → take it out; what may stand here: {known}.",
    ),
    "config.unknown_key_near": (
        "没有 {key} 这一项 → 是否想写 {near}？请改正或删去。",
        "沒有 {key} 這一項 → 是否想寫 {near}？請改正或刪去。",
        "there is no {key} → was {near} meant? Correct it or take it out.",
    ),
    "config.text_form": (
        "{key} 写成“{value}”，形式不对 → 请照这个样子写：{example}。",
        "{key} 寫成「{value}」，形式不對 → 請照這個樣子寫：{example}。",
        "{key} is “{value}”, which has not the right form → write it like {example}.",
    ),
    "config.choice": (
        "{key} 写成“{value}” → 请从这些里选一个：{words}。",
        "{key} 寫成「{value}」 → 請從這些裡選一個：{words}。",
        "{key} is “{value}” → choose one of: {words}.",
    ),
    "config.number_range": (
        "{key} 写成“{value}” → 请填 {low} 到 {high} 之间的数。",
        "{key} 寫成「{value}」 → 請填 {low} 到 {high} 之間的數。",
        "{key} is “{value}” → give a number from {low} to {high}.",
    ),
    "config.time_limit": (
        "{key} 是 {value} 秒，会让人来不及办理或让信息留在屏上太久 → 请填 {low} 到 {high} 秒，或删去此行用默认值。",
        "{key} 是 {value} 秒，會讓人來不及辦理或讓資料留在屏上太久 → 請填 {low} 到 {high} 秒，或刪去此行用預設值。",
        "{key} is {value} s, too short for people or too long on the screen → give {low} to {high} s, or take the line out.",
    ),
    "config.tls_incomplete": (
        "{key}：加密连接需要 ca_bundle、client_certificate、client_key 三个文件 → 请补齐；provision init 或平台管理员会提供。",
        "{key}：加密連線需要 ca_bundle、client_certificate、client_key 三個檔案 → 請補齊；provision init 或平台管理員會提供。",
        "{key}: TLS takes three files, ca_bundle, client_certificate and client_key → give all; the platform's operator has them.",
    ),
    "config.region_wanted": (
        '{key}：有 reference 一段，就要写本机所在区划 → 请填 6 位或 12 位行政区划代码，如 region: "320613"。',
        '{key}：有 reference 一段，就要寫本機所在區劃 → 請填 6 位或 12 位行政區劃代碼，如 region: "320613"。',
        '{key}: with a section reference the terminal\'s region is needed → give its code of 6 or 12 digits, as region: "320613".',
    ),
    "config.production_public_key": (
        "{key}：{path} 不是公钥 → 请放发布者给的公钥文件（PEM，开头为 BEGIN PUBLIC KEY）；私钥不能放在终端上。",
        "{key}：{path} 不是公鑰 → 請放發布者給的公鑰檔案（PEM，開頭為 BEGIN PUBLIC KEY）；私鑰不能放在終端上。",
        "{key}: {path} is no public key → put the publisher's public key there (PEM, BEGIN PUBLIC KEY); a private key must not be on a terminal.",
    ),
    "config.name_form": (
        "{key} 的名称“{value}”形式不对 → 请只用字母、数字、点、横线和下划线，以字母或数字开头。",
        "{key} 的名稱「{value}」形式不對 → 請只用字母、數字、點、橫線和底線，以字母或數字開頭。",
        "the name “{value}” of {key} has not the right form → use letters, digits, dot, dash and underscore only.",
    ),
    "config.exactly_one": (
        "{key}：{words} 要写且只能写其中一项 → 请留下合用的一项，删去其余。",
        "{key}：{words} 要寫且只能寫其中一項 → 請留下合用的一項，刪去其餘。",
        "{key}: exactly one of {words} must stand here → keep the one that fits and take out the others.",
    ),
    "config.needs_other": (
        "{key} 要与 {other} 一起写 → 请补上 {other}，或把两项都删去。",
        "{key} 要與 {other} 一起寫 → 請補上 {other}，或把兩項都刪去。",
        "{key} goes together with {other} → add {other}, or take both out.",
    ),
    "config.not_above": (
        "{key}：{low} 是 {value}，大于 {high} 的 {most} → 请把 {low} 改小，或把 {high} 改大。",
        "{key}：{low} 是 {value}，大於 {high} 的 {most} → 請把 {low} 改小，或把 {high} 改大。",
        "{key}: {low} is {value}, more than {high}, which is {most} → make {low} smaller or {high} larger.",
    ),
    "config.shared_wire": (
        "{key} 与第 {line} 行的 {other} 接的是同一个端口或设备，两个驱动会互相抢数据 → 请核对接线，给其中一个改填它自己的端口，或删去一个。",
        "{key} 與第 {line} 行的 {other} 接的是同一個連接埠或設備，兩個驅動會互相搶資料 → 請核對接線，給其中一個改填它自己的連接埠，或刪去一個。",
        "{key} is what {other} in line {line} uses already, so each would take the other's data → give one its own port.",
    ),
    "config.production_port": (
        "{key} 指向 {port}，不是真实硬件，可能是模拟器 → 正式环境请填真实设备，例如 /dev/serial/by-id/ 下的名称。",
        "{key} 指向 {port}，不是真實硬體，可能是模擬器 → 正式環境請填真實設備，例如 /dev/serial/by-id/ 下的名稱。",
        "{key} leads to {port}, no hardware but maybe an emulator → name the real device, e.g. under /dev/serial/by-id/.",
    ),
    "config.production_device_here": (
        "{key} 指向本机 {host}，可能是模拟器 → 正式环境请填设备自己的网络地址。",
        "{key} 指向本機 {host}，可能是模擬器 → 正式環境請填設備自己的網路位址。",
        "{key} leads to this machine, {host}, maybe to an emulator → give the device's own network address.",
    ),
    "config.production_virtual_reader": (
        "{key} 写成“{reader}”，会用到虚拟读卡器 → 正式环境请填真实读卡器的名称，可用 devices probe 查看。",
        "{key} 寫成「{reader}」，會用到虛擬讀卡器 → 正式環境請填真實讀卡器的名稱，可用 devices probe 查看。",
        "{key} is “{reader}”, which fits a virtual reader → give the real reader's name; devices probe shows it.",
    ),
    "config.production_virtual_keyboard": (
        "{key} 是 {keyboard}，任何程序都能用它冒充扫描器 → 正式环境请填扫描器自己的键盘名称，可用 devices probe 查看。",
        "{key} 是 {keyboard}，任何程式都能用它冒充掃描器 → 正式環境請填掃描器自己的鍵盤名稱，可用 devices probe 查看。",
        "{key} is {keyboard}, through which any program can type → name the scanner's own keyboard; devices probe shows it.",
    ),
    "config.production_reader_unnamed": (
        "缺少 {key}，会用到最先出现的读卡器，可能是虚拟的 → 正式环境请填读卡器的名称，可用 devices probe 查看。",
        "缺少 {key}，會用到最先出現的讀卡器，可能是虛擬的 → 正式環境請填讀卡器的名稱，可用 devices probe 查看。",
        "{key} is missing, so the first reader is taken, maybe a virtual one → give its name; devices probe shows it.",
    ),
    "config.production_file_camera": (
        "{key} 是 file，放的是录像而不是真人，供演示用 → 正式环境请改为 v4l2 或 mjpeg，填真实摄像头。",
        "{key} 是 file，放的是錄像而不是真人，供演示用 → 正式環境請改為 v4l2 或 mjpeg，填真實攝影機。",
        "{key} is file, which shows a film and is for the demo → use v4l2 or mjpeg with the real camera.",
    ),
    "config.production_sane_backend": (
        "{key} 用的是 SANE 的 {backend}，只产生测试图像 → 正式环境请填真实扫描仪，可用 devices probe 查看。",
        "{key} 用的是 SANE 的 {backend}，只產生測試圖像 → 正式環境請填真實掃描器，可用 devices probe 查看。",
        "{key} uses SANE's {backend}, which makes test pictures → name the real scanner; devices probe shows it.",
    ),
    "config.production_silent_output": (
        "{key} 是 {output}，听不到声音 → 正式环境请填真实声卡，例如 default 或 plughw:0。",
        "{key} 是 {output}，聽不到聲音 → 正式環境請填真實聲卡，例如 default 或 plughw:0。",
        "{key} is {output}, which nobody can hear → name the real sound card, e.g. default or plughw:0.",
    ),
    "config.production_file_printer": (
        "{key} 是 file，只把文件存盘而不打印，供演示用 → 正式环境请改为 cups 并填写 queue。",
        "{key} 是 file，只把檔案存碟而不列印，供演示用 → 正式環境請改為 cups 並填寫 queue。",
        "{key} is file, which keeps citizens' sheets on disk and is for the demo → use cups with a queue.",
    ),
    "config.production_no_reader": (
        "没有配置身份证阅读器 {key} → 正式环境请填写它的 driver、port 和 module_id。",
        "沒有配置身份證閱讀器 {key} → 正式環境請填寫它的 driver、port 和 module_id。",
        "there is no ID card reader, {key} → give its driver, port and module_id.",
    ),
    "config.production_module_id": (
        "缺少 {key}，换了阅读器也不会被发现 → 请把阅读器标签上的模块号填在这里。",
        "缺少 {key}，換了閱讀器也不會被發現 → 請把閱讀器標籤上的模組號填在這裡。",
        "{key} is missing, so an exchanged reader would go unseen → put the module's number from its label here.",
    ),
    "config.production_demo_pin": (
        "{key} 是演示的 PIN，人人知道 → 请用 main.py provision staff-pin 另设一个。",
        "{key} 是示範的 PIN，人人知道 → 請用 main.py provision staff-pin 另設一個。",
        "{key} is the demo's PIN, which everybody knows → make another with main.py provision staff-pin.",
    ),
    "config.production_no_tls": (
        "{key} 不是 https，公民信息会明文传送 → 请填平台的 https 地址和三个证书文件。",
        "{key} 不是 https，市民資料會明文傳送 → 請填平台的 https 位址和三個證書檔案。",
        "{key} is not https, citizens' data would travel in the clear → give the https address and the three files.",
    ),
    "config.production_platform_here": (
        "{key} 指向本机，那是演示平台 → 正式环境请填中心平台的地址。",
        "{key} 指向本機，那是演示平台 → 正式環境請填中心平台的位址。",
        "{key} leads to this machine, which is the demo's platform → give the central platform's address.",
    ),
    "config.production_file_missing": (
        "{key} 所指的文件 {path} 不存在 → 请运行 provision init，或向平台管理员索取。",
        "{key} 所指的檔案 {path} 不存在 → 請執行 provision init，或向平台管理員索取。",
        "the file {path} of {key} is not there → run provision init, or ask the platform's operator for it.",
    ),
    "config.production_key_open": (
        "{key} 的私钥 {path} 其他用户也能读取 → 请执行 chmod 600，并考虑换一把新密钥。",
        "{key} 的私鑰 {path} 其他使用者也能讀取 → 請執行 chmod 600，並考慮換一把新密鑰。",
        "the private key {path} of {key} can be read by others → chmod 600 it, and consider a new key.",
    ),
}
