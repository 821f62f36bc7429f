"""The slip of something that was handed in: its number, that it is not accepted yet, what happens next, whom to ask."""

from kiosk.base.sentences import Language, sentence
from kiosk.documents.slip import SlipData


def submission_slip(
    *,
    language: Language,
    hall: str,
    site: str,
    item: str,
    name_masked: str,
    done_at: str,
    terminal_number: str,
    receipt: str | None,
    is_verified: bool,
    phone: str,
    demo: bool,
    qr: str | None,
) -> SlipData:
    """The slip's data.

    Args:
        item: name of the service item.
        receipt: the platform's number, None while it has not answered: then the slip says so in plain words.
        is_verified: otherwise it says how the identity is confirmed.
        phone: whom to call.
        qr: the signed code, None for none.
    """

    def words(key: str, **placeholders: str) -> str:
        return sentence(f"submission.slip.{key}", language, **placeholders)

    state = [(words("received"), ""), (words("receipt", receipt=receipt), "")] if receipt else [(words("pending"), "")]
    if not is_verified:
        state.append((words("unverified"), ""))
    steps = [words("answer" if receipt else "delivery")]
    if not is_verified:
        steps.append(words("confirm"))
    steps += [words("look_up"), words("call", phone=phone)]
    return SlipData(
        language=language,
        hall=hall,
        item=item,
        name_masked=name_masked,
        done_at=done_at,
        site=site,
        terminal_number=terminal_number,
        papers=(),
        next_steps=tuple(steps),
        demo=demo,
        qr=qr,
        content=(words("state"), tuple(state)),
    )
