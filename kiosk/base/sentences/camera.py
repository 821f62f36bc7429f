"""Sentences about the document camera and the face camera: what is wrong, and how it is mended."""

SENTENCES: dict[str, tuple[str, str, str]] = {
    "camera.bad_command": (
        "拍照的要求没有写清楚，没有拍。请再试一次，或到窗口办理。",
        "拍照的要求沒有寫清楚，沒有拍。請再試一次，或到窗口辦理。",
        "The request to the camera was not understood and no picture was taken. Please try again or go to a counter.",
    ),
    "camera.bad_settings": (
        "摄像头的设置有误。请维护人员核对配置文件中“摄像头”一段。",
        "攝影機的設定有誤。請維護人員核對設定檔中「攝影機」一段。",
        "The camera's settings are wrong. A technician should check its part of the configuration file.",
    ),
    "camera.light_refused": (
        "补光灯没有亮。可以继续拍照；若太暗，请工作人员查看。",
        "補光燈沒有亮。可以繼續拍照；若太暗，請職員查看。",
        "The camera's light did not come on. You can go on; if it is too dark, please ask the staff.",
    ),
    "camera.no_light": (
        "这个摄像头没有补光灯，可以继续拍照。",
        "這個攝影機沒有補光燈，可以繼續拍照。",
        "This camera has no light of its own. You can go on.",
    ),
    "camera.no_access": (
        "终端没有使用摄像头的权限。请维护人员核对设备权限。",
        "終端沒有使用攝影機的權限。請維護人員核對裝置權限。",
        "The terminal may not use the camera. A technician should check the device's permissions.",
    ),
    "camera.no_picture": (
        "摄像头没有画面。请再试一次；若一直如此，请换一种方式或到窗口办理。",
        "攝影機沒有畫面。請再試一次；若一直如此，請改用其他方式或到窗口辦理。",
        "The camera gives no picture. Please try again; if this lasts, choose another way or go to a counter.",
    ),
    "camera.power_off": (
        "摄像头没有接好。请工作人员检查连线；也可换一种方式办理。",
        "攝影機沒有接好。請職員檢查連線；也可改用其他方式辦理。",
        "The camera is not connected. Please ask staff to check its cable, or choose another way.",
    ),
}
