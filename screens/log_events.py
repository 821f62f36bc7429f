"""Events of the screens for the log."""

from kiosk.base.logs import ERROR, INFO, WARNING, Event, Log, Number, Word, register

register(
    "screens",
    {
        "qt_message": Event(
            WARNING, "Qt or QML complained", severity=Word("warning", "critical", "fatal"), kind=Word("qml", "qt")
        ),
        "first_frame": Event(INFO, "the first frame is out", after_ms=Number(0, 1e7)),
        "curtain_unconfirmed": Event(ERROR, "no frame came for the curtain; the wipe went on without it"),
        "keyboard_folder_on_disk": Event(ERROR, "no folder in memory for the keyboard; it is emptied all the same"),
        "text_without_focus": Event(
            WARNING, "a page asks for text and the window has no focus: only plain letters go in"
        ),
        "slot_failed": Event(ERROR, "a bug was caught; the visit ends through its safe path"),
        "signal_received": Event(INFO, "the terminal was asked to stop"),
    },
)
log = Log("screens")
