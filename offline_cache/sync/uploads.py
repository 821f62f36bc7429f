"""Attachments on their way: a part at a time, resumed where the platform says, round robin between items.

An item is ready once all its attachments are whole at the platform. A large file therefore never keeps the small item of
another citizen waiting.
"""

from collections import deque
from dataclasses import dataclass, field

from kiosk.base.errors import BudayangError
from offline_cache.outbox.item import AttachmentRef, Claim
from offline_cache.sync.answers import Answer
from offline_cache.sync.contract import CHUNK_BYTES, LARGEST_ATTACHMENT_BYTES, AttachmentNote
from offline_cache.sync.transport import FilePart, PlainFile, PlainFiles, Transport, UploadAnswer

GONE = frozenset({"offline.attachment_missing", "offline.attachment_damaged", "store.key_gone", "store.cannot_open"})
"""Why an attachment can never be sent."""
RESTARTS = 3
"""So often a file may be sent from its beginning; then its digest will never be right."""


@dataclass
class Upload:
    """An item whose attachments are being sent."""

    claim: Claim
    left: deque[AttachmentRef]
    notes: list[AttachmentNote] = field(default_factory=list)
    file: PlainFile | None = None
    place: int | None = None
    restarts: int = 0

    def close(self) -> None:
        """Closes the file that is open, if one is."""
        if self.file is not None:
            self.file.close()
            self.file = None


@dataclass(frozen=True)
class Step:
    """What one step ended with: the upload it was about, an answer when it went wrong, and whether all is at the platform."""

    upload: Upload
    answer: Answer
    is_ready: bool = False


class Uploads:
    """One thread."""

    def __init__(self, transport: Transport, files: PlainFiles) -> None:
        self._transport = transport
        self._files = files
        self._queue: deque[Upload] = deque()

    def __len__(self) -> int:
        return len(self._queue)

    def add(self, claim: Claim) -> None:
        """An item with attachments."""
        self._queue.append(Upload(claim, deque(claim.attachments)))

    def clear(self) -> list[Claim]:
        """Forgets all and returns their items."""
        left = [upload.claim for upload in self._queue]
        for upload in self._queue:
            upload.close()
        self._queue.clear()
        return left

    def step(self) -> Step:
        """One call for the first of the queue, which then goes to its end, unless it is ready or went wrong."""
        upload = self._queue.popleft()
        try:
            answer = self._advance(upload)
        except BudayangError as error:
            upload.close()
            # a closed vault opens again, a disk may be read next time
            return Step(upload, Answer(422, "attachment_damaged") if error.problem.key in GONE else Answer(503, "busy"))
        except BaseException:
            upload.close()
            self._queue.append(upload)
            raise
        if answer.code != "accepted":
            upload.close()
            return Step(upload, answer)
        if not upload.left:
            return Step(upload, answer, is_ready=True)
        self._queue.append(upload)
        return Step(upload, answer)

    def _advance(self, upload: Upload) -> Answer:
        reference = upload.left[0]
        if upload.file is None:
            upload.file = self._files.open_plain(reference.attachment_id)
            upload.place = None
            if upload.file.size > LARGEST_ATTACHMENT_BYTES:
                return Answer(413, "too_large")
            if upload.file.size == 0:
                return Answer(422, "attachment_damaged")
        file, place = upload.file, upload.place
        if place is None:
            return self._moved(upload, self._transport.attachment_state(reference.attachment_id), None)
        content = file.read(place, CHUNK_BYTES)
        if not content:  # the platform says it has more than there is
            return Answer(422, "attachment_damaged")
        part = FilePart(reference.attachment_id, reference.media_type, place, file.size, file.sha256, content)
        return self._moved(upload, self._transport.append(part), place + len(content))

    def _moved(self, upload: Upload, heard: UploadAnswer, expected: int | None) -> Answer:
        """Takes in where to go on; `expected`: where a part that was just sent ends."""
        if heard.received is None:
            return heard.answer
        file, reference = upload.file, upload.left[0]
        assert file is not None
        if heard.is_whole:
            upload.notes.append(
                AttachmentNote(str(reference.attachment_id), reference.media_type, file.size, file.sha256.hex())
            )
            upload.close()
            upload.left.popleft()
            upload.place = None
            return heard.answer
        if expected is not None and heard.received < expected:
            upload.restarts += 1
            if upload.restarts >= RESTARTS:
                return Answer(422, "attachment_damaged")
        upload.place = heard.received
        return heard.answer
