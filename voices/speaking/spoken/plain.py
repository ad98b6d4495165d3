"""Values in a language that has no module of its own: digits for a synthesiser to read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from voices.speaking.line import Value
from voices.speaking.spoken.parts import Context, grouped, phone_groups


def _characters(text: str) -> tuple[str, ...]:
    return tuple(one for one in text if one != " ")


def _amount(fen: int) -> tuple[str, ...]:
    yuan, rest = divmod(fen, 100)
    return (f"{yuan}.{rest:02d}" if rest else str(yuan), "yuan")


def _day(iso: str) -> tuple[str, ...]:
    found = date.fromisoformat(iso)
    return str(found.day), str(found.month), str(found.year)


KINDS: Mapping[str, Callable[[Value], tuple[str, ...]]] = {
    "digits": lambda value: _characters(str(value.value)),
    "last4": lambda value: _characters(str(value.value)),
    "phone": lambda value: grouped(
        tuple(_characters(group) for group in phone_groups(str(value.value)))
    ),
    "ticket": lambda value: _characters(str(value.value)),
    "count": lambda value: (str(value.value),),
    "amount": lambda value: _amount(int(value.value)),
    "date": lambda value: _day(str(value.value)),
    "spell": lambda value: _characters(str(value.value)),
    "free": lambda value: (str(value.value),),
}


class PlainReader:
    def read(self, value: Value, context: Context) -> tuple[str, ...] | None:
        return KINDS[value.kind](value)

    def fragments(self) -> tuple[str, ...]:
        return ()


READER = PlainReader()
