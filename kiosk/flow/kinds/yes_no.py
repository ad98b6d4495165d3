"""Yes or no."""

from __future__ import annotations

from typing import Literal

from kiosk.flow.answers import Value
from kiosk.flow.data import Id
from kiosk.flow.kinds.step import Asked
from kiosk.flow.prompt import PromptChoice
from kiosk.flow.rules import Facts
from kiosk.flow.text import Text
from kiosk.flow.values import Problem, Read


class YesNo(Asked):
    kind: Literal["yes_no"]
    id: Id

    def takes(self, value: Value, known: Facts) -> bool:
        return isinstance(value, bool)

    def read_tidy(self, raw: str, known: Facts) -> Read | Problem:
        return Read(raw == "yes") if raw in ("yes", "no") else Problem("choose_one")

    def words_of(self, value: str | int | bool) -> Text:
        word = "yes" if value else "no"
        return Text(f"{self.key}.{word}", fallback=f"common.{word}")

    def choices(self, value: Value, known: Facts) -> tuple[PromptChoice, ...]:
        return (
            PromptChoice("yes", self.words_of(True), "yes", value is True),
            PromptChoice("no", self.words_of(False), "no", value is False),
        )
