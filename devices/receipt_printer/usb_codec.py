"""What a USB printer says of itself: the IEEE 1284 device id; pure.

Source: IEEE 1284-2000 clause 7.6 and the USB printer class 1.1, GET_DEVICE_ID: two bytes of length, high byte first and counting
themselves, then ``KEY:value;`` pairs. Some printers send the length low byte first, or one that is wrong: it is not relied on.
"""

_MAKERS = ("MFG", "MANUFACTURER")
_MODELS = ("MDL", "MODEL")
_LONGEST_NAME = 60


def model_of(device_id: bytes) -> str | None:
    """Maker and model, at most 60 printable characters; None when it says neither. The serial number is left out."""
    text = "".join(chr(byte) if 0x20 <= byte < 0x7F else "" for byte in device_id[2:])
    pairs = {key.strip().upper(): value.strip() for key, _, value in (part.partition(":") for part in text.split(";"))}
    maker = next((pairs[key] for key in _MAKERS if pairs.get(key)), "")
    model = next((pairs[key] for key in _MODELS if pairs.get(key)), "")
    if model.lower().startswith(maker.lower()):
        maker = ""
    name = f"{maker} {model}".strip()[:_LONGEST_NAME]
    return name or None
