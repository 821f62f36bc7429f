"""From what fields mean to one `DeviceStatus`. Pure.

Of a part the newest word holds, wherever it came from. Troubles (device, action, reason) hold per field until that field
says otherwise; the worst of them is told. A momentary part (a call button) that was pressed since the last status is told
as pressed once, however short the press was.
"""

from collections.abc import Iterable

from devices.described.description import Description, Effects
from devices.described.vocabulary import CLASSES
from devices.status import Action, DeviceState, DeviceStatus, Media, Paper, Part, Toner

_WORST_FIRST = (
    DeviceState.FRAUD_ATTEMPT,
    DeviceState.POTENTIAL_FRAUD,
    DeviceState.HARDWARE_ERROR,
    DeviceState.POWER_OFF,
    DeviceState.OFFLINE,
    DeviceState.USER_ERROR,
    DeviceState.DEVICE_BUSY,
    DeviceState.ONLINE,
)
_GENERAL = ("media", "paper", "toner")
_TROUBLE = ("device", "action", "reason")


class Readings:
    """All that a device has said; one thread."""

    def __init__(self, description: Description) -> None:
        self._words = CLASSES[description.device]
        self._parts = description.parts
        self._gone = self._words.gone
        self._now: dict[str, str] = {}
        self._pressed: set[str] = set()
        self._troubles: dict[str, dict[str, str]] = {}
        self.module_id: str | None = None

    def forget(self) -> None:
        """After a lost line nothing is known any more."""
        self._now.clear()
        self._pressed.clear()
        self._troubles.clear()

    def take(self, source: str, effects: Iterable[Effects], *, is_event: bool = False) -> None:
        """Takes what one field says. `source` names the field; an event about a momentary part does not last."""
        trouble: dict[str, str] = {}
        for meaning in effects:
            for key, word in meaning.items():
                if key in _TROUBLE:
                    # beside `completion` a reason is the command's, unless the device itself is said to be ill
                    if "completion" not in meaning or "device" in meaning:
                        trouble[key] = word
                    continue
                if key == "completion":
                    continue
                rest = self._rest(key)
                if rest is not None and word not in (rest, "unknown"):
                    self._pressed.add(key)
                    if is_event:
                        continue
                self._now[key] = word
        if trouble:
            self._troubles[source] = trouble
        else:
            self._troubles.pop(source, None)

    def holds(self, wanted: Effects) -> bool:
        """Whether every word of `wanted` holds now; `device` is compared with the status's."""
        status = self._trouble()
        return all((status[0].value if key == "device" else self._now.get(key)) == word for key, word in wanted.items())

    def failure(self) -> DeviceStatus | None:
        """The status, if no command can succeed now."""
        status = self.status(is_told=False)
        return None if status.is_usable else status

    def status(self, *, is_told: bool = True) -> DeviceStatus:
        """The status as of now; `is_told` false leaves presses for the next call."""
        state, action, reason = self._trouble()
        parts = tuple(Part(name, self._word(name)) for name in self._parts if name not in _GENERAL)
        if is_told:
            self._pressed.clear()
        return DeviceStatus(
            state,
            media=Media(self._word("media")) if "media" in self._parts else None,
            paper=Paper(self._word("paper")) if "paper" in self._parts else None,
            toner=Toner(self._word("toner")) if "toner" in self._parts else None,
            action=Action(action) if action is not None else None,
            reason=reason,
            module_id=self.module_id,
            parts=parts,
        )

    def gone(self) -> DeviceStatus:
        """The status of a device that does not answer."""
        self.forget()
        status = self.status()
        return DeviceStatus(
            DeviceState.POWER_OFF,
            media=status.media,
            paper=status.paper,
            toner=status.toner,
            action=Action.MAINTENANCE,
            reason=self._gone,
            module_id=self.module_id,
            parts=status.parts,
        )

    def _word(self, name: str) -> str:
        if name in self._pressed:
            return "on"
        return self._now.get(name) or self._rest(name) or "unknown"

    def _rest(self, name: str) -> str | None:
        words = self._words.parts.get(name.partition(".")[0])
        return words.rest if words is not None else None

    def _trouble(self) -> tuple[DeviceState, str | None, str | None]:
        found = [
            (_WORST_FIRST.index(DeviceState(trouble.get("device", "online"))), source)
            for source, trouble in self._troubles.items()
        ]
        if not found:
            return DeviceState.ONLINE, None, None
        rank, source = min(found)
        trouble = self._troubles[source]
        return _WORST_FIRST[rank], trouble.get("action"), trouble.get("reason")
