"""Digits and Latin letters: the cells that every language shares."""

from __future__ import annotations

from collections.abc import Mapping

from braille.cells import cells

#: a to z; the digits 1 to 9 and 0 are a to j after the number sign.
LETTERS: Mapping[str, str] = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyz",
        cells(
            "1-12-14-145-15-124-1245-125-24-245-13-123-134-1345-135-1234-12345-1235-234-2345-"
            "136-1236-2456-1346-13456-1356"
        ),
        strict=True,
    )
)
DIGITS: Mapping[str, str] = dict(zip("1234567890", tuple(LETTERS.values())[:10], strict=True))
#: The same digits one row lower.
LOWER_DIGITS: Mapping[str, str] = dict(
    zip("1234567890", cells("2-23-25-256-26-235-2356-236-35-356"), strict=True)
)
NUMBER = cells("3456")
CAPITAL = cells("6")
SMALL = cells("56")
