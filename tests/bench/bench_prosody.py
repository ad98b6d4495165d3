"""How questions and pauses of the recorded Mandarin sound, by the contour of the pitch.

Fifty questions that end in 吗 beside the same words as a statement, both spoken by Kokoro, as a
clip where there is one: a Mandarin speaker asks such a question higher, or comes down less (Yuan,
Shih and Kochanski, 2002). And every clip with a comma inside: whether the voice is silent there.
Without the `voices` extra only the pauses are measured; `make bench ONLY=prosody BIN=VENV/bin` runs
with the Python of an environment that has it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence

import numpy as np

from tests.bench.figures import Figure, report
from tests.bench.pitch import falls, pauses, pitches, register
from voices.build.finish import trim
from voices.build.sources import CACHE, Sources, fetch
from voices.build.takes import SPEEDS, Take
from voices.sound import Sound
from voices.speaking.kokoro import installed
from voices.speaking.pack import PACKS, Pack, packs

LANGUAGE, QUESTIONS = "zh-CN", 50
#: Marks inside a clip at which a speaker is silent for a moment.
MARKS = re.compile(r"[，；：。！？](?=.*\w)")
#: A difference of less can't be told from what two takes differ by (semitones).
LEAST = 0.5


def asked(pack: Pack) -> list[str]:
    """Clips that are questions in 吗, and, where these are too few, plain statements made so."""
    texts = [clip.text for clip in pack.clips.values()]
    own = [text for text in texts if text.endswith("吗？") and len(text) > 4]
    own = [text for text in own if not MARKS.search(text)]
    plain = sorted(t[:-1] for t in texts if t.endswith("。") and not MARKS.search(t[:-1]))
    made = [f"{text}吗？" for text in plain if 5 <= len(text) <= 12]
    return [*own, *made[:: max(1, len(made) // QUESTIONS)]][:QUESTIONS]


def pairs(pack: Pack, files: Sources, count: int) -> Iterable[tuple[Sound, Sound]]:
    """Each question, and the same words as a statement."""
    from voices.build.synth import Synth

    synth = Synth(files.model, files.style, LANGUAGE)

    def said(text: str) -> Sound:
        clip = pack.find(text)
        return pack.sound(clip) if clip else trim(synth.speak_as(Take(text, SPEEDS[LANGUAGE])))

    for text in asked(pack)[:count]:
        yield said(text), said(text.removesuffix("吗？") + "。")


def questions(pack: Pack, files: Sources, count: int) -> Iterable[Figure]:
    """How much higher they are asked, how much less they fall, and how many show neither."""
    higher, less = [], []
    for question, statement in pairs(pack, files, count):
        one, other = pitches(question), pitches(statement)
        higher.append(register(one) - register(other))
        less.append(falls(other) - falls(one))
    name = f"{pack.voice}, questions in 吗 beside statements (n={len(higher)})"
    neither = [up < LEAST and down < LEAST for up, down in zip(higher, less, strict=True)]
    yield Figure(f"{name}: asked higher by, median", float(np.median(higher)), None, "st", "more")
    yield Figure(f"{name}: come down less by, median", float(np.median(less)), None, "st", "more")
    yield Figure(f"{name}: neither higher nor coming down less", share(neither), None, "%")


def silences(pack: Pack, every: int) -> Figure:
    """How many marks inside clips have no silence of their own."""
    marked = [clip for clip in pack.clips.values() if MARKS.search(clip.text)][::every]
    wanted = [len(MARKS.findall(clip.text)) for clip in marked]
    found = [min(n, pauses(pack.sound(clip))) for n, clip in zip(wanted, marked, strict=True)]
    name = f"{pack.voice}, marks inside {len(marked)} clips (n={sum(wanted)}) without a pause"
    return Figure(name, 100 * (1 - sum(found) / sum(wanted)), 5, "%")


def share(those: Sequence[bool]) -> float:
    return 100 * sum(those) / len(those)


def main() -> int:
    every = 10 if "--quick" in sys.argv else 1
    found: list[Figure] = []
    known = packs(PACKS)
    for pack in known[LANGUAGE]:
        found.append(silences(pack, every))
        if LANGUAGE in installed(known):
            found += questions(pack, fetch(pack.voice, CACHE), QUESTIONS // every)
    return report(found)


if __name__ == "__main__":
    sys.exit(main())
