"""The number that the emulated camera draws on each picture, and how it is read from the pixels at the far end."""

BITS = 8


def field_of(bit: int, width: int) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of a bit's field in a picture of that width."""
    side = width // (BITS * 2)
    left = side // 2 + bit * 2 * side
    return left, side // 4, left + side - 1, side // 4 + side - 1


def read_code(pixels: bytes | memoryview, width: int, channels: int = 3) -> int:
    """The number modulo 256, from lines of `width` pixels; looks at one sample in the middle of each field."""
    code = 0
    for bit in range(BITS):
        left, top, right, bottom = field_of(bit, width)
        place = ((top + bottom) // 2 * width + (left + right) // 2) * channels
        code |= (pixels[place] >= 128) << bit
    return code
