"""The set of cards for the reader's emulator: text blocks of 256 bytes in all four layouts.

Numbers are published specimens or made up to fit the rule of their layout; names and addresses are invented. The photo
is a block of zeros with a mark: nobody's face.
"""

from dataclasses import dataclass
from enum import Enum

PHOTO = b"WLf\x00" + bytes(1020)


class Behaviour(Enum):
    """How the module fares with a card."""

    READABLE = "readable"
    DEFECTIVE = "defective"  # found and selected, the read fails with 41
    UNKNOWN_TYPE = "unknownType"  # selected, the read answers 40


@dataclass(frozen=True, repr=False)
class Card:
    """One card: the chip's text block and how it behaves."""

    text: bytes
    behaviour: Behaviour = Behaviour.READABLE
    label: str = ""

    def __repr__(self) -> str:
        return f"Card({self.label!r})"


def _block(flag: str, *fields: tuple[int, int, str]) -> bytes:
    block = bytearray(" ".encode("utf-16-le") * 128)
    for offset, length, text in fields:
        content = text.encode("utf-16-le")
        if len(content) > length:
            raise ValueError(f"the text for offset {offset} is longer than {length} bytes")
        block[offset : offset + len(content)] = content
    block[248:250] = flag.encode("utf-16-le")
    return bytes(block)


def resident_text(
    name: str,
    id_number: str,
    sex: str = "1",
    nation: str = "01",
    address: str = "演示省样本市示例路 1 号",
    issuer: str = "样本市公安局",
    valid_from: str = "20200101",
    valid_to: str = "20400101",
) -> bytes:
    """A resident's text block; the birth date is that of the number."""
    return _block(
        " ",
        (0, 30, name),
        (30, 2, sex),
        (32, 4, nation),
        (36, 16, id_number[6:14]),
        (52, 70, address),
        (122, 36, id_number),
        (158, 30, issuer),
        (188, 16, valid_from),
        (204, 16, valid_to),
    )


def _permit_text(name: str, id_number: str, travel_permit: str, issuer: str) -> bytes:
    return _block(
        "J",
        (0, 30, name),
        (30, 2, "2"),
        (36, 16, id_number[6:14]),
        (52, 70, "演示省样本市示例路 2 号"),
        (122, 36, id_number),
        (158, 30, issuer),
        (188, 16, "20230101"),
        (204, 16, "20280101"),
        (220, 18, travel_permit),
        (238, 4, "01"),
    )


_RESIDENT = resident_text("李思远", "440308199901101512")

CARDS: dict[str, Card] = {
    "resident": Card(_RESIDENT, label="居民身份证"),
    "long_term": Card(
        resident_text("王秀兰", "11010519491231002X", sex="2", valid_to="长期"), label="居民身份证（长期）"
    ),
    "minority": Card(
        resident_text("阿依古丽·样本江", "990000199208150017", nation="05"), label="居民身份证（带 · 的姓名）"
    ),
    "rare_character": Card(resident_text("𠮷思远", "990000198503200027", sex="2"), label="居民身份证（生僻字）"),
    "hk_permit": Card(
        _permit_text("陈家敏", "810000199408230021", "H00000000", "样本市公安局"), label="港澳居民居住证"
    ),
    "tw_permit": Card(_permit_text("林佳蓉", "830000199201300022", "00000000", "样本市公安局"), label="台湾居民居住证"),
    "foreigner_2017": Card(
        _block(
            "I",
            (0, 120, "SPECIMEN, DEMO ONE"),
            (120, 2, "1"),
            (122, 30, "XXA000000000000"),
            (152, 6, "XXA"),
            (158, 30, "样本一"),
            (188, 16, "20200101"),
            (204, 16, "20300101"),
            (220, 16, "19900101"),
            (236, 4, "01"),
            (240, 8, "1500"),
        ),
        label="外国人永久居留身份证（2017）",
    ),
    "foreigner_2023": Card(
        _block(
            "Y",
            (0, 30, "样本二"),
            (30, 2, "2"),
            (32, 4, "00"),
            (36, 16, "19900101"),
            (52, 70, "SPECIMEN, DEMO TWO WITH A NAME LONG"),
            (122, 36, "900000199001010009"),
            (188, 16, "20240101"),
            (204, 16, "20340101"),
            (220, 22, "ER THAN 35"),
            (242, 6, "XXA"),
        ),
        label="外国人永久居留身份证（2023）",
    ),
    "expired": Card(
        resident_text("李思远", "440308199901101512", valid_from="20100101", valid_to="20200101"), label="已过期"
    ),
    "defective": Card(_RESIDENT, Behaviour.DEFECTIVE, label="芯片损坏"),
    "unknown_type": Card(_RESIDENT, Behaviour.UNKNOWN_TYPE, label="不是身份证"),
    "not_in_fund": Card(resident_text("赵长生", "440524188001010014"), label="居民身份证（未缴存）"),
    "retired": Card(
        resident_text("王秀兰", "11010519491231002X", sex="2", valid_to="长期"), label="居民身份证（已退休）"
    ),
}
"""Name of a card in `lay` to the card."""
