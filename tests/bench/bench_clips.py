"""How well the recorded Mandarin is understood, by the recogniser that had no part in making it.

Whisper writes down what it hears of every clip freely; its toneless pinyin is held against the
words' (insertions, deletions and substitutions over all syllables). A word of up to three
syllables gives it no context, so it is heard in closed sets of 40 other clips instead. Outliers
are listed: the lexicon or `voices/build/takes.yaml` mends them.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ctranslate2
import numpy as np
from pypinyin import lazy_pinyin

from tests.bench.figures import Figure, report
from tests.support.models import MODELS
from tests.support.sounds import heard
from voices.build.reading import chinese
from voices.hearing.ports import Expected
from voices.hearing.whisper import WhisperRecognizer
from voices.hearing.whisper.mel import log_mel
from voices.hearing.whisper.tokens import Tokens, load_tokenizer
from voices.speaking.pack import PACKS, Clip, Pack, packs

FOLDER = MODELS / "whisper-base"
#: Syllables of a clip that is heard in a closed set; and the size of that.
SHORT, SET = 3, 40
#: Whisper was trained on half a minute at a time: frames of 10 ms.
FRAMES = 3000


@dataclass(frozen=True, slots=True)
class Understood:
    clip: Clip
    heard: str
    errors: int
    syllables: int


def syllables(text: str) -> list[str]:
    """Toneless pinyin of the Chinese in a text, numbers as they are read."""
    return [one for one in lazy_pinyin(chinese(text), errors="ignore") if one.isalpha()]


def distance(left: list[str], right: list[str]) -> int:
    """Levenshtein's, over syllables."""
    row = list(range(len(right) + 1))
    for i, one in enumerate(left, 1):
        last, row[0] = row[0], i
        for j, other in enumerate(right, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (one != other))
    return row[-1]


class Writer:
    """Whisper writing down freely."""

    def __init__(self, folder: Path) -> None:
        self._tokenizer = load_tokenizer(folder)
        self._prompt = [int(i) for i in Tokens(self._tokenizer, "zh-CN").prompt]
        self._model: Any = ctranslate2.models.Whisper(str(folder), compute_type="int8")

    def write(self, samples: Any) -> str:
        mel = log_mel(samples, FRAMES - len(samples) // 160)[np.newaxis, :, :FRAMES]
        features = ctranslate2.StorageView.from_array(np.ascontiguousarray(mel))
        found = self._model.generate(features, [self._prompt], beam_size=5, max_length=80)
        return str(self._tokenizer.decode(found[0].sequences_ids[0]))


def free(pack: Pack, clips: Iterable[Clip]) -> Iterable[Understood]:
    writer = Writer(FOLDER)
    for clip in clips:
        written = writer.write(heard(pack.sound(clip)))
        wanted = syllables(clip.text)
        yield Understood(clip, written, distance(wanted, syllables(written)), len(wanted))


def closed(pack: Pack, clips: list[Clip], among: list[Clip]) -> Iterable[Understood]:
    recognizer = WhisperRecognizer(FOLDER)
    chance = random.Random(0)
    for clip in clips:
        wanted = syllables(clip.text)
        others = [one.text for one in among if syllables(one.text) != wanted]
        expected = Expected("zh-CN", (clip.text, *chance.sample(others, SET)))
        recognizer.prepare(expected)
        recognition = recognizer.open(expected)
        recognition.feed(heard(pack.sound(clip)))
        found = recognition.result()
        best = found.phrase or next(iter(found.others), "")
        yield Understood(clip, best, distance(wanted, syllables(best)), len(wanted))


def main() -> int:
    every = 10 if "--quick" in sys.argv else 1
    return report([one for pack in packs(PACKS)["zh-CN"] for one in measured(pack, every)])


def measured(pack: Pack, every: int) -> Iterable[Figure]:
    """How well one voice is understood, by each `every`th of its clips."""
    clips = [clip for clip in pack.clips.values() if syllables(clip.text)]
    short = [clip for clip in clips if len(syllables(clip.text)) <= SHORT]
    long = [clip for clip in clips if len(syllables(clip.text)) > SHORT]
    for name, found in (
        ("sentences, written down freely", [*free(pack, long[::every])]),
        (f"words, among {SET} others", [*closed(pack, short[::every], short)]),
    ):
        wrong, total = sum(one.errors for one in found), sum(one.syllables for one in found)
        for one in sorted(found, key=lambda one: -one.errors / one.syllables)[:40]:
            if one.errors * 4 >= one.syllables:
                print(f"       {one.errors}/{one.syllables} {one.clip.text!r} heard {one.heard!r}")
        what = f"{pack.voice}, {name} (n={len(found)}): syllables wrong"
        yield Figure(what, 100 * wrong / total, 3, "%")


if __name__ == "__main__":
    sys.exit(main())
