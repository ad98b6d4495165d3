"""Sound to and from files, and its speed: ffmpeg's codecs and filters through PyAV."""

from __future__ import annotations

import io
import wave
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

import numpy as np

from voices.sound import SPEAK_RATE, Samples, Sound

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame

# PyAV is taken late: a kiosk that nobody asked to speak does without its 16 MB.

#: Bits a second of a clip: a voice alone in a quiet room needs no more.
CLIP_BIT_RATE = 24_000
#: Of a line that a page plays: its clips were coded once before, which must not be heard.
LINE_BIT_RATE = 40_000
#: What is spent on coding a line: it is waited for (a fifth of the time of the most).
LINE_EFFORT = 3


class CodecError(ValueError):
    """A file that is no sound."""

    code = "codec"


def decode(source: Path | bytes, rate: int = SPEAK_RATE) -> Sound:
    """The sound of a file of any kind, mono, at `rate`. Raises `CodecError`."""
    import av
    from av.audio.resampler import AudioResampler

    file = str(source) if isinstance(source, Path) else io.BytesIO(source)
    resampler = AudioResampler(format="flt", layout="mono", rate=rate)
    found: list[Samples] = []
    try:
        with av.open(cast(BinaryIO, file), "r") as container:
            for frame in container.decode(audio=0):
                found += [_samples(one) for one in resampler.resample(frame)]
        found += [_samples(one) for one in resampler.resample(None)]
    except (av.FFmpegError, IndexError) as error:
        name = source.name if isinstance(source, Path) else "these bytes"
        raise CodecError(f"{name} can't be read as sound: {error}") from error
    return Sound(np.concatenate(found) if found else np.zeros(0, np.float32), rate)


def encode(sound: Sound, bit_rate: int = CLIP_BIT_RATE, *, effort: int = 10) -> bytes:
    """The sound as Opus in Ogg. `sound.rate` must be one Opus knows: 8, 12, 16, 24 or 48 kHz.

    `effort`, 0 to 10, is what the encoder spends on it (opusenc's complexity).
    """
    import av

    file = io.BytesIO()
    with av.open(file, "w", format="ogg") as container:
        stream = container.add_stream("libopus", rate=sound.rate, layout="mono")
        stream.bit_rate = bit_rate
        stream.codec_context.options = {
            "application": "voip",
            "vbr": "on",
            "compression_level": str(effort),
        }
        for frame in (_frame(sound), None):
            container.mux(stream.encode(frame))
    return file.getvalue()


def wav(sound: Sound) -> bytes:
    """The sound as 16-bit PCM in a WAV file."""
    file = io.BytesIO()
    with wave.open(file, "wb") as made:
        made.setnchannels(1)
        made.setsampwidth(2)
        made.setframerate(sound.rate)
        made.writeframes((np.clip(sound.samples, -1, 1) * 32767).astype("<i2").tobytes())
    return file.getvalue()


def stretch(sound: Sound, speed: float) -> Sound:
    """The sound `speed` times as fast, 0.25 to 2, at the same pitch."""
    if speed == 1.0 or not len(sound.samples):
        return sound
    import av
    from av.audio.frame import AudioFrame

    graph = av.filter.Graph()
    source = graph.add_abuffer(sample_rate=sound.rate, format="flt", layout="mono", time_base=None)
    # One filter slows down by half at the most.
    tempos = (speed,) if speed >= 0.5 else (0.5, speed / 0.5)
    chain = [graph.add("atempo", f"{tempo:g}") for tempo in tempos]
    graph.link_nodes(source, *chain, graph.add("abuffersink")).configure()
    graph.push(_frame(sound))
    graph.push(None)
    found = []
    while True:
        try:
            found.append(_samples(cast(AudioFrame, graph.pull())))
        except (av.BlockingIOError, av.EOFError):
            break
    return Sound(np.concatenate(found) if found else np.zeros(0, np.float32), sound.rate)


def _frame(sound: Sound) -> AudioFrame:
    from av.audio.frame import AudioFrame

    frame = AudioFrame.from_ndarray(sound.samples[np.newaxis, :], format="flt", layout="mono")
    frame.sample_rate = sound.rate
    return frame


def _samples(frame: AudioFrame) -> Samples:
    return frame.to_ndarray().reshape(-1).astype(np.float32)
