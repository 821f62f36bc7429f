"""A maker's own status reply, described by a file: what to send, how many bytes come, what each bit means. Pure but for reading the file.

The fields, their kinds and the words are those of description files (`devices.described`): bytes by field, effects such as ``paper: out`` or
``reason: receipt_printer.cover_open``. Beyond them a file says ``request`` (bytes), ``automatic`` (the printer also sends the reply by itself
when something changes, and the request is carried out in order), ``start`` (which first byte begins a reply, as mask and value; not needed
when the first field is constant) and ``check`` (a check sum behind the fields). What several bits say of one thing: the worst counts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from devices.described.check_codec import KINDS, check_of, size_of
from devices.described.description import Effects, Field
from devices.described.field_codec import FieldError, decode_fields, effects_of
from devices.described.reading_fields import FieldReader, read_bytes
from devices.described.vocabulary import ClassWords, PartWords
from devices.status import Action, DeviceState, DeviceStatus, Paper
from kiosk.base.yaml_reading import ConfigError, Section, read_yaml

PROFILES = Path(__file__).parent / "profiles"
_LONGEST_REPLY = 64
_WORDS = ClassWords(
    commands={},
    parts={"cover": PartWords(("open", "closed", "unknown"))},
    gone="receipt_printer.power_off",
    general={"paper": tuple(paper.value for paper in Paper)},
)
_WORST_DEVICE = (
    DeviceState.FRAUD_ATTEMPT,
    DeviceState.POTENTIAL_FRAUD,
    DeviceState.HARDWARE_ERROR,
    DeviceState.POWER_OFF,
    DeviceState.OFFLINE,
    DeviceState.USER_ERROR,
    DeviceState.DEVICE_BUSY,
    DeviceState.ONLINE,
)
_WORST_PAPER = (Paper.JAMMED, Paper.OUT, Paper.LOW, Paper.FULL, Paper.UNKNOWN)
_WORST_COVER = ("open", "closed", "unknown")


@dataclass(frozen=True)
class VendorProfile:
    """Attributes:
    request: sent to be told the status.
    is_automatic: see the module.
    mask, value: a byte with ``byte & mask == value`` begins a reply.
    size: bytes of a reply, the check included.
    """

    model: str
    request: bytes
    is_automatic: bool
    mask: int
    value: int
    fields: tuple[Field, ...]
    check: str = "none"

    @property
    def size(self) -> int:
        return sum(field.size for field in self.fields) + size_of(self.check, is_hex=False)

    def decode(self, reply: bytes, module_id: str | None = None) -> DeviceStatus | None:
        """What a reply says; None for bytes that are no reply."""
        data = reply[: len(reply) - size_of(self.check, is_hex=False)]
        if reply[len(data) :] != check_of(self.check, data, is_big=True, is_hex=False):
            return None
        try:
            values = decode_fields(self.fields, data)
        except FieldError:
            return None
        found = [
            effects
            for field in self.fields
            if field.name in values
            for effects in effects_of(field, values[field.name])
        ]
        return _status(found, module_id)


def _status(found: Iterable[Effects], module_id: str | None) -> DeviceStatus:
    found = list(found)
    papers = [Paper(effects["paper"]) for effects in found if "paper" in effects]
    covers = [effects["cover"] for effects in found if "cover" in effects]
    troubles = [effects for effects in found if effects.keys() & {"device", "action", "reason"}]
    worst = min(troubles, key=lambda effects: _WORST_DEVICE.index(_device(effects)), default={})
    cover = min(covers, key=_WORST_COVER.index, default="unknown")
    return DeviceStatus(
        _device(worst),
        paper=min(papers, key=_WORST_PAPER.index, default=Paper.UNKNOWN),
        action=Action(worst["action"]) if "action" in worst else None,
        reason=worst.get("reason"),
        module_id=module_id,
        cover_open=None if cover == "unknown" else cover == "open",
    )


def _device(effects: Effects) -> DeviceState:
    return DeviceState(effects.get("device", DeviceState.ONLINE.value))


def profile_path(name: str) -> Path:
    """A shipped profile by its name without ``.yaml``; a text with a slash or that ending is a path."""
    return Path(name) if "/" in name or name.endswith(".yaml") else PROFILES / f"{name}.yaml"


def is_profile(path: Path) -> bool:
    """Whether a file looks like a profile, and not like a whole device's description. False for a file that cannot be read."""
    try:
        top = read_yaml(path)
    except ConfigError:
        return False
    return "request" in top and "device" not in top


def load_profile(path: Path) -> VendorProfile:
    """Reads and checks a file. Raises `ConfigError` with every complaint, each with its line and how to mend it."""
    top = read_yaml(path)
    profile = _read(top)
    if top.complaints.found:
        raise ConfigError(top.complaints.found)
    return profile


class _Fields(FieldReader):
    """The fields of description files, with a receipt printer's words."""

    def __init__(self) -> None:
        self.device = "receipt_printer"
        self.parts = set()
        self.may_complete = False
        self._words = _WORDS


def _read(top: Section) -> VendorProfile:
    model = top.text("model", pattern=r"[A-Za-z0-9][A-Za-z0-9 ,._-]{0,60}", example="VKP80")
    request = read_bytes(top, "request", most=16)
    is_automatic = top.flag("automatic", default=False)
    check = top.choice("check", KINDS, default="none")
    reader = _Fields()
    fields = reader.read_reply(top.section("fields"))
    mask, value = _read_start(top, fields)
    top.done()
    profile = VendorProfile(model, request, is_automatic, mask, value, fields, check)
    if "paper" not in reader.parts:
        top.complain("fields", "receipt_printer.profile_without_paper")
    if profile.size > _LONGEST_REPLY:
        top.complain("fields", "described.too_long", limit=str(_LONGEST_REPLY))
    return profile


def _read_start(top: Section, fields: tuple[Field, ...]) -> tuple[int, int]:
    if "start" not in top and fields and fields[0].constant:
        return 0xFF, fields[0].constant[0]
    start = top.section("start")
    mask = read_bytes(start, "mask", most=1)
    value = read_bytes(start, "value", most=1)
    start.done()
    if not mask or not value:
        return 0xFF, 0
    if value[0] & ~mask[0]:
        start.complain("value", "receipt_printer.profile_start")
    # an answer to GS r has its four high bits clear and would be taken for the beginning of a reply
    if not mask[0] & 0xF0 or not value[0] & 0xF0:
        start.complain("value", "receipt_printer.profile_start")
    return mask[0], value[0]
