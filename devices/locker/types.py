"""Commands of the class `locker`. XFS4IoT knows no locker; doors use the words of its cabinet doors."""

import msgspec


class OpenDoor(msgspec.Struct, frozen=True):
    """`openDoor`: springs one lock; success means that the door is seen open."""

    door: int


OPEN_DOOR = "openDoor"
