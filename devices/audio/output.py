"""The sound output as the terminal uses it."""

from devices.audio.types import PLAY_SIGNAL, PLAY_SOUND, PlaySignal, PlaySound, Signal
from devices.outcomes import Commands, OutcomeReceiver, submit
from devices.status import DeviceClass


class AudioOutput:
    """Commands to the output. Methods do not block; outcomes come on the supervisor's thread, exactly one each."""

    def __init__(self, supervisor: Commands) -> None:
        self._supervisor = supervisor

    def play_signal(
        self, action_id: str, signal: Signal, on_outcome: OutcomeReceiver, *, timeout_s: float = 5.0
    ) -> None:
        """Plays one short signal; done when it was played."""
        wish = PlaySignal(signal)
        submit(self._supervisor, DeviceClass.AUDIO, action_id, PLAY_SIGNAL, timeout_s, wish, on_outcome)

    def play_sound(self, action_id: str, sound: str, on_outcome: OutcomeReceiver, *, timeout_s: float = 60.0) -> None:
        """Plays a file of the configured folder, by its name without ``.wav``."""
        submit(self._supervisor, DeviceClass.AUDIO, action_id, PLAY_SOUND, timeout_s, PlaySound(sound), on_outcome)

    def cancel(self, action_id: str) -> None:
        """Falls silent; the outcome still comes."""
        self._supervisor.cancel(DeviceClass.AUDIO, action_id)
