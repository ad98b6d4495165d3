"""How sentences are read in braille: ``braille/<language>.yaml``, a list of marked sentences.

Each is a sentence of the locale with its words parted by spaces and the reading of every character
that has several: ``重[chóng]新 设 一个 密码``. A branch's own folder adds to ours. A line that
`kiosk content marks` proposed counts when somebody has read it through and taken its ??? away.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from braille.cells import NoCell
from braille.chinese.marked import HAN, plain, signs
from braille.chinese.pinyin import accented
from braille.chinese.readings import default
from braille.chinese.syllables import parse
from kiosk.content.filling import left_to_fill
from kiosk.content.locales import Place
from kiosk.content.source import Finding, read_as_far

#: Languages whose sentences are marked. In the others spaces part words, and letters are letters.
MARKED = ("zh-CN",)
Marks = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Marked:
    """One marked sentence and where it was written."""

    text: str
    place: Place
    #: Somebody has read it through: a proposal nobody has settled isn't used.
    settled: bool = True


def read_marked(language: str, folders: list[Path]) -> tuple[dict[str, Marked], list[Finding]]:
    """Marked sentences by the bare sentence as far as they can be read, and what is wrong."""
    found: dict[str, Marked] = {}
    findings: list[Finding] = []
    for folder in folders:
        own: dict[str, Marked] = {}
        path = folder / "braille" / f"{language}.yaml"
        if not path.is_file():
            continue
        source, doubles = read_as_far(path)
        findings += doubles
        if source is None:
            continue
        sentences = [] if source.data is None else source.data
        if not isinstance(sentences, list):
            findings.append(source.finding((), "expected a list of marked sentences"))
            continue
        for index, written in enumerate(sentences):
            place = Place(source, (index,))
            proposed = left_to_fill(written) if isinstance(written, str) else None
            text = written if proposed is None else proposed
            trouble = _trouble(text)
            if trouble is not None:
                findings.append(place.finding(trouble))
                continue
            sentence = plain(text)
            if sentence in own:
                findings.append(place.finding(f"{sentence!r} is there twice; keep one"))
            own[sentence] = Marked(text, place, settled=proposed is None)
        found.update(own)
    return found, findings


def _trouble(text: object) -> str | None:
    """What is wrong with a marked sentence, if anything."""
    if not isinstance(text, str):
        return f"expected a marked sentence, not {text!r}; put quotes around it"
    try:
        signs(text)
    except NoCell as error:
        return str(error)
    return None


def marks_of(marked: Mapping[str, Marked]) -> Marks:
    return {sentence: one.text for sentence, one in marked.items() if one.settled}


def words_of(marks: Marks) -> dict[str, tuple[str, ...]]:
    """Words of two characters or more in marked sentences, with their readings: they help to mark
    what nobody wrote beforehand."""
    found: dict[str, tuple[str, ...]] = {}
    for text in marks.values():
        for word, readings in _words(text):
            found.setdefault(word, readings)
    return found


def _words(marked: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for part in marked.split():
        word, readings = "", []
        for sign in signs(part):
            if not HAN.match(sign.char):
                break
            reading = sign.reading or parse(default(sign.char) or "")
            word += sign.char
            readings.append(accented(reading.spelling, reading.tone))
        if 2 <= len(word) <= 4:
            yield word, tuple(readings)
