"""Digits that name something: a telephone, the last digits of a card, or a count."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from kiosk.flow.kinds.step import Typed
from kiosk.flow.rules import Facts
from kiosk.flow.text import Slot
from kiosk.flow.values import Problem, Read

_JOINTS = re.compile(r"[\s\-‐-―−.()·_]+")
_CHINA = re.compile(r"^(\+|00)?86(?=1\d{10}$)")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"0\d{2,3}[2-9]\d{6,7}")
_SERVICE_LINE = re.compile(r"[48]00\d{7}")


class Digits(Typed):
    kind: Literal["digits"]
    field: Literal["phone", "last4", "count"]
    #: Carried to the next task of the same visit, so nothing is typed twice (WCAG 3.3.7).
    remember: bool = False

    @property
    def is_remembered(self) -> bool:
        return self.remember

    @property
    def entry_kind(self) -> Literal["phone", "last4", "count"]:
        return self.field

    @property
    def longest(self) -> int:
        return FIELDS[self.field].longest

    def read_tidy(self, raw: str, known: Facts) -> Read | Problem:
        return read_digits(self.field, raw)

    def words_of(self, value: str | int | bool) -> Slot:
        return Slot(self.field, value, self.private)


def read_digits(field: Literal["phone", "last4", "count"], raw: str) -> Read | Problem:
    """What was typed, as digits of such a field."""
    digits = _JOINTS.sub("", raw)
    if not digits:
        return Problem(f"{field}_empty")
    if field == "phone":
        digits = _CHINA.sub("", digits)
    if not digits.isascii() or not digits.isdigit():
        return Problem("digits_only")
    return FIELDS[field].read(digits)


def _phone(digits: str) -> Read | Problem:
    if any(form.fullmatch(digits) for form in (_MOBILE, _LANDLINE, _SERVICE_LINE)):
        return Read(digits)
    if len(digits) == 11:
        return Problem("phone_wrong")
    return Problem("phone_length", {"count": Slot("count", len(digits))})


def _last4(digits: str) -> Read | Problem:
    if len(digits) == 4:
        return Read(digits)
    return Problem("last4_length", {"count": Slot("count", len(digits))})


def _count(digits: str) -> Read | Problem:
    number = int(digits)
    return Read(str(number)) if 1 <= number <= 99 else Problem("count_range")


@dataclass(frozen=True, slots=True)
class Field:
    """What digits can name, and how many of them there are."""

    longest: int
    read: Callable[[str], Read | Problem]


FIELDS: Mapping[str, Field] = {
    "phone": Field(12, _phone),
    "last4": Field(4, _last4),
    "count": Field(2, _count),
}
