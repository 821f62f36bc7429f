"""What a device put out last, as files that Qt can draw: slips, frames and pages by the emulator's ``save``, sheets from PDF."""

import contextlib
from pathlib import Path

from screens.panel.lab_line import LabLine, LabRefusedError, State

PAGES = 8
"""Of one sheet; more are not drawn."""
_SCALE = 1.6
_LARGEST_PDF = 64 * 1024 * 1024


class Pictures:
    """The pictures of one device at a time; one thread.

    Each new picture has a new name, since Qt caches by name; what was there before is deleted.

    Args:
        folder: private; the pictures lie there.
    """

    def __init__(self, lab: LabLine, folder: Path) -> None:
        self._lab = lab
        self._folder = folder
        self._emulator = ""
        self._seen: object = None
        self._content = b""
        self._serial = 0
        self._files: tuple[Path, ...] = ()

    def of(self, emulator: str, state: State) -> tuple[Path, ...]:
        """The newest pictures of the device, one for each page; none when it has put out nothing.

        Blocks as `LabLine.ask`. Raises `LabGoneError`.
        """
        if emulator != self._emulator:
            self._replace(())
            self._emulator, self._seen, self._content = emulator, None, b""
        sheet = state.get("last_sheet")
        actions = state.get("actions")
        if isinstance(sheet, str):
            self._draw(Path(sheet))
        elif "last_sheet" in state:
            self._replace(())
        elif isinstance(actions, list) and "save" in actions and state != self._seen:
            self._save(emulator)
            self._seen = state
        return self._files

    def _save(self, emulator: str) -> None:
        path = self._next()
        try:
            self._lab.ask(emulator, "save", {"path": str(path)})
            content = path.read_bytes()
        except (LabRefusedError, OSError):
            self._replace(())  # there is none, or no longer
            self._content = b""
            return
        if content == self._content:
            path.unlink(missing_ok=True)
        else:
            self._content = content
            self._replace((path,))

    def _draw(self, sheet: Path) -> None:
        """Pages of a PDF; a file that is no PDF or has gone gives none."""
        with contextlib.suppress(OSError):
            found = sheet.stat()
            seen = (str(sheet), found.st_mtime_ns, found.st_size)
            if seen == self._seen or found.st_size > _LARGEST_PDF:
                return
            self._seen = seen
            self._replace(self._pages(sheet.read_bytes()))

    def _pages(self, pdf: bytes) -> tuple[Path, ...]:
        import pypdfium2

        drawn = []
        with contextlib.suppress(pypdfium2.PdfiumError):
            document = pypdfium2.PdfDocument(pdf)
            try:
                for number in range(min(PAGES, len(document))):
                    path = self._next()
                    document[number].render(scale=_SCALE).to_pil().save(path, format="PNG")
                    drawn.append(path)
            finally:
                document.close()
        return tuple(drawn)

    def _next(self) -> Path:
        self._serial += 1
        return self._folder / f"picture-{self._serial}"

    def _replace(self, files: tuple[Path, ...]) -> None:
        before, self._files = self._files, files
        for path in before:
            path.unlink(missing_ok=True)
