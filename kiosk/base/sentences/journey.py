"""What ``main.py journey`` says when it was asked for something that is not there."""

SENTENCES: dict[str, tuple[str, str, str]] = {
    "journey.no_card": (
        "模拟证件里没有“{card}” → --card 可以是：{known}",
        "模擬證件中沒有「{card}」 → --card 可以是：{known}",
        "There is no emulated card “{card}” → --card takes: {known}",
    ),
    "journey.no_item": (
        "没有可以演的事项“{item}” → 可以是：{known}",
        "沒有可以演的事項「{item}」 → 可以是：{known}",
        "No item “{item}” can be played → it can be: {known}",
    ),
}
