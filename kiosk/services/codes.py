"""Codes of service items and of the bodies that carry them out.

Source: GB/T 39554.1-2020 (basic code 12, implementing code 31, code of the business item 33 characters) and GB 32100
(统一社会信用代码, check character modulo 31). All codes are text. The meaning of the level digit 6 is known from
practice only.
"""

from kiosk.base.errors import Problem

_USCC_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_LEVELS = "123456"
_KINDS = ("01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "20")


def uscc_check_character(body: str) -> str:
    """The 18th character for the first 17 of a unified social credit code.

    Raises:
        ValueError: not 17 characters of the code's alphabet.
    """
    if len(body) != 17 or any(character not in _USCC_CHARACTERS for character in body):
        raise ValueError("17 characters of the code's alphabet are needed")
    total = sum(weight * _USCC_CHARACTERS.index(c) for weight, c in zip(_USCC_WEIGHTS, body, strict=True))
    return _USCC_CHARACTERS[-total % 31]


def check_uscc(code: str) -> Problem | None:
    """What is wrong with a unified social credit code, None when nothing is."""
    if len(code) != 18 or any(character not in _USCC_CHARACTERS for character in code):
        return Problem("services.uscc_shape")
    right = uscc_check_character(code[:17])
    if code[17] != right:
        return Problem("services.uscc_check", {"found": code[17], "right": right})
    return None


def check_basic_code(code: str) -> Problem | None:
    """What is wrong with a basic code (基本编码): 2 origin, 2 kind, 5 main item, 3 sub-item."""
    if not _is_digits(code, 12):
        return Problem("services.basic_code_shape", {"length": str(len(code))})
    if code[2:4] not in _KINDS:
        return Problem("services.basic_code_kind", {"found": code[2:4], "allowed": " ".join(_KINDS)})
    return None


def check_item_code(code: str, basic_code: str) -> Problem | None:
    """What is wrong with an implementing code (实施编码): 18 body, 1 level, 12 basic code."""
    if len(code) != 31:
        return Problem("services.item_code_shape", {"length": str(len(code))})
    if problem := check_uscc(code[:18]):
        return problem
    if code[18] not in _LEVELS:
        return Problem("services.item_code_level", {"found": code[18]})
    if code[19:] != basic_code:
        return Problem("services.item_code_basic", {"found": code[19:], "right": basic_code})
    return None


def check_business_item_code(code: str, item_code: str) -> Problem | None:
    """What is wrong with the code of a business item (业务办理项编码): the implementing code and a 2-digit order."""
    if len(code) != 33:
        return Problem("services.business_code_shape", {"length": str(len(code))})
    if code[:31] != item_code:
        return Problem("services.business_code_item", {"right": item_code})
    if not _is_digits(code[31:], 2):
        return Problem("services.business_code_order", {"found": code[31:]})
    return None


def _is_digits(text: str, length: int) -> bool:
    return len(text) == length and text.isascii() and text.isdigit()
