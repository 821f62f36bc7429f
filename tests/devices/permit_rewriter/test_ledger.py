"""The step ledger: torn lines, damage, a full disk; and that nothing in it tells of a person."""

from pathlib import Path

import msgspec
import pytest

from devices.emulators.virtual_permit import permit
from devices.permit_rewriter.file_ledger import DiskFile, FileLedger
from devices.permit_rewriter.ledger import (
    Begun,
    Closed,
    Ended,
    HeldBack,
    JobEnd,
    Opened,
    Record,
    Step,
    StepOutcome,
    history_of,
    opened,
)
from devices.permit_rewriter.types import CardSeen
from devices.status import Media
from kiosk.base.errors import BudayangError
from tests.devices.permit_rewriter.scenes import NEW_BACK, NEW_CHIP

CARD = permit("permit")
SALT = "00112233445566778899aabbccddeeff"
JOB = opened("job-1", SALT, CardSeen(Media.LATCHED, CARD.chip_id, CARD.chip, *CARD.back()), NEW_CHIP, NEW_BACK.digest())
TOKEN = JOB.card_token


class MemoryFile:
    """A disk that can be full, or lose power after some bytes of a write."""

    def __init__(self) -> None:
        self.content = b""
        self.room: int | None = None

    def read(self) -> bytes:
        return self.content

    def append(self, data: bytes) -> None:
        if self.room is not None:
            self.content += data[: self.room]
            raise OSError(28, "no space")
        self.content += data

    def replace(self, data: bytes) -> None:
        if self.room is not None:
            raise OSError(28, "no space")
        self.content = data


def whole_job(ledger: FileLedger) -> list[Record]:
    ledger.open(JOB)
    ledger.begin(Step.ERASE, TOKEN)
    ledger.ended(Step.ERASE, StepOutcome.UNKNOWN)
    ledger.held("rewriter.jammed")
    ledger.closed(JobEnd.RETAINED)
    return [
        JOB,
        Begun(Step.ERASE, TOKEN),
        Ended(Step.ERASE, StepOutcome.UNKNOWN),
        HeldBack("rewriter.jammed"),
        Closed(JobEnd.RETAINED),
    ]


def test_what_is_written_is_read_after_a_restart_and_the_next_job_takes_its_place(tmp_path: Path) -> None:
    path = tmp_path / "steps.jsonl"
    assert FileLedger(DiskFile(path)).records() == ()
    wanted = whole_job(FileLedger(DiskFile(path)))
    assert FileLedger(DiskFile(path)).records() == tuple(wanted)
    assert path.stat().st_mode & 0o777 == 0o600
    FileLedger(DiskFile(path)).open(JOB)
    assert FileLedger(DiskFile(path)).records() == (JOB,)
    assert list(tmp_path.iterdir()) == [path]


def test_nothing_of_the_card_is_in_the_file() -> None:
    file = MemoryFile()
    whole_job(FileLedger(file))
    for secret in (CARD.chip_id, CARD.chip, NEW_CHIP, NEW_BACK.digest(), CARD.back()[1]):
        assert secret not in file.content
        assert secret.hex().encode() not in file.content


def test_two_jobs_on_one_card_have_nothing_in_common() -> None:
    other = opened("job-2", "ff" * 16, CardSeen(Media.LATCHED, CARD.chip_id, CARD.chip, *CARD.back()), NEW_CHIP, b"")
    first, second = msgspec.to_builtins(JOB), msgspec.to_builtins(other)
    assert {key for key in first if first[key] == second[key]} == {"type"}


def test_a_line_torn_at_any_byte_never_was() -> None:
    for room in range(len(b'{"type":"begun","step":"erase","card_token":""}\n') + len(TOKEN)):
        file = MemoryFile()
        FileLedger(file).open(JOB)
        file.room = room
        with pytest.raises(BudayangError, match="ledger_failed"):
            FileLedger(file).begin(Step.ERASE, TOKEN)
        file.room = None
        assert FileLedger(file).records() == (JOB,)
        FileLedger(file).begin(Step.ERASE, TOKEN)
        assert FileLedger(file).records() == (JOB, Begun(Step.ERASE, TOKEN))


def test_an_open_job_is_not_overwritten() -> None:
    ledger = FileLedger(MemoryFile())
    ledger.open(JOB)
    with pytest.raises(BudayangError, match="job_open"):
        ledger.open(JOB)


def test_a_disk_that_cannot_be_read_or_replaced_is_told(tmp_path: Path) -> None:
    file = MemoryFile()
    file.room = 0
    with pytest.raises(BudayangError, match="ledger_failed"):
        FileLedger(file).open(JOB)
    with pytest.raises(BudayangError, match="ledger_failed"):
        FileLedger(DiskFile(tmp_path)).records()  # a folder
    with pytest.raises(BudayangError, match="ledger_failed"):
        FileLedger(DiskFile(tmp_path / "none" / "steps.jsonl")).open(JOB)


def _lines(*records: Record) -> bytes:
    return b"".join(msgspec.json.encode(record) + b"\n" for record in records)


@pytest.mark.parametrize(
    "content",
    [
        b"nonsense\n",
        b'{"type":"begun"}\n',
        _lines(Begun(Step.ERASE, TOKEN)),
        _lines(JOB, JOB),
        _lines(JOB, Closed(JobEnd.EJECTED), Begun(Step.ERASE, TOKEN)),
        _lines(JOB, Begun(Step.ERASE, "other")),
        _lines(JOB, Ended(Step.ERASE, StepOutcome.DONE)),
        _lines(JOB) + b"\xff\n" + _lines(Begun(Step.ERASE, TOKEN)),
    ],
)
def test_records_that_make_no_sense_are_never_acted_on(content: bytes) -> None:
    file = MemoryFile()
    file.content = content
    with pytest.raises(BudayangError, match="ledger_damaged"):
        FileLedger(file).records()


def test_no_records_are_no_history() -> None:
    assert history_of(()) is None
    assert isinstance(JOB, Opened)
