"""Who stands here, as far as a card can tell: numbers, masks, validity. A card alone opens nothing personal."""

from kiosk.identity.card_validity import CardValidity, judge_card_validity
from kiosk.identity.id_number import IdNumber, IdNumberKind, Sex, check_character, parse_id_number
from kiosk.identity.masking import mask_id_number, mask_name, mask_phone

__all__ = [
    "CardValidity",
    "IdNumber",
    "IdNumberKind",
    "Sex",
    "check_character",
    "judge_card_validity",
    "mask_id_number",
    "mask_name",
    "mask_phone",
    "parse_id_number",
]
