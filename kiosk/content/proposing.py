"""Proposing how sentences are read in braille, for somebody to read through."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml

from braille.chinese.marked import bare
from braille.tables import table_for
from kiosk.content.checks.marks import felt, has_several_readings
from kiosk.content.checks.material import Material, read_material
from kiosk.content.filling import to_fill
from kiosk.content.marks import MARKED, marks_of, words_of
from kiosk.content.proofreading import accepted, differences
from kiosk.content.source import Finding


def propose_marks(branch: Path | None) -> list[Path]:
    """Propose how each unmarked sentence is read in braille; the files that were added to.

    A proposal comes from dictionaries and what is marked already, and counts once somebody has
    taken its ??? away. Raises `ContentError` where what is there can't be read.
    """
    material = read_material(branch)
    written = []
    for language in MARKED:
        lines = _proposals(material, language)
        if lines:
            path = material.folders[-1] / "braille" / f"{language}.yaml"
            path.parent.mkdir(parents=True, exist_ok=True)
            there = f"{path.read_text('utf-8').rstrip()}\n\n" if path.is_file() else ""
            new = yaml.safe_dump(lines, allow_unicode=True, width=1000)
            path.write_text(there + new, "utf-8")
            written.append(path)
    return written


def _proposals(material: Material, language: str) -> list[str]:
    known = material.marked[language]
    table = table_for(language, words=words_of(marks_of(known)))
    unmarked = {
        bare(sentence): sentence
        for _, sentence, place in felt(material, language)
        if material.own(place) and bare(sentence) not in known and has_several_readings(sentence)
    }
    return [to_fill(table.mark(sentence)) for sentence in unmarked.values()]


def differing(branch: Path | None) -> Iterator[Finding]:
    """Where a branch's own marks differ from what the dictionaries propose, and nobody has accepted
    it yet. Raises `ContentError` where what is there can't be read."""
    material = read_material(branch)
    for language in MARKED:
        known = accepted(language, material.folders)
        table = table_for(language)
        for one in material.marked[language].values():
            if not (one.settled and material.own(one.place)):
                continue
            for found in differences(one.text, table):
                if found.proposed not in known.get(found.authored, ()):
                    yield one.place.finding(
                        f"{found.authored!r} would be {found.proposed!r} by the dictionaries; mend "
                        f"it, or list it in braille/{language}.accepted.yaml"
                    )
