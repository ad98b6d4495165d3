"""The end of a task: another one, or that was all."""

from __future__ import annotations

from typing import ClassVar, Literal

from kiosk.flow.answers import Value
from kiosk.flow.data import Id
from kiosk.flow.kinds.step import Step
from kiosk.flow.prompt import PromptChoice
from kiosk.flow.rules import Facts
from kiosk.flow.text import Text


class Done(Step):
    ends: ClassVar[bool] = True

    kind: Literal["done"]
    id: Id

    def choices(self, value: Value, known: Facts) -> tuple[PromptChoice, ...]:
        return (
            PromptChoice("no", Text("common.done.finish"), "ticket"),
            PromptChoice("yes", Text("common.done.another"), "add"),
        )
