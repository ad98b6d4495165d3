"""Marks of punctuation in cells, and the empty cells beside them (GF 0019-2018)."""

from __future__ import annotations

from dataclasses import dataclass

from braille.cells import cell, cells


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark of punctuation, and whether an empty cell stands before and after it."""

    cells: str
    before: bool = False
    after: bool = False


def _marks() -> dict[str, Mark]:
    closing = {"，": "5", "、": "4", "；": "56", "：": "36"}
    closing |= {"。": "5-23", "？": "5-3", "！": "56-2"}
    found = {char: Mark(cells(pattern), after=True) for char, pattern in closing.items()}
    ascii_twins = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", ".": "。"}
    found |= {char: found[twin] for char, twin in ascii_twins.items()}
    for opening, ending, first, last in (
        ("“", "”", "45", "45"),
        ("‘", "’", "45-45", "45-45"),
        ("（", "）", "56-3", "6-23"),
        ("(", ")", "56-3", "6-23"),
        ("《", "》", "5-36", "36-2"),
    ):
        found[opening] = Mark(cells(first), before=True)
        found[ending] = Mark(cells(last), after=True)
    found["…"] = Mark(cells("5-5-5"), after=True)
    found["—"] = Mark(cells("6-36"), before=True, after=True)
    found["-"] = Mark(cell("36"))
    # The interpunct of names (GF 0019-2018, 8).
    found["·"] = Mark(cells("6-3"))
    found["/"] = Mark(cell("34"))
    found["%"] = Mark(cells("3456-245-356"), after=True)
    found["+"] = Mark(cell("235"))
    found["="] = Mark(cell("2356"))
    return found


MARKS = _marks()
