"""The page that was taken, and the paper that lies under the camera now, as pictures for QML: made on the GUI thread.

The one is decoded from the session and kept nowhere else; of the other the newest frame is kept, small, until the screens forget.

An address that holds the picture (``data:``) would be decoded by a thread of Qt's that lives as long as the process, and leave the
picture's first kilobytes on its stack (known from searching it, Qt 6.11).
"""

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtQuick import QQuickImageProvider

from kiosk.terminal.port import TerminalPort

NAME = "page"
ADDRESS = f"image://{NAME}/"
LIVE = "live-"
"""The beginning of an id that asks for the camera's newest frame."""
_WIDEST = 900
_CHANNELS = 3


class PagePicture(QQuickImageProvider):
    """Gives the page of the session's draft, or what lies under the camera; the rest of an address only tells one picture from
    another."""

    def __init__(self, terminal: TerminalPort) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)
        self._terminal = terminal
        self._seen = QImage()

    def forget(self) -> None:
        """Drops the last frame of the camera."""
        self._seen = QImage()

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:  # noqa: A002  Qt's names
        if id.startswith(LIVE):
            return self._look()
        draft = self._terminal.session.visit.draft
        if draft is None or draft.attachment is None:
            return QImage()
        return QImage.fromData(draft.attachment.preview, "JPEG")  # type: ignore[arg-type]  # bytes fail (6.11.3)

    def _look(self) -> QImage:
        """The newest frame; the one before while there is none newer. Its memory is given back at once."""
        frame = self._terminal.paper.take()
        if frame is not None:
            with frame.pixels() as pixels, memoryview(pixels) as lines:
                whole = QImage(lines, frame.width, frame.height, frame.width * _CHANNELS, QImage.Format.Format_BGR888)
                self._seen = whole.scaledToWidth(min(_WIDEST, frame.width)).copy()
                del whole
            frame.close()
        return self._seen
