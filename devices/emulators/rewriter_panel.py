"""What a panel may do to the works of the permit rewriter's emulator: cards in and out, faults armed for a step."""

import os

from devices.emulators.pty_device import Effect, Known
from devices.emulators.rewriter_mechanism import BIN_ROOM, MOMENTS, PARTS, STEPS, Mechanism
from devices.emulators.virtual_permit import CARDS, VirtualPermit, permit
from devices.status import Media


def works_actions(works: Mechanism) -> dict[str, Known]:
    """The actions by name."""

    def at_step(fault: str) -> Known:
        def known(arguments: dict[str, object]) -> Effect:
            step, count = _step(arguments), whole(arguments, "count", 1)
            return lambda: works.faults.__setitem__((fault, step), count)

        return known

    def insert(arguments: dict[str, object]) -> Effect:
        card = _named(arguments)
        if works.media is not Media.NOT_PRESENT:
            raise ValueError("里面已有证件，请先取走 / a card is there already")
        return lambda: works.put(card, Media.ENTERING)

    def inside(arguments: dict[str, object]) -> Effect:
        """As if it had been inside since before the device was switched on."""
        card = _named(arguments)
        return lambda: works.put(card, Media.LATCHED)

    def take() -> None:
        if works.media is Media.ENTERING:
            works.put(None, Media.NOT_PRESENT)

    def clear_jam() -> None:
        """A technician puts the card back into the transport."""
        if works.media is Media.JAMMED:
            works.media = Media.LATCHED

    def power_cut(arguments: dict[str, object]) -> Effect:
        step, for_ms = _step(arguments), whole(arguments, "for_ms", 500, least=0)
        when = str(arguments.get("when", "middle"))
        if when not in MOMENTS:
            raise ValueError(f"when 要写 {'、'.join(MOMENTS)} / when is one of {', '.join(MOMENTS)}")
        return lambda: works.cuts.__setitem__(step, (when, for_ms))

    def break_part(arguments: dict[str, object]) -> Effect:
        part = PARTS.get(str(arguments.get("part", "")))
        if part is None:
            raise ValueError(f"part 要写 {'、'.join(PARTS)} / part is one of {', '.join(PARTS)}")
        trouble = works.trouble | part
        return lambda: setattr(works, "trouble", trouble)

    def silent_chip() -> None:
        if works.card is not None:
            works.card.is_silent = True

    def save(arguments: dict[str, object]) -> Effect:
        path, card = arguments.get("path"), works.card
        if not isinstance(path, str) or card is None:
            raise ValueError("里面没有证件，或没有写明“path”/ no card inside, or no path given")

        def effect() -> None:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                file.write(card.png())

        return effect

    return {
        "insert": insert,
        "inside": inside,
        "take": lambda _: take,
        "remove": lambda _: lambda: works.put(None, Media.NOT_PRESENT),  # a technician opens the device
        "save": save,
        "power_cut": power_cut,
        "jam": at_step("jam"),
        "lie_ok": at_step("lie_ok"),
        "lie_error": at_step("lie_error"),
        "mute": at_step("mute"),
        "clear_jam": lambda _: clear_jam,
        "fill_bin": lambda _: lambda: setattr(works, "binned", BIN_ROOM),
        "empty_bin": lambda _: lambda: setattr(works, "binned", 0),
        "break_part": break_part,
        "silent_chip": lambda _: silent_chip,
    }


def _named(arguments: dict[str, object]) -> VirtualPermit:
    try:
        return permit(str(arguments.get("card", CARDS[0])))
    except KeyError:
        raise ValueError(f"证件有：{'、'.join(CARDS)} / the cards are {', '.join(CARDS)}") from None


def _step(arguments: dict[str, object]) -> str:
    step = str(arguments.get("step", ""))
    if step not in STEPS:
        raise ValueError(f"step 要写 {'、'.join(STEPS)} / step is one of {', '.join(STEPS)}")
    return step


def whole(arguments: dict[str, object], name: str, default: int, least: int = 1) -> int:
    """A number of an action; raises ValueError with a sentence."""
    value = arguments.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= 100_000:
        raise ValueError(f"{name} 要一个 {least} 到 100000 的整数 / {name} takes a whole number from {least} to 100000")
    return value
