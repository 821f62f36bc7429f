"""The pages of one pile, from the library to the disk, band by band; runs on a thread that its watch may leave behind."""

import ctypes
import time
from collections.abc import Callable

import msgspec

from devices.document_scanner import escl_codec
from devices.document_scanner.page_files import PageFile, PageFolder
from devices.document_scanner.sane_library import Device, SaneError, Status
from devices.document_scanner.scan_job import Job, raster_of
from devices.document_scanner.scan_watch import ScanWatch
from devices.document_scanner.types import EVENT_PAGE_SCANNED, ScanError, Source
from devices.driver import Execution

_BAND_BYTES = 512 * 1024
_EMPTY_READ_S = 0.01
_BEGUN_S = 0.1


class ScanFailureError(Exception):
    """The pile ended early; `reason` is the message key."""

    def __init__(self, error: ScanError, reason: str | None = None) -> None:
        super().__init__(error.value)
        self.error = error
        self.reason = reason or escl_codec.REASONS[error]


class ScanCancelledError(Exception):
    """The pile was given up, or its time was over."""


class Pile:
    """One command's pages. Owns `folder` and closes it at its end."""

    def __init__(
        self,
        device: Device,
        job: Job,
        folder: PageFolder,
        execution: Execution,
        watch: ScanWatch,
        fault: Callable[[], ScanError | None],
    ) -> None:
        self._device = device
        self._job = job
        self._folder = folder
        self._execution = execution
        self._watch = watch
        self._fault = fault
        self._begun_at = 0.0
        self._band = (ctypes.c_ubyte * _BAND_BYTES)()

    def run(self) -> None:
        """Until nothing is left. Raises `ScanFailureError`, `ScanCancelledError`, `SetupError`, `SaneError` or OSError."""
        try:
            self._pages()
        except Exception:
            # SANE's helper ends a backend's reading thread by force; done right after its begin, one of our own threads was lost now and
            # again (`test` backend: 1 of 600 scans, with this wait none of 800; why is not known)
            time.sleep(max(self._begun_at + _BEGUN_S - time.monotonic(), 0))
            raise
        finally:
            self._device.cancel()  # ends the pile, also a finished one (SANE 4.4)
            self._folder.close()

    def _pages(self) -> None:
        job, wish = self._job, self._job.wish
        while not wish.max_pages or job.pages < wish.max_pages:
            if self._watch.wants_end():
                raise ScanCancelledError
            self._watch.moved()
            try:
                self._device.start()
                self._begun_at = time.monotonic()
            except SaneError as problem:
                self._refuse_end()
                if problem.status is Status.NO_DOCS and job.pages:
                    fault = self._fault()
                    if fault is not None:
                        raise ScanFailureError(fault) from None
                    job.is_complete = True
                    return
                raise
            self._page()
            if wish.source is Source.FLATBED:
                job.is_complete = True
                return

    def _page(self) -> None:
        job = self._job
        parameters = self._device.parameters()
        raster = raster_of(parameters)
        page = PageFile(self._folder, job.next_number, job.wish.page_format, raster, job.wish.resolution_dpi)
        try:
            self._stream(page)
            if parameters.lines > 0 and page.lines < parameters.lines:
                # a scan that was cut off ends without an error, its image merely shorter
                fault = self._fault()
                raise ScanFailureError(fault or ScanError.MEDIA_SIZE, None if fault else "scanner.page_short")
            if page.lines == 0:
                raise ScanFailureError(ScanError.MEDIA_SIZE, "scanner.page_short")
            if self._watch.is_left:
                raise ScanCancelledError  # the command has ended without this page: nobody would know of it
            scanned = job.scanned(page, page.finish())
        finally:
            page.discard()
        self._execution.emit(EVENT_PAGE_SCANNED, msgspec.msgpack.encode(scanned))

    def _stream(self, page: PageFile) -> None:
        line = page.raster.bytes_per_line
        room = max(_BAND_BYTES // line, 1) * line
        if room > len(self._band):
            self._band = (ctypes.c_ubyte * room)()
        address = ctypes.addressof(self._band)
        filled = 0
        with memoryview(self._band).cast("B") as band:
            while True:
                if self._watch.wants_end():
                    self._refuse_end()
                try:
                    count = self._device.read(address + filled, room - filled)
                except SaneError:
                    self._refuse_end()
                    raise
                if count == 0:
                    time.sleep(_EMPTY_READ_S)  # a backend that answers before it has anything; `watch` bounds it
                    continue
                self._watch.moved()
                filled += max(count, 0)
                if count < 0 or filled == room:
                    whole = filled // line * line
                    page.band(band[:whole])
                    ctypes.memset(address, 0, filled)
                    filled = 0
                if count < 0:
                    return

    def _refuse_end(self) -> None:
        """Tells a stalled scan from a cancelled one from one that goes on."""
        if self._watch.has_stalled:
            raise ScanFailureError(ScanError.READ_ERROR, "scanner.silent")
        if self._watch.wants_end():
            raise ScanCancelledError
