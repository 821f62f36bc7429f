"""The page that was taken, as a picture for QML: decoded on the GUI thread from the session, kept nowhere else.

An address that holds the picture (``data:``) would be decoded by a thread of Qt's that lives as long as the process, and leave the
picture's first kilobytes on its stack (known from searching it, Qt 6.11).
"""

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtQuick import QQuickImageProvider

from kiosk.terminal.port import TerminalPort

NAME = "page"
ADDRESS = f"image://{NAME}/"


class PagePicture(QQuickImageProvider):
    """Gives the page of the session's draft, whatever is asked for; the address only tells one picture from another."""

    def __init__(self, terminal: TerminalPort) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)
        self._terminal = terminal

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:  # noqa: A002  Qt's names
        draft = self._terminal.session.visit.draft
        if draft is None or draft.attachment is None:
            return QImage()
        return QImage.fromData(draft.attachment.preview, "JPEG")  # type: ignore[arg-type]  # bytes fail (6.11.3)
