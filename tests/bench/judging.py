"""A judge of speech that had no part in making it: Whisper writes down what it hears.

What it wrote is held against what was to be said, syllable by syllable in Mandarin (pinyin without
tones: homophones are no fault of a voice) and word by word in English.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from languages.en.numbers import MONTHS, ORDINALS, cardinal, year
from tests.bench.written import Written
from tests.support.models import MODELS
from voices.build.reading import NAMES, chinese, english
from voices.hearing.whisper.mel import log_mel
from voices.hearing.whisper.tokens import Tokens, load_tokenizer
from voices.sound import HEAR_RATE, Samples
from voices.speaking.spoken.parts import YEARS

FOLDER = MODELS / "whisper-base"
#: Whisper was trained on half a minute at a time. Ten seconds, and at least two of silence behind
#: words, are judged alike at a third of the cost (8.2 and 7.7 % of the same clips' syllables wrong,
#: 7.5 and 7.1 % of people's, by the plain reading); with less it writes sentences down twice.
FRAMES, BEHIND = 1000, 200
#: How it decodes.
BEAM, MOST = 5, 100
#: Samples in a frame of 10 ms.
_FRAME = HEAR_RATE // 100


@dataclass(frozen=True, slots=True)
class Errors:
    """Of `total` syllables or words: how many came as others, were added, were left out."""

    total: int
    changed: int = 0
    added: int = 0
    lost: int = 0

    @property
    def wrong(self) -> int:
        return self.changed + self.added + self.lost

    def __add__(self, other: Errors) -> Errors:
        return Errors(
            self.total + other.total,
            self.changed + other.changed,
            self.added + other.added,
            self.lost + other.lost,
        )


def errors(wanted: Sequence[str], got: Sequence[str]) -> Errors:
    """The fewest changes that make `got` of `wanted` (Levenshtein), by their kind."""
    row = [Errors(len(wanted), added=n) for n in range(len(got) + 1)]
    for lost, one in enumerate(wanted, 1):
        left = Errors(len(wanted), lost=lost)
        following = [left]
        for index, other in enumerate(got):
            over, corner = row[index + 1], row[index]
            same = corner if one == other else _plus(corner, changed=1)
            left = min(same, _plus(over, lost=1), _plus(left, added=1), key=lambda e: e.wrong)
            following.append(left)
        row = following
    return row[-1]


def _plus(one: Errors, *, changed: int = 0, added: int = 0, lost: int = 0) -> Errors:
    return one + Errors(0, changed, added, lost)


def syllables(text: str) -> list[str]:
    """Toneless pinyin of the Chinese in a text, numbers as they are read, letters by name."""
    from pypinyin import lazy_pinyin

    read = re.sub(r"[A-Z]", lambda found: NAMES[found[0]], chinese(text))
    return [one for one in lazy_pinyin(read, errors="ignore") if one.isalpha()]


def words(text: str) -> list[str]:
    """The English words of a text in small letters, numbers as they are read."""
    return re.findall(r"[a-z']+", english(text).lower().replace("’", "'"))


#: How the judge writes English values: 60,859; 27th, or 27 in a date; the names of Chinese money,
#: which it doesn't know, as they sound.
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_ORDINAL = re.compile(r"\b(\d\d?)(?:st|nd|rd|th)\b")
_DAY = re.compile(rf"({'|'.join(MONTHS)}),? (\d\d?)\b(?!\d)")
_NUMBER = re.compile(r"\d+")
_MONEY = {
    "yuan": re.compile(r"\b(?:UN|you and|you on|you won)\b"),
    "fen": re.compile(r"\bFenn\b"),
}


def counted(text: str) -> str:
    """English with all its numbers as they are counted: 60,859 may be one number."""
    for name, written in _MONEY.items():
        text = written.sub(name, text)
    text = _THOUSANDS.sub("", text)
    text = _ORDINAL.sub(lambda found: _ordinal(found[1]), text)
    text = _DAY.sub(lambda found: f"{found[1]} {_ordinal(found[2])}", text)
    return _NUMBER.sub(_cardinal, text)


def _ordinal(day: str) -> str:
    return ORDINALS[int(day) - 1] if 1 <= int(day) <= len(ORDINALS) else day


def _cardinal(found: re.Match[str]) -> str:
    number = int(found[0])
    is_year = len(found[0]) == 4 and number in YEARS
    return " ".join(year(number) if is_year else cardinal(number))


UNITS: Mapping[str, Callable[[str], list[str]]] = {"zh-CN": syllables, "en": words}


def one_by_one(text: str, language: str) -> str:
    """Written digits and capitals apart, so that each is read by its own name."""
    apart = "，" if language == "zh-CN" else " "
    return re.sub(r"(?<=[0-9A-Z])(?=[0-9A-Z])|(?<=[0-9])[- .](?=[0-9])", apart, text)


def judged(wanted: str, written: str, language: str) -> Errors:
    """How what was written differs from what was to be said.

    138 may stand for one number or for three digits: the reading that fits better counts, for the
    judge heard the same either way. Nor does it count when it writes all of it down several times.
    """
    units = UNITS[language]
    target = _alike(units(wanted))
    readings = [written, one_by_one(written, language)]
    if language == "en":
        readings.append(counted(written))
    found = [_alike(units(one)) for one in readings]
    found += [_once(one) for one in found]
    return min((errors(target, one) for one in found), key=lambda e: e.wrong)


def _once(units: list[str]) -> list[str]:
    """What a decoder that runs in circles wrote, one time round: no voice says all of it again."""
    for size in range(1, len(units) // 2 + 1):
        if all(one == units[index % size] for index, one in enumerate(units)):
            return units[:size]
    return units


def _alike(units: list[str]) -> list[str]:
    """幺 is how 一 is said among digits, 两 how 二 is: a writer of digits can't tell them."""
    same = {"yao": "yi", "liang": "er", "oh": "zero"}
    return [same.get(one, one) for one in units]


class Writer:
    """Whisper writing down freely."""

    def __init__(self, language: str, folder: Path = FOLDER) -> None:
        self._language, self._folder = language, folder
        judge = (folder.name, _size(folder), language, FRAMES, BEHIND, BEAM, MOST)
        self._written = Written(repr(judge))

    def write(self, samples: Samples) -> str:
        """What it hears in samples at 16 kHz."""
        known = self._written.find(samples)
        if known is None:
            known = self._decoded(samples)
            self._written.keep(samples, known)
        return known

    @cached_property
    def _tokenizer(self) -> Any:
        return load_tokenizer(self._folder)

    @cached_property
    def _prompt(self) -> list[int]:
        return [int(i) for i in Tokens(self._tokenizer, self._language).prompt]

    @cached_property
    def _model(self) -> Any:
        import ctranslate2

        return ctranslate2.models.Whisper(str(self._folder), compute_type="int8")

    def _decoded(self, samples: Samples) -> str:
        import ctranslate2

        said = len(samples) // _FRAME
        frames = min(3000, max(FRAMES, said + BEHIND))
        mel = log_mel(samples, frames - said)[np.newaxis, :, :frames]
        features = ctranslate2.StorageView.from_array(np.ascontiguousarray(mel))
        found = self._model.generate(features, [self._prompt], beam_size=BEAM, max_length=MOST)
        return str(self._tokenizer.decode(found[0].sequences_ids[0]))


def _size(folder: Path) -> int:
    """Bytes of the model: another one judges anew."""
    return sum(path.stat().st_size for path in folder.glob("model*"))
