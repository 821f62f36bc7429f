"""The sound output through the real aplay and alsa-lib, whose ``file`` plug-in keeps what a card would have played."""

import io
import wave
from pathlib import Path

import pytest

from devices.audio.alsa_driver import AlsaOutput, AlsaSettings, make
from devices.audio.output import AudioOutput
from devices.audio.tone_codec import NOTES, RATE, wav_of
from devices.audio.types import Signal
from devices.messages import Command
from devices.outcomes import Cancelled, Done
from devices.status import CompletionCode, DeviceClass, DeviceState
from devices.supervisor import Supervisor
from kiosk.base.errors import BudayangError, Problem
from tests.devices.scenes import Heard


@pytest.mark.parametrize("signal", list(Signal))
def test_a_signal_is_a_wav_of_its_length_that_begins_and_ends_softly(signal: Signal) -> None:
    with wave.open(io.BytesIO(wav_of(signal))) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
        assert abs(file.getnframes() / RATE - sum(seconds for _, seconds in NOTES[signal])) < 0.001
        samples = memoryview(file.readframes(file.getnframes())).cast("h")
    assert max(map(abs, samples)) > 10_000
    assert abs(samples[0]) < 300
    assert abs(samples[-1]) < 600


def _outcome(heard: Heard) -> object:
    found: object = heard.wait_for(lambda _: True)
    return found


def test_signals_and_files_are_played_and_a_long_one_can_be_stopped(tmp_path: Path) -> None:
    played = tmp_path / "played.wav"
    sounds = tmp_path / "sounds"
    sounds.mkdir()
    (sounds / "welcome.wav").write_bytes(wav_of(Signal.EXCLAMATION))
    with wave.open(str(sounds / "long.wav"), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(48_000)
        file.writeframes(bytes(48_000 * 4 * 30))
    config = {"driver": "alsa", "output": f"file:FILE={played},FORMAT=wav", "sounds": str(sounds)}
    statuses = Heard()
    supervisor = Supervisor({DeviceClass.AUDIO: config}, lambda _, status: statuses.add(status))
    supervisor.start()
    try:
        statuses.wait_for(lambda status: status.state is DeviceState.ONLINE)
        output = AudioOutput(supervisor)
        heard = [Heard() for _ in range(4)]
        output.play_signal("a", Signal.ERROR, heard[0].add)
        assert _outcome(heard[0]) == Done()
        with wave.open(io.BytesIO(wav_of(Signal.ERROR))) as wanted:
            frames = wanted.readframes(wanted.getnframes())
        assert frames in played.read_bytes()
        output.play_sound("b", "welcome", heard[1].add)
        assert _outcome(heard[1]) == Done()
        output.play_sound("c", "../welcome", heard[2].add)
        assert _outcome(heard[2]) == Problem("audio.no_such_sound")
        output.play_sound("d", "long", heard[3].add)
        output.cancel("d")
        # the null device behind the file plug-in plays faster than time, so that the long sound may have ended before
        assert _outcome(heard[3]) in (Cancelled(), Done())
    finally:
        supervisor.stop()


class _Stopped:
    """An `Execution` that was cancelled at once, or never."""

    action_id = "x"

    def __init__(self, is_cancelled: bool) -> None:
        self._is_cancelled = is_cancelled

    def is_cancelled(self) -> bool:
        return self._is_cancelled

    def emit(self, name: str, payload: bytes = b"") -> None:
        raise AssertionError(name)


_KEYPRESS = Command("x", "playSignal", 1.0, b"\x81\xa6signal\xa8keypress")


def test_a_cancelled_sound_stops_at_once() -> None:
    completion = AlsaOutput(AlsaSettings("null")).execute(_KEYPRESS, _Stopped(True))
    assert completion.code is CompletionCode.CANCELED


def test_a_terminal_without_a_card_says_so(tmp_path: Path) -> None:
    cards = tmp_path / "cards"
    output = AlsaOutput(AlsaSettings(), cards)
    assert output.open().reason == "audio.gone"
    cards.write_text("--- no soundcards ---\n", encoding="utf-8")
    assert output.status().reason == "audio.gone"
    assert output.execute(_KEYPRESS, _Stopped(False)).reason == "audio.gone"
    cards.write_text(" 0 [PCH            ]: HDA-Intel - HDA Intel PCH\n", encoding="utf-8")
    assert output.status().state is DeviceState.ONLINE


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (Command("x", "playMovie", 1.0), CompletionCode.UNSUPPORTED_COMMAND),
        (Command("x", "playSignal", 1.0, b"\x81"), CompletionCode.INVALID_DATA),
        # without a folder of sounds there is no such command
        (Command("x", "playSound", 1.0, b"\x81\xa5sound\xa1a"), CompletionCode.UNSUPPORTED_COMMAND),
    ],
)
def test_what_it_cannot_play_is_refused(command: Command, code: CompletionCode) -> None:
    assert AlsaOutput(AlsaSettings("null")).execute(command, _Stopped(False)).code is code


def test_a_wrong_setting_is_refused() -> None:
    with pytest.raises(BudayangError, match=r"device\.configuration"):
        make({"output": 3})
