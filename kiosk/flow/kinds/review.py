"""The read-back: everything that was answered, to be confirmed or changed."""

from __future__ import annotations

from typing import ClassVar, Literal

from kiosk.flow.answers import Value
from kiosk.flow.data import Id
from kiosk.flow.kinds.step import Step
from kiosk.flow.prompt import PromptChoice
from kiosk.flow.rules import Facts
from kiosk.flow.text import Text


class Review(Step):
    ends: ClassVar[bool] = True

    kind: Literal["review"]
    id: Id

    def choices(self, value: Value, known: Facts) -> tuple[PromptChoice, ...]:
        return (
            PromptChoice("confirm", Text("common.review.confirm"), "yes"),
            PromptChoice("finish", Text("common.review.finish"), "ticket"),
        )
