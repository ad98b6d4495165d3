"""The set of whole sentences: what is said, by which voice, at which pace; and its sound.

``python -m tests.bench.sentences [FOLDER]`` has Kokoro say them, once, where ``wuai[voices]`` is
installed; people's aren't in the set. The noise of a lobby is mixed in when they are scored.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Literal

import yaml

from tests.support.models import ROOT
from tests.support.sounds import espeak, heard
from voices.codec import decode, stretch, wav
from voices.sound import Samples

Half = Literal["tuning", "figure"]
FILE = Path(__file__).with_suffix(".yaml")
SOUNDS = Path(os.environ.get("KIOSK_SENTENCES", ROOT / "data" / "sentences"))
LANGUAGE = "zh-CN"
#: Kokoro's voices of each half: whoever is in one isn't in the other.
KOKORO: Mapping[Half, tuple[str, ...]] = {
    "tuning": ("zf_xiaoxiao", "zf_xiaobei", "zm_yunjian"),
    "figure": ("zf_xiaoni", "zf_xiaoyi", "zm_yunxi"),
}
ESPEAK: Mapping[Half, tuple[str, ...]] = {
    "tuning": ("-v", "cmn-latn-pinyin+f2", "-s", "140"),
    "figure": ("-v", "cmn-latn-pinyin+m3", "-s", "140"),
}
PACES = (0.85, 1.0, 1.2)


@dataclass(frozen=True, slots=True)
class Wording:
    """A sentence, the service it asks for, and the answers it tells, by step."""

    text: str
    service: str
    told: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Spoken:
    """One sentence by one voice at one pace (1 is the voice's own), in noise or not."""

    wording: Wording
    voice: str
    pace: float
    noisy: bool

    @property
    def path(self) -> Path:
        return sound_file(self.wording.text, self.voice)

    def sound(self, half: Half) -> Samples | None:
        """16 kHz, or None where nobody has rendered it yet."""
        if self.voice == "espeak-ng":
            whole = espeak(self.wording.text, *ESPEAK[half])
        elif self.path.is_file():
            whole = decode(self.path)
        else:
            return None
        return heard(stretch(whole, self.pace))


def sound_file(text: str, voice: str) -> Path:
    return SOUNDS / f"{voice}-{hashlib.sha256(text.encode()).hexdigest()[:16]}.wav"


def wordings(half: Half) -> tuple[Wording, ...]:
    listed = yaml.safe_load(FILE.read_text("utf-8"))[half]
    return tuple(Wording(text, service, told) for text, service, told in listed)


def spoken(half: Half) -> Iterator[Spoken]:
    """Five of each wording: three voices of Kokoro and espeak-ng in noise, and one in quiet."""
    paces = cycle(PACES)
    for index, wording in enumerate(wordings(half)):
        voices = KOKORO[half]
        for voice in (*voices, "espeak-ng"):
            yield Spoken(wording, voice, next(paces), noisy=True)
        yield Spoken(wording, voices[index % len(voices)], next(paces), noisy=False)


def render() -> int:
    """Have Kokoro say what isn't there yet."""
    from voices.build.sources import fetch
    from voices.build.synth import Synth
    from voices.build.takes import Take

    SOUNDS.mkdir(parents=True, exist_ok=True)
    for half in ("tuning", "figure"):
        for voice in KOKORO[half]:
            sources = fetch(voice)
            synth = Synth(sources.model, sources.style, LANGUAGE)
            for wording in wordings(half):
                path = sound_file(wording.text, voice)
                if not path.exists():
                    path.write_bytes(wav(synth.speak_as(Take(wording.text, 1.0))))
            print(f"{half} {voice}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(render())
