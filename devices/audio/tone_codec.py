"""The signals as WAV bytes (RIFF, PCM 16 bit, mono, 22,050 Hz). Pure.

Pitches and lengths are the house's; each tone swells and fades over 8 ms, since a bare cut clicks in the loudspeaker.
"""

import io
import math
import struct
import wave

from devices.audio.types import Signal

RATE = 22_050
_FADE = RATE * 8 // 1000
_LOUDNESS = 0.5
NOTES: dict[Signal, tuple[tuple[float, float], ...]] = {
    Signal.KEYPRESS: ((1200, 0.03),),
    Signal.EXCLAMATION: ((880, 0.12), (1175, 0.18)),
    Signal.WARNING: ((660, 0.2), (0, 0.1), (660, 0.2)),
    Signal.ERROR: ((440, 0.25), (330, 0.35)),
    Signal.CRITICAL: ((880, 0.2), (0, 0.1), (880, 0.2), (0, 0.1), (880, 0.2)),
}
"""(hertz, seconds); 0 hertz is silence."""


def wav_of(signal: Signal) -> bytes:
    """The whole WAV file of a signal."""
    samples: list[int] = []
    for hertz, seconds in NOTES[signal]:
        count = round(seconds * RATE)
        for at in range(count):
            swell = min(1.0, at / _FADE, (count - at) / _FADE)
            samples.append(round(32767 * _LOUDNESS * swell * math.sin(2 * math.pi * hertz * at / RATE)))
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(struct.pack(f"<{len(samples)}h", *samples))
    return file.getvalue()
