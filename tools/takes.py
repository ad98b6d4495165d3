"""Choose how short words are asked of a voice: ``python -m tools.takes LANGUAGE VOICE [WORD …]``.

Without words, every text of up to three syllables that has no take yet is heard by the independent
recogniser among the voice's other short words. One that isn't known at once is spoken in several
takes, and the best is written into `voices/build/takes.yaml`. Needs the `voices` extra and an
installed Whisper model.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import yaml

from kiosk.content.loader import load
from kiosk.content.spoken import texts
from tests.bench.bench_clips import SHORT
from tests.bench.judging import Writer, judged, syllables
from tests.support.models import MODELS
from tests.support.sounds import heard
from voices.build.finish import finish
from voices.build.sources import fetch
from voices.build.synth import Synth
from voices.build.takes import FILE, Take, take
from voices.hearing.ports import Expected
from voices.hearing.whisper import WhisperRecognizer
from voices.sound import Sound

FORMS = ("，{}。", "{}，", "{}")
SPEEDS = (0.9, 1.0, 1.1)
MARKS = "，。！？、："
#: Words a word is heard among, and how sure the recogniser has to be of it.
SET, SURE = 24, 0.85
#: What one syllable that nobody said costs.
ADDED = 0.3
#: As good as this, no other take is tried.
GOOD = 0.95


class Judge:
    """How surely a sound is taken for the word it is of, among others."""

    def __init__(self, language: str, words: Sequence[str]) -> None:
        self._language = language
        self._words = words
        self._writer = Writer(language)
        self._recognizer = WhisperRecognizer(MODELS / "whisper-base")
        self._recognizer.prepare(Expected(language, tuple(words)))

    def sureness(self, word: str, sound: Sound) -> float:
        """0 to 1; less for what is heard besides it, negative where another word was understood."""
        others = [one for one in self._words if syllables(one) != syllables(word)]
        chance = random.Random(word)  # noqa: S311 (a draw that can be repeated)
        near = [one for one in others if len(one) == len(word)]
        drawn = [*chance.sample(near, min(SET // 2, len(near))), *chance.sample(others, SET // 2)]
        expected = Expected(self._language, tuple(dict.fromkeys((word, *drawn))))
        self._recognizer.prepare(expected)
        recognition = self._recognizer.open(expected)
        recognition.feed(heard(sound))
        found = recognition.result()
        best = found.phrase or next(iter(found.others), "")
        # A closed set can't show what was said besides the word.
        added = judged(word, self._writer.write(heard(sound)), self._language).added
        return (found.confidence if best == word else -found.confidence) - ADDED * added


def takes(language: str) -> Iterator[Take]:
    for form in FORMS:
        for speed in SPEEDS:
            yield Take(form, speed)


def main() -> int:
    language, voice, *only = sys.argv[1:]
    wanted = [one for one in texts(load().words(language)) if 0 < len(syllables(one)) <= SHORT]
    files = fetch(voice)
    synth = Synth(files.model, files.style, language, threads=2)
    judge = Judge(language, wanted)
    written = yaml.safe_load(FILE.read_text("utf-8")) or {}
    chosen = written.setdefault(voice, {})
    for word in only or [one for one in wanted if one not in chosen]:
        now = judge.sureness(word, finish(synth.speak_as(take(word, language, voice))))
        if now >= SURE:
            continue
        found = [(now, take(word, language, voice))]
        for one in takes(language):
            asked = Take(one.spoken.format(word.rstrip(MARKS)), one.speed)
            found.append((judge.sureness(word, finish(synth.speak_as(asked))), asked))
            if found[-1][0] >= GOOD:
                break
        best, asked = max(found, key=lambda pair: pair[0])
        print(f"{word}: {now:.2f} -> {best:.2f} {asked.spoken!r} at {asked.speed:g}", flush=True)
        if best > now + 0.1:
            chosen[word] = [asked.spoken, asked.speed]
            save(written)
    return 0


def save(written: object) -> None:
    head = "".join(line for line in FILE.open(encoding="utf-8") if line.startswith("#"))
    listed = yaml.safe_dump(written, allow_unicode=True, default_flow_style=None, sort_keys=False)
    Path(FILE).write_text(head + listed, "utf-8")


if __name__ == "__main__":
    sys.exit(main())
