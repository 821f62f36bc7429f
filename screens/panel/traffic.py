"""What went over a device's wire, as the panel lists it: newest last, bounded, can be held still and copied."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import (
    Property,
    QAbstractListModel,
    QByteArray,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QGuiApplication

from screens.panel.words import Words

KEPT = 400
SHOWN_BYTES = 64
_TO_DEVICE = "toDevice"
_ROLES = ("time", "isToDevice", "hex", "decoded", "size")


@dataclass(frozen=True, repr=False)
class Frame:
    """Bytes of one direction that belong together, as the lab tells them.

    Attributes:
        number: counts up without holes; `at_ms`: Unix time.
        is_to_device: from the terminal to the device.
        hex: pairs with blanks between; the lab leaves out what is nobody's business.
        size: of the whole frame, bytes; `hidden`: how many of them are left out.
        decoded: what it says in words, may be empty.
    """

    number: int
    at_ms: int
    is_to_device: bool
    hex: str
    size: int
    hidden: int
    decoded: str


def frames_of(told: object) -> tuple[Frame, ...]:
    """The frames of an answer's ``frames``; what is not understood is left out."""
    frames = []
    for one in told if isinstance(told, list) else []:
        try:
            number, at_ms, size, hidden = (int(one[key]) for key in ("n", "at_ms", "size", "hidden"))
            is_to_device = one["direction"] == _TO_DEVICE
            frames.append(Frame(number, at_ms, is_to_device, str(one["hex"]), size, hidden, str(one["decoded"])))
        except (KeyError, TypeError, ValueError, AttributeError):
            continue
    return tuple(frames)


class TrafficModel(QAbstractListModel):
    """Rows with the roles time, isToDevice, hex, decoded, size (words or "").

    Args:
        words: for the size of a frame whose bytes are not all shown.

    Signals:
        shown: a property has another value.
    """

    shown = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._frames: list[Frame] = []
        self._later: tuple[Frame, ...] = ()
        self._is_paused = False
        self._has_traffic = True

    # --- for the panel ------------------------------------------------------------------------------------------------
    def take(self, frames: tuple[Frame, ...] | None) -> None:
        """What came since the last call; None: this device tells nothing."""
        if self._has_traffic is not (frames is not None):
            self._has_traffic = frames is not None
            self.shown.emit()
        if not frames:
            return
        if self._is_paused:
            self._later += frames  # they were on their way when the list was held still
            return
        first = len(self._frames)
        self.beginInsertRows(QModelIndex(), first, first + len(frames) - 1)
        self._frames.extend(frames)
        self.endInsertRows()
        superfluous = len(self._frames) - KEPT
        if superfluous > 0:
            self.beginRemoveRows(QModelIndex(), 0, superfluous - 1)
            del self._frames[:superfluous]
            self.endRemoveRows()
        self.shown.emit()

    def forget(self) -> None:
        """Another device was chosen, or the lab is another."""
        self.beginResetModel()
        self._frames.clear()
        self._later = ()
        self.endResetModel()
        self._has_traffic = True
        self._is_paused = False
        self.shown.emit()

    # --- what QML sees ------------------------------------------------------------------------------------------------
    @Property(bool, notify=shown)
    def paused(self) -> bool:
        """Whether the list is held still; what comes meanwhile is fetched later."""
        return self._is_paused

    @Property(bool, notify=shown)
    def hasTraffic(self) -> bool:
        """Whether the device tells its traffic at all."""
        return self._has_traffic

    @Property(int, notify=shown)
    def count(self) -> int:
        """Rows; at most `KEPT`."""
        return len(self._frames)

    @Slot()
    def togglePause(self) -> None:
        """Holds the list still, or lets it go on."""
        self._is_paused = not self._is_paused
        self.shown.emit()
        if not self._is_paused:
            later, self._later = self._later, ()
            self.take(later)

    @Slot()
    def copy(self) -> None:
        """Puts all rows into the clipboard: time, direction, hex, words, with tabs between."""
        lines = (
            "\t".join((self._time(one), ">" if one.is_to_device else "<", one.hex, one.decoded)) for one in self._frames
        )
        QGuiApplication.clipboard().setText("\n".join(lines))

    # --- the list -----------------------------------------------------------------------------------------------------
    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Frames; a row has no children."""
        return 0 if parent.isValid() else len(self._frames)

    def roleNames(self) -> dict[int, QByteArray]:
        """See the class."""
        return {Qt.ItemDataRole.UserRole + at: QByteArray(name.encode()) for at, name in enumerate(_ROLES)}

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> Any:
        """One role of one row."""
        if not index.isValid() or not 0 <= index.row() < len(self._frames):
            return None
        frame = self._frames[index.row()]
        match role - Qt.ItemDataRole.UserRole:
            case 0:
                return self._time(frame)
            case 1:
                return frame.is_to_device
            case 2:
                return frame.hex[: 3 * SHOWN_BYTES - 1].upper()
            case 3:
                return frame.decoded
            case 4:
                return self._size(frame)
            case _:
                return None

    def _size(self, frame: Frame) -> str:
        counts = {"count": str(frame.size), "hidden": str(frame.hidden)}
        if frame.hidden:
            return self._words.say("panel.words.bytes_hidden", **counts)
        return self._words.say("panel.words.bytes", **counts) if frame.size > SHOWN_BYTES else ""

    def _time(self, frame: Frame) -> str:
        moment = datetime.fromtimestamp(frame.at_ms / 1000, UTC).astimezone()
        return moment.strftime("%H:%M:%S.") + f"{frame.at_ms % 1000:03d}"
