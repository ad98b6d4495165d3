"""What the packs of all languages share."""

from __future__ import annotations

#: Years that are recorded whole.
YEARS = range(2025, 2046)


def unique(*groups: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fragment for group in groups for fragment in group))
