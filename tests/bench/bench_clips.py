"""How well the recorded voices are understood, by a recogniser that had no part in making them.

Whisper writes down what it hears of every sentence freely, and of 500 random values joined as the
kiosk joins them; people's recordings beside them say how well that judge understands at all. A
word of up to three syllables gives it no context, so it is heard in closed sets of 40 other clips
instead. What it heard more than was said is listed by name: `python -m tools.takes` mends it.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace

from tests.bench.figures import Figure, report
from tests.bench.judging import FOLDER, UNITS, Errors, Writer, judged
from tests.bench.values import drawn
from tests.support.sounds import everybody, heard
from voices.hearing.ports import Expected
from voices.hearing.whisper import WhisperRecognizer
from voices.sound import Samples
from voices.speaking.line import Line, Value
from voices.speaking.live import NullEngine
from voices.speaking.pack import PACKS, Clip, Pack, packs
from voices.speaking.voice import Voice

LANGUAGES = ("zh-CN", "en")
#: Syllables or words of a clip that is heard in a closed set; the size of that; values joined.
SHORT, SET, JOINED = 3, 40, 500
#: Aims: syllables or words wrong in sentences, in joined values, and added in either (%).
SENTENCES, VALUES, ADDED = 3, 5, 0.5
UNIT = {"zh-CN": "syllables", "en": "words"}


@dataclass(frozen=True, slots=True)
class Heard:
    """One thing that was said, and how it was taken; `part` is the table's row, `kind` another one
    that it is in as well."""

    part: str
    said: str
    written: str
    errors: Errors
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """What one process measures: each `every`th of what a speaker says."""

    measure: str
    language: str
    speaker: str
    every: int


def _pack(task: Task) -> Pack:
    return next(pack for pack in packs(PACKS)[task.language] if pack.voice == task.speaker)


def _clips(pack: Pack, *, long: bool) -> list[Clip]:
    units = UNITS[pack.language]
    sized = ((clip, len(units(clip.text))) for clip in pack.clips.values())
    return [clip for clip, size in sized if size and (size > SHORT) == long]


def sentences(task: Task) -> list[Heard]:
    """Every sentence written down freely."""
    pack = _pack(task)
    said = ((one.text, heard(pack.sound(one))) for one in _clips(pack, long=True)[:: task.every])
    return written("sentences", said, task.language)


def joined(task: Task) -> list[Heard]:
    """Values as the kiosk says them, at its pace."""
    voice = Voice(task.language, _pack(task), NullEngine())
    values = drawn(JOINED // task.every)
    found = written("values, joined", (_valued(voice, value) for value in values), task.language)
    return [
        replace(one, kind=f"of these, {value.kind}s")
        for one, value in zip(found, values, strict=True)
    ]


def _valued(voice: Voice, value: Value) -> tuple[str, Samples]:
    line = Line((value,), str(value.value), private=True)
    return voice.text_of(line), heard(voice.sound(line))


def people(task: Task) -> list[Heard]:
    """Sentences that people say, by the same judge."""
    recorded = (one for one in everybody(task.language) if len(UNITS[task.language](one.text)) > 5)
    return written("sentences", ((one.text, one.samples) for one in recorded), task.language)


def written(part: str, said: Iterable[tuple[str, Samples]], language: str) -> list[Heard]:
    writer = Writer(language)
    found = []
    for text, samples in said:
        wrote = writer.write(samples)
        found.append(Heard(part, text, wrote, judged(text, wrote, language)))
    return found


def closed(task: Task) -> list[Heard]:
    """Short words, each among others."""
    pack = _pack(task)
    recognizer, chance = WhisperRecognizer(FOLDER), random.Random(0)
    among = _clips(pack, long=False)
    found = []
    for clip in among[:: task.every]:
        wanted = UNITS[task.language](clip.text)
        others = [one.text for one in among if UNITS[task.language](one.text) != wanted]
        expected = Expected(task.language, (clip.text, *chance.sample(others, SET)))
        recognizer.prepare(expected)
        recognition = recognizer.open(expected)
        recognition.feed(heard(pack.sound(clip)))
        result = recognition.result()
        best = result.phrase or next(iter(result.others), "")
        errors = judged(clip.text, best, task.language)
        found.append(Heard(f"words, among {SET} others", clip.text, best, errors))
    return found


MEASURES: Mapping[str, Callable[[Task], list[Heard]]] = {
    "sentences": sentences,
    "joined": joined,
    "closed": closed,
    "people": people,
}
AIMS = {"sentences": SENTENCES, "values, joined": VALUES}


def measured(task: Task) -> list[Heard]:
    return MEASURES[task.measure](task)


def tasks(every: int) -> list[Task]:
    """The longest first."""
    voices = [(pack.language, pack.voice) for one in LANGUAGES for pack in packs(PACKS)[one]]
    return [
        *(Task("sentences", *voice, every) for voice in voices),
        *(Task("joined", *voice, every) for voice in voices),
        *(Task("closed", *voice, every) for voice in voices if voice[0] == "zh-CN"),
        Task("people", "zh-CN", "people", every),
    ]


def figures(task: Task, found: list[Heard]) -> Iterable[Figure]:
    """How much of each part was taken wrongly, and how much of it was never said."""
    parts: dict[str, list[Heard]] = defaultdict(list)
    for one in found:
        for part in (one.part, one.kind):
            if part is not None:
                parts[part].append(one)
    ours = task.measure != "people"
    for part, those in parts.items():
        total = sum((one.errors for one in those), Errors(0))
        drawn_by = f"1 in {task.every}, " if task.every > 1 and ours else ""
        name = f"{task.speaker}, {part} ({drawn_by}n={len(those)})"
        unit = UNIT[task.language]
        aim = AIMS.get(part) if ours else None
        yield Figure(f"{name}: {unit} wrong", 100 * total.wrong / total.total, aim, "%")
        if part in AIMS:
            added = 100 * total.added / total.total
            yield Figure(f"{name}: {unit} added", added, ADDED if ours else None, "%")


def listed(task: Task, found: list[Heard]) -> None:
    """Name what has something added, and what is understood worst."""
    for one in sorted(found, key=lambda one: -one.errors.wrong / one.errors.total):
        if one.errors.added or one.errors.wrong * 4 >= one.errors.total:
            how = f"{one.errors.wrong}/{one.errors.total}, {one.errors.added} added"
            print(f"       {task.speaker} {how}: {one.said!r} heard {one.written!r}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="the same as --every 10")
    parser.add_argument("--every", type=int, default=1, help="measure one clip in so many")
    options = parser.parse_args()
    work = tasks(10 if options.quick else options.every)
    context = multiprocessing.get_context("spawn")
    results: list[Figure] = []
    with ProcessPoolExecutor(os.cpu_count() or 1, context) as pool:
        for task, found in zip(work, pool.map(measured, work), strict=True):
            listed(task, found)
            results += figures(task, found)
            sys.stdout.flush()
    return report(results)


if __name__ == "__main__":
    sys.exit(main())
