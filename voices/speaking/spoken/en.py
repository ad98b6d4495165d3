"""What is recorded of English values."""

from __future__ import annotations

from languages.en.numbers import MONTHS, ORDINALS, WEEKDAYS, small, year
from languages.parts import LETTERS
from voices.speaking.spoken.parts import YEARS, unique


def fragments() -> tuple[str, ...]:
    return unique(
        tuple(small(n) for n in range(100)),
        ("million", "thousand", "hundred", "yuan", "fen", "point"),
        LETTERS,
        MONTHS,
        ORDINALS,
        WEEKDAYS,
        *(year(n) for n in YEARS),
    )
