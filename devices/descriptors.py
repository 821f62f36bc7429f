"""Open files that travel from a host to the terminal beside a message (SCM_RIGHTS, unix(7)): camera frames in memory.

A frame is an anonymous file (memfd_create(2)): it has no name that could be left over, and it is gone with its last holder.
"""

import contextlib
import os

import msgspec

from devices.messages import Event


class Descriptor:
    """Owns one received descriptor; closed by `close`, or when nobody holds this object any more."""

    def __init__(self, number: int) -> None:
        self._number = number

    def fileno(self) -> int:
        """The descriptor; -1 once closed."""
        return self._number

    def close(self) -> None:
        """Twice is allowed."""
        number, self._number = self._number, -1
        if number >= 0:
            with contextlib.suppress(OSError):
                os.close(number)

    def __del__(self) -> None:
        self.close()


class EventWithFiles(Event, frozen=True, tag="event"):
    """An `Event` as its receiver gets it when files came along; never encoded. The receiver owns `files`."""

    files: tuple[Descriptor, ...] = ()

    def __repr__(self) -> str:
        return f"EventWithFiles({self.action_id!r}, {self.name!r}, {len(self.payload)} bytes, {len(self.files)} files)"


def with_files(event: Event, files: tuple[Descriptor, ...]) -> EventWithFiles:
    """The event and what came with it."""
    return EventWithFiles(**msgspec.structs.asdict(event), files=files)
