"""The one place where personal words get their masks, for waiting screens, slips and whatever else others may see.

The patterns are those of terminals in use: ``张*三``, ``110105********002X``, ``138****1234``.
"""

_MASK = "*"


def mask_name(name: str) -> str:
    """First and last character kept; two characters keep the first; one is hidden altogether."""
    name = name.strip()
    if len(name) <= 1:
        return _MASK * len(name)
    if len(name) == 2:
        return name[0] + _MASK
    return name[0] + _MASK * (len(name) - 2) + name[-1]


def mask_id_number(number: str) -> str:
    """First six and last four kept of 15 or 18 characters; of shorter numbers only the last two."""
    number = number.strip()
    if len(number) >= 15:
        return number[:6] + _MASK * (len(number) - 10) + number[-4:]
    return _keep_last(number, 2)


def mask_phone(phone: str) -> str:
    """First three and last four kept of 11 digits; of anything shorter only the last two."""
    phone = phone.strip()
    if len(phone) >= 11:
        return phone[:3] + _MASK * (len(phone) - 7) + phone[-4:]
    return _keep_last(phone, 2)


def _keep_last(text: str, count: int) -> str:
    if len(text) <= 2 * count:
        return _MASK * len(text)
    return _MASK * (len(text) - count) + text[-count:]
