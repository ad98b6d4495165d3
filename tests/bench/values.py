"""Values drawn at random, as customers hear them: amounts, dates, numbers, phones, tickets."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from voices.speaking.line import Value
from voices.speaking.spoken.parts import YEARS

#: Lanes of the queue.
LANES = "ABC"


def _amount(chance: random.Random) -> Value:
    """1 fen to ten million yuan, every size as often; half of them whole yuan."""
    fen = round(10 ** chance.uniform(0, 9))
    return Value("amount", max(1, fen // 100) * 100 if chance.random() < 0.5 else fen)


def _date(chance: random.Random) -> Value:
    first = date(YEARS[0], 1, 1)
    days = (date(YEARS[-1], 12, 31) - first).days
    return Value("date", (first + timedelta(days=chance.randint(0, days))).isoformat())


def _count(chance: random.Random) -> Value:
    return Value("count", round(10 ** chance.uniform(0, 5)))


def _phone(chance: random.Random) -> Value:
    second = chance.choice("3456789")
    return Value("phone", f"1{second}{chance.randrange(10**9):09d}")


def _ticket(chance: random.Random) -> Value:
    return Value("ticket", f"{chance.choice(LANES)}{chance.randrange(1, 1000):03d}")


DRAWN: Mapping[str, Callable[[random.Random], Value]] = {
    "amount": _amount,
    "date": _date,
    "count": _count,
    "phone": _phone,
    "ticket": _ticket,
}


def drawn(many: int) -> list[Value]:
    """So many values, each kind as often, the same ones every time."""
    chance = random.Random(11)
    kinds = list(DRAWN.values())
    return [kinds[index % len(kinds)](chance) for index in range(many)]
