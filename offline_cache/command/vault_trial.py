"""``main.py outbox vault``: tries each way to keep the key on this machine with a key of its own, and changes nothing."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.base.errors import Problem
from kiosk.base.sentences import Language, sentence, sentence_of
from offline_cache.process.keys import choice_of
from offline_cache.process.settings import StoreSettings
from offline_cache.vault.holders import KEY_BYTES, Holder, Strength, VaultClosedError


@dataclass(frozen=True)
class Trial:
    """One way; `problem` None: it works. `is_absent`: it was not tried."""

    strength: Strength
    problem: Problem | None
    is_absent: bool = False


def trials(settings: StoreSettings) -> Iterator[Trial]:
    """The chosen way, or all from the strongest on. Each may take some seconds."""
    choice = choice_of(settings)
    for strength, holder in choice.holders().items():
        if choice.strength in (None, strength):
            yield _tried(strength, holder, choice.tpm)


def _tried(strength: Strength, holder: Holder, address: str) -> Trial:
    if not holder.is_available():
        placeholders = {"address": address} if strength is Strength.TPM else {}
        return Trial(strength, Problem(f"vault.way_absent_{strength.value}", placeholders), is_absent=True)
    key = secrets.token_bytes(KEY_BYTES)
    try:
        is_same = holder.recover(holder.protect(key)) == key
    except VaultClosedError as error:
        return Trial(strength, error.remedy)
    return Trial(strength, None if is_same else Problem("vault.not_kept"))


def as_data(trial: Trial) -> dict[str, object]:
    """For ``--json``."""
    return {
        "way": trial.strength.value,
        "works": trial.problem is None,
        "isStrong": trial.strength.is_strong,
        "problem": None if trial.problem is None else trial.problem.key,
    }


def as_line(trial: Trial, language: Language) -> str:
    """For people; a weaker way says that it is weaker."""
    if trial.problem is None:
        return sentence("vault.way_works", language, way=sentence(trial.strength.sentence_key, language))
    return sentence("vault.way_broken", language, reason=sentence_of(trial.problem, language))
