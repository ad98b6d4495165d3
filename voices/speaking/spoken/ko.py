"""Korean, spoken live: only what a synthesiser would misread is spelled out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from voices.speaking.line import Value
from voices.speaking.spoken.parts import Context, grouped, phone_groups

DIGITS = "영일이삼사오육칠팔구"
#: In telephone numbers zero is said 공.
DIALLED = "공일이삼사오육칠팔구"
WEEKDAYS = "월화수목금토일"


def _dialled(text: str) -> tuple[str, ...]:
    return tuple(DIALLED[int(c)] if c.isdecimal() else "점" for c in text)


def _characters(text: str) -> tuple[str, ...]:
    return tuple(DIGITS[int(c)] if c.isascii() and c.isdecimal() else c for c in text if c != " ")


def _day(iso: str) -> tuple[str, ...]:
    found = date.fromisoformat(iso)
    weekday = f"{WEEKDAYS[found.weekday()]}요일"
    return f"{found.year}년", f"{found.month}월", f"{found.day}일", weekday


def _amount(fen: int) -> tuple[str, ...]:
    yuan, rest = divmod(fen, 100)
    return (f"{yuan}", *(("점", *_characters(f"{rest:02d}")) if rest else ()), "위안")


Read = Callable[[Value, Context], tuple[str, ...] | None]

KINDS: Mapping[str, Read] = {
    "digits": lambda value, context: _dialled(str(value.value)),
    "last4": lambda value, context: _dialled(str(value.value)),
    "phone": lambda value, context: grouped(
        tuple(_dialled(group) for group in phone_groups(str(value.value)))
    ),
    "ticket": lambda value, context: _characters(str(value.value)),
    "count": lambda value, context: (str(value.value),),
    "amount": lambda value, context: _amount(int(value.value)),
    "date": lambda value, context: _day(str(value.value)),
    "spell": lambda value, context: _characters(str(value.value)),
    "free": lambda value, context: (str(value.value),),
}


class KoreanReader:
    def read(self, value: Value, context: Context) -> tuple[str, ...] | None:
        return KINDS[value.kind](value, context)

    def fragments(self) -> tuple[str, ...]:
        return ()


READER = KoreanReader()
