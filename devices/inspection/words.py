"""A status in words: XFS4IoT's for the technician, a sentence and who can mend it in the terminal's language."""

from devices.status import DeviceClass, DeviceStatus
from kiosk.base.sentences import Language, known_sentences, sentence


def name_of(device: DeviceClass, language: Language) -> str:
    """What people call the device."""
    return sentence(f"probe.class_{device.value}", language)


def words_of(status: DeviceStatus) -> list[str]:
    """``device=online``, ``media=notPresent``, ``doors.front=closed``: all that the device reports, in XFS4IoT's words."""
    words = [f"device={status.state.value}"]
    for name in ("media", "paper", "toner"):
        value = getattr(status, name)
        if value is not None:
            words.append(f"{name}={value.value}")
    if status.cover_open is not None:
        words.append(f"cover={'open' if status.cover_open else 'closed'}")
    words += [f"{part.name}={part.word}" for part in status.parts]
    if status.module_id is not None:
        words.append(f"module={status.module_id}")
    return words


def sentences_of(status: DeviceStatus, language: Language) -> list[str]:
    """What is the matter, and who can mend it."""
    if status.reason is not None and status.reason in known_sentences():
        told = [sentence(status.reason, language)]
    else:
        told = [sentence(f"probe.state_{_snake(status.state.value)}", language)]
    if status.action is not None:
        told.append(sentence(f"probe.action_{_snake(status.action.value)}", language))
    # on a screen some stand alone, without an end; here another follows
    end = "." if language == "en" else "。"
    return [said if said.endswith(end) else said + end for said in told]


def _snake(word: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in word)
