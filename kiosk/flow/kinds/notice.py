"""Something to know, with one thing to press."""

from __future__ import annotations

from typing import Literal

from kiosk.flow.answers import Value
from kiosk.flow.data import Id
from kiosk.flow.kinds.step import Step
from kiosk.flow.prompt import PromptChoice
from kiosk.flow.rules import Facts
from kiosk.flow.text import Text
from kiosk.flow.values import Problem, Read

#: The value of waiting for staff at a notice where enough is known.
ENOUGH = "enough"


class Notice(Step):
    kind: Literal["notice"]
    id: Id
    #: A warning is said slowly, with its own sign, and never skipped by a second press.
    tone: Literal["plain", "warning"] = "plain"

    #: What is known by now is enough for staff: whoever waits here needn't answer the rest.
    enough: bool = False

    @property
    def is_warning(self) -> bool:
        return self.tone == "warning"

    def fits(self, value: Value, known: Facts) -> bool:
        return value is True

    def read_tidy(self, raw: str, known: Facts) -> Read | Problem:
        return Read(True)

    def choices(self, value: Value, known: Facts) -> tuple[PromptChoice, ...]:
        go_on = Text(f"{self.key}.next", fallback="common.notice.next")
        if not self.enough:
            return (PromptChoice("next", go_on, "next"),)
        wait = Text(f"{self.key}.enough", fallback="common.notice.enough")
        return (PromptChoice(ENOUGH, wait, "chair"), PromptChoice("next", go_on, "next"))
