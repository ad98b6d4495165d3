"""The check of braille: every sentence with a character of several readings has its marks.

A sentence that changed has none any more, and its old marks are left over: both are findings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from braille.cells import NoCell
from braille.chinese.marked import HAN, bare, sentences, signs
from braille.chinese.readings import readings_of
from braille.chinese.syllables import parse
from braille.louis import LouisMissing
from braille.tables import TABLES, table_for
from kiosk.content.checks.material import Material
from kiosk.content.locales import Place
from kiosk.content.marks import MARKED
from kiosk.content.source import Finding
from kiosk.content.words import PLACEHOLDER

#: Messages that nobody feels: the staff's, the ear's, patterns of values, error pages.
UNFELT = re.compile(r"^(staff|alarm|value|error|voice|ear|display)\.|\.(official|unit)$")


def felt(material: Material, language: str) -> Iterator[tuple[str, str, Place]]:
    """Every sentence that a customer feels: its message's key, itself, and its place."""
    for key, (message, place) in material.judged(language).items():
        if not UNFELT.search(key):
            for sentence in sentences(message.form("braille")):
                yield key, sentence, place


def has_several_readings(sentence: str) -> bool:
    return any(len(readings_of(char)) > 1 for char in HAN.findall(sentence))


def sentences_are_marked(material: Material) -> Iterator[Finding]:
    """A branch's own are read from dictionaries until it begins a list of its own."""
    for language in MARKED:
        marked = material.marked[language]
        demanded = (material.folders[-1] / "braille" / f"{language}.yaml").is_file()
        wanted = set()
        for key, sentence, place in felt(material, language):
            wanted.add(bare(sentence))
            lacks = bare(sentence) not in marked and has_several_readings(sentence)
            if lacks and demanded and material.own(place):
                yield place.finding(
                    f"{key}: {sentence!r} has characters with several readings; write it with its "
                    f"words parted and its readings in braille/{language}.yaml; "
                    "`kiosk content marks` proposes it"
                )
        for sentence, one in marked.items():
            if sentence not in wanted and material.own(one.place):
                yield one.place.finding(
                    f"no sentence is {sentence!r} any more; mend these marks or drop them"
                )


def readings_are_real(material: Material) -> Iterator[Finding]:
    """A reading that the dictionary doesn't know for its character is a slip of the pen."""
    for language in MARKED:
        for one in material.marked[language].values():
            for sign in signs(one.text):
                known = {parse(reading).spelling for reading in readings_of(sign.char)}
                if sign.reading is not None and known and sign.reading.spelling not in known:
                    yield one.place.finding(
                        f"{sign.char} isn't read {sign.reading.spelling}; it may be "
                        f"{', '.join(sorted(known))}"
                    )


def everything_can_be_written(material: Material) -> Iterator[Finding]:
    """No sentence has a sign that its language's braille lacks, where there is a table for it."""
    for language in material.words.keys() & TABLES.keys():
        marked = material.marked.get(language, {})
        table = table_for(language)
        for key, sentence, place in felt(material, language):
            text = marked[bare(sentence)].text if bare(sentence) in marked else sentence
            try:
                table.write(PLACEHOLDER.sub("1", text))
            except LouisMissing:
                # `kiosk doctor` says so; the words can't be wrong for it.
                break
            except NoCell as error:
                yield place.finding(f"{key}: {error}; or give it a `braille` form")


mark_checks = (sentences_are_marked, readings_are_real, everything_can_be_written)
