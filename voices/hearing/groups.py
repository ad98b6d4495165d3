"""Strings of digits while they are being read out: what was said of them so far."""

from __future__ import annotations

from collections.abc import Sequence

from voices.hearing.ports import Expected, Places


def so_far(expected: Expected) -> Expected:
    """What may have been said by a pause: the beginnings of the strings that are expected."""
    return Expected(expected.language, (), beginnings(expected.digits), unfinished=True)


def beginnings(forms: Sequence[Places]) -> tuple[Places, ...]:
    """The forms of all beginnings of strings of these forms, whole ones left out."""
    return tuple(dict.fromkeys(form[:end] for form in forms for end in range(1, len(form))))
