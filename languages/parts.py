"""What all languages share."""

from __future__ import annotations

from dataclasses import dataclass

#: A short silence between groups of digits, in the place of a word.
GAP = "，"
LETTERS = tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


@dataclass(frozen=True, slots=True)
class Context:
    """The words just before and after a value: some numbers are read by them."""

    before: str
    after: str


def grouped(groups: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    """Groups of words with a gap between them."""
    found: list[str] = []
    for group in groups:
        found += [GAP, *group] if found else group
    return tuple(found)


def phone_groups(digits: str) -> tuple[str, ...]:
    """A number as people say it: 3-4-4 for a mobile, a short one whole, else fours from the end."""
    if len(digits) == 11:
        return digits[:3], digits[3:7], digits[7:]
    if len(digits) < 7:
        return (digits,)
    head = len(digits) % 4
    rest = tuple(digits[i : i + 4] for i in range(head, len(digits), 4))
    return ((digits[:head],) if head else ()) + rest


def mobile_groups(digits: str) -> tuple[str, ...]:
    """A mobile number as it is written, 3-4-4, also while it isn't whole; a service's short number
    in one."""
    if not 6 <= len(digits) <= 11:
        return (digits,)
    return tuple(one for one in (digits[:3], digits[3:7], digits[7:]) if one)
