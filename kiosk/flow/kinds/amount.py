"""Money in yuan as asked; kept in fen."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import Field

from kiosk.flow.answers import Value
from kiosk.flow.kinds.step import Typed
from kiosk.flow.prompt import PromptChoice
from kiosk.flow.rules import Facts
from kiosk.flow.text import Slot
from kiosk.flow.values import Problem, Read

#: The unit stands before or after the number; inside it (1块5) it would mean something else.
_UNIT = re.compile(r"^(¥|RMB|CNY)|(元|圆|块)?(钱|整)?$|(RMB|CNY|yuan)$", re.IGNORECASE)
_AMOUNT = re.compile(r"\d{1,9}(\.\d{1,2})?")


class Amount(Typed):
    kind: Literal["amount"]
    min: int = Field(default=1, ge=1, description="yuan")
    max: int = Field(default=1_000_000, description="yuan")
    quick: tuple[int, ...] = Field(default=(), max_length=4, description="yuan, as one press")

    @property
    def entry_kind(self) -> Literal["amount"]:
        return "amount"

    @property
    def longest(self) -> int:
        return 10

    def shown(self, value: str | int | bool) -> str:
        return yuan(value) if isinstance(value, int) else ""

    def read_tidy(self, raw: str, known: Facts) -> Read | Problem:
        plain = _UNIT.sub("", re.sub(r"[\s,]", "", raw))
        if not plain:
            return Problem("amount_empty")
        if not _AMOUNT.fullmatch(plain):
            return Problem("amount_form")
        whole, _, rest = plain.partition(".")
        fen = int(whole) * 100 + int((rest + "00")[:2])
        if fen < self.min * 100:
            return Problem("amount_small", {"min": Slot("amount", self.min * 100)})
        if fen > self.max * 100:
            return Problem("amount_large", {"max": Slot("amount", self.max * 100)})
        return Read(fen)

    def words_of(self, value: str | int | bool) -> Slot:
        return Slot("amount", value, self.private)

    def choices(self, value: Value, known: Facts) -> tuple[PromptChoice, ...]:
        return tuple(
            PromptChoice(str(quick), Slot("amount", quick * 100), None, value == quick * 100)
            for quick in self.quick
        )


def yuan(fen: int) -> str:
    """Fen as yuan, as one would type it: 125080 → ``1250.80``, 50000 → ``500``."""
    whole, rest = divmod(fen, 100)
    return f"{whole}.{rest:02d}" if rest else str(whole)
