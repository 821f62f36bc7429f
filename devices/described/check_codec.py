"""Check sums of serial frames, by name.

CRCs by the parameters of the "CRC RevEng" catalogue (width 16); the test compares each with the catalogue's check value.
`lrc` is the two's complement of the sum (Modbus over serial line V1.02, 2.5.2.2), `xor` what Chinese manuals call BCC.
"""

from collections.abc import Callable, Mapping
from functools import partial, reduce
from operator import xor


def _crc16(data: bytes, *, polynomial: int, start: int, is_reflected: bool, final: int) -> int:
    crc = start
    for byte in data:
        if is_reflected:
            crc ^= byte
            for _ in range(8):
                crc = (crc >> 1) ^ polynomial if crc & 1 else crc >> 1
        else:
            crc ^= byte << 8
            for _ in range(8):
                crc = ((crc << 1) ^ polynomial if crc & 0x8000 else crc << 1) & 0xFFFF
    return crc ^ final


KINDS: Mapping[str, tuple[int, Callable[[bytes], int]]] = {
    "none": (0, lambda _: 0),
    "sum8": (1, lambda data: sum(data) & 0xFF),
    "sum16": (2, lambda data: sum(data) & 0xFFFF),
    "lrc": (1, lambda data: -sum(data) & 0xFF),
    "xor": (1, lambda data: reduce(xor, data, 0)),
    "crc16_modbus": (2, partial(_crc16, polynomial=0xA001, start=0xFFFF, is_reflected=True, final=0)),
    "crc16_arc": (2, partial(_crc16, polynomial=0xA001, start=0, is_reflected=True, final=0)),
    "crc16_kermit": (2, partial(_crc16, polynomial=0x8408, start=0, is_reflected=True, final=0)),
    "crc16_x25": (2, partial(_crc16, polynomial=0x8408, start=0xFFFF, is_reflected=True, final=0xFFFF)),
    "crc16_xmodem": (2, partial(_crc16, polynomial=0x1021, start=0, is_reflected=False, final=0)),
    "crc16_ccitt_false": (2, partial(_crc16, polynomial=0x1021, start=0xFFFF, is_reflected=False, final=0)),
}
"""Name -> (bytes, function)."""


def size_of(kind: str, is_hex: bool) -> int:
    """Bytes of a check on the wire."""
    return KINDS[kind][0] * (2 if is_hex else 1)


def check_of(kind: str, data: bytes, *, is_big: bool, is_hex: bool) -> bytes:
    """The check of `data` as it goes over the wire; the hex form is capital letters, high digit first."""
    size, function = KINDS[kind]
    value = function(data)
    if is_hex:
        return f"{value:0{size * 2}X}".encode() if size else b""
    return value.to_bytes(size, "big" if is_big else "little")
