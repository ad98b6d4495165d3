"""Words as they sound when said: by people, by the voices of the packs, in quiet and in noise."""

from __future__ import annotations

import csv
import random
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from kiosk.content.loader import load
from languages import tongue
from tests.support.models import AUDIO
from voices.codec import decode, stretch, wav
from voices.sound import HEAR_RATE, SPEAK_RATE, Samples, Sound
from voices.speaking.pack import PACKS, Pack, packs

#: The packs' clips are made slow for customers; people answer faster.
PACE = 1.1


@dataclass(frozen=True, slots=True)
class Said:
    """Words, and the sound of somebody saying them, 16 kHz."""

    text: str
    samples: Samples


@cache
def people(language: str) -> Mapping[str, Path]:
    """Recordings of people, by the word they say."""
    index = AUDIO / "index.csv"
    if not index.is_file():
        return {}
    with index.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["language"] == language]
    return {row["text"]: AUDIO / row["file"] for row in rows}


@dataclass(frozen=True, slots=True)
class Recorded:
    """A recording of one of several people; `speaker` tells them apart."""

    text: str
    speaker: str
    path: Path

    @property
    def samples(self) -> Samples:
        return decode(self.path, HEAR_RATE).samples


def everybody(language: str) -> list[Recorded]:
    """All recordings of people: single words by several, sentences by one."""
    found = [Recorded(text, "zh", path) for text, path in people(language).items()]
    index = AUDIO / "index-more.csv"
    if not index.is_file():
        return found
    with index.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["language"] == language]
    more = [(row["words"].strip("\ufeff"), AUDIO / row["file"]) for row in rows]
    return found + [Recorded(text, _speaker(path), path) for text, path in more]


def _speaker(path: Path) -> str:
    """``zh-speakers/s3-01.flac`` is by s3; the sentences are all by one."""
    return path.stem.split("-")[0] if "-" in path.stem else path.parent.name


def espeak(text: str, *options: str) -> Sound:
    """What espeak-ng's own voice says: no person, but another voice than the kiosk's."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "said.wav"
        subprocess.run(["espeak-ng", *options, "-w", str(file), text], check=True)
        return decode(file)


def words(language: str) -> dict[str, list[Said]]:
    """Words by who says them: people, and the language's own voice."""
    found = {
        "people": [
            Said(text, decode(path, HEAR_RATE).samples) for text, path in people(language).items()
        ]
    }
    pack = next(iter(packs(PACKS).get(language, ())), None)
    if pack is not None:
        clips = {text: pack.find(text) for text in labels(language)}
        found[pack.voice] = [
            Said(text, heard(stretch(pack.sound(clip), PACE)))
            for text, clip in clips.items()
            if clip is not None
        ]
    return found


def labels(language: str, most: int = 60) -> Sequence[str]:
    """What can be chosen, as it is written: titles of services, and options."""
    found = dict.fromkeys(
        message.text
        for key, message in load(None).words(language).messages.items()
        if message.say and (key.endswith(".title") or ".option." in key)
    )
    return tuple(found)[:: max(1, len(found) // most)]


def digit_sounds(language: str) -> dict[str, dict[str, Sound]]:
    """The ten digits by who says them."""
    spoken = {
        digit: word for word, digit in reversed(list(tongue(language).heard.digit_words.items()))
    }
    found = {}
    recorded = people(language)
    if set(spoken.values()) <= set(recorded):
        found["people"] = {d: decode(recorded[w], SPEAK_RATE) for d, w in spoken.items()}
    pack = next(iter(packs(PACKS).get(language, ())), None)
    if pack is not None:
        found[pack.voice] = {d: stretch(_clip(pack, w), PACE) for d, w in spoken.items()}
    return {who: {d: _tight(sound) for d, sound in ten.items()} for who, ten in found.items()}


def _tight(sound: Sound) -> Sound:
    """Without the room before and after a recorded word."""
    size = sound.rate // 50
    count = len(sound.samples) // size
    levels = np.sqrt(np.mean(sound.samples[: count * size].reshape(count, size) ** 2, axis=1))
    loud = np.nonzero(levels > levels.max() / 25)[0]
    return Sound(sound.samples[max(0, loud[0] - 2) * size : (loud[-1] + 3) * size], sound.rate)


def _clip(pack: Pack, text: str) -> Sound:
    clip = pack.find(text)
    if clip is None:
        raise LookupError(f"{pack.folder} has no clip of {text!r}")
    return pack.sound(clip)


def dictated(digits: str, ten: Mapping[str, Sound], chance: random.Random) -> Sound:
    """Digits one after another, 60 to 160 ms between them, as people dictate."""
    parts: list[Samples] = []
    for digit in digits:
        gap = round(chance.uniform(0.06, 0.16) * SPEAK_RATE)
        parts += [ten[digit].samples, np.zeros(gap, np.float32)]
    return Sound(np.concatenate(parts))


def heard(sound: Sound) -> Samples:
    """A sound as a microphone gives it: 16 kHz, with a little of the room around it."""
    said = decode(wav(sound), HEAR_RATE).samples
    count = len(said)
    room = np.random.default_rng(3).standard_normal(count + HEAR_RATE // 2) * 1e-3
    room[HEAR_RATE // 4 : HEAR_RATE // 4 + count] += said
    return room.astype(np.float32)


def noisy(samples: Samples, snr_db: float, seed: int) -> Samples:
    """The samples with pink noise so many dB below their power."""
    random_ = np.random.default_rng(seed)
    bands = np.fft.rfftfreq(len(samples))
    bands[0] = bands[1]
    spectrum = random_.standard_normal(len(bands)) + 1j * random_.standard_normal(len(bands))
    noise = np.fft.irfft(spectrum / np.sqrt(bands), len(samples))
    wanted = np.mean(samples**2) * 10 ** (-snr_db / 10)
    return (samples + noise * np.sqrt(wanted / np.mean(noise**2))).astype(np.float32)


def choices(texts: Sequence[str], chance: random.Random, count: int) -> list[str]:
    """So many of the texts, each once."""
    return chance.sample(sorted(set(texts)), count)
