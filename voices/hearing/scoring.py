"""How well recordings are heard: right, accepted and wrongly accepted, by who speaks.

For a branch that wants to know how its own customers are heard. Recordings stay where they are;
nothing of them is kept.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from voices.codec import decode
from voices.hearing.ports import Expected, Heard, Places, Recognizer
from voices.sound import HEAR_RATE

#: The list of what was said, in the folder of the recordings.
LIST = "said.csv"
COLUMNS = ("file", "said", "speaker")


class ScoringError(RuntimeError):
    """Recordings that can't be scored: the value and the remedy."""

    code = "scoring"


@dataclass(frozen=True, slots=True)
class Take:
    """One recording: what is said in it, and who says it."""

    path: Path
    said: str
    speaker: str


@dataclass(frozen=True, slots=True)
class Score:
    """How one speaker was heard: counts of recordings."""

    speaker: str
    takes: int
    #: The best guess is what was said, accepted or not.
    right: int
    #: It counts at once, and is what was said.
    accepted: int
    #: It counts at once, and is something else.
    wrong: int


def takes(folder: Path) -> tuple[Take, ...]:
    """The recordings of a folder, as its ``said.csv`` (file, said, speaker) lists them.

    Raises `ScoringError`.
    """
    listed = folder / LIST
    try:
        with listed.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError) as error:
        raise ScoringError(f"{listed} can't be read: {error}; write one with {COLUMNS}") from error
    found = tuple(_take(folder, row, line) for line, row in enumerate(rows, start=2))
    if not found:
        raise ScoringError(f"{listed} lists nothing; a line a recording: {', '.join(COLUMNS)}")
    return found


def _take(folder: Path, row: dict[str, str | None], line: int) -> Take:
    name, said = (row.get("file") or "").strip(), (row.get("said") or "").strip()
    path = folder / name
    if not said or not path.is_file():
        raise ScoringError(f"{LIST}, line {line}: {name!r} isn't here, or nothing is said in it")
    return Take(path, said, (row.get("speaker") or "").strip() or "-")


def scores(
    recognizer: Recognizer,
    language: str,
    given: Sequence[Take],
    phrases: Sequence[str],
    digits: Sequence[Places],
    sure: float,
) -> Iterator[Score]:
    """A score a speaker. Each recording is heard among `phrases`, all that is said in the
    recordings, and strings of the forms `digits`; what is surer than `sure` is accepted."""
    said = (one.said for one in given if not one.said.isdecimal())
    expected = Expected(language, tuple(dict.fromkeys((*phrases, *said))), tuple(digits))
    recognizer.prepare(expected)
    for speaker in sorted({one.speaker for one in given}):
        own = [one for one in given if one.speaker == speaker]
        yield _score(speaker, own, [_heard(recognizer, expected, one) for one in own], sure)


def _heard(recognizer: Recognizer, expected: Expected, take: Take) -> Heard:
    try:
        samples = decode(take.path, HEAR_RATE).samples
    except (OSError, ValueError) as error:
        raise ScoringError(f"{take.path} is no sound: {error}; record it as WAV") from error
    recognition = recognizer.open(expected)
    recognition.feed(samples)
    return recognition.result()


def _score(speaker: str, own: Sequence[Take], found: Sequence[Heard], sure: float) -> Score:
    pairs = list(zip(own, found, strict=True))
    best = [(take, one.phrase or next(iter(one.others), None)) for take, one in pairs]
    counted = [(take, one.phrase) for take, one in pairs if one.phrase and one.confidence >= sure]
    return Score(
        speaker,
        len(own),
        sum(take.said == phrase for take, phrase in best),
        sum(take.said == phrase for take, phrase in counted),
        sum(take.said != phrase for take, phrase in counted),
    )
