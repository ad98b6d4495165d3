"""One of a few options."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from kiosk.flow.answers import Value
from kiosk.flow.data import Data, Id, RuleField
from kiosk.flow.kinds.step import Asked
from kiosk.flow.prompt import PromptChoice
from kiosk.flow.roles import Role
from kiosk.flow.rules import Facts, Rule, holds
from kiosk.flow.text import Text
from kiosk.flow.values import Problem, Read


class Ages(Data):
    """The ages, in whole years, that an option stands for: `at_least`, and `under` that."""

    at_least: int = Field(default=0, ge=0)
    under: int = Field(le=150)


class Option(Data):
    id: Id
    icon: str
    when: RuleField | None = None
    ages: Ages | None = None
    #: What choosing it says about questions at the end of the visit, by their role.
    implies: Mapping[Role, bool | str] = Field(default_factory=dict)


class Choice(Asked):
    kind: Literal["choice"]
    id: Id
    options: tuple[Option, ...] = Field(min_length=2, max_length=6)

    def open(self, known: Facts) -> tuple[Option, ...]:
        """The options that are offered."""
        return tuple(option for option in self.options if holds(option.when, known))

    def implied(self, value: Value) -> Mapping[Role, bool | str]:
        """What that answer says about other questions."""
        return next((option.implies for option in self.options if option.id == value), {})

    def rules(self) -> tuple[tuple[Rule, tuple[str | int, ...]], ...]:
        return super().rules() + tuple(
            (option.when, ("options", index, "when"))
            for index, option in enumerate(self.options)
            if option.when is not None
        )

    def takes(self, value: Value, known: Facts) -> bool:
        return any(option.id == value for option in self.open(known))

    def read_tidy(self, raw: str, known: Facts) -> Read | Problem:
        return Read(raw) if self.takes(raw, known) else Problem("choose_one")

    def words_of(self, value: str | int | bool) -> Text:
        return Text(f"{self.key}.option.{value}")

    def choices(self, value: Value, known: Facts) -> tuple[PromptChoice, ...]:
        return tuple(
            PromptChoice(one.id, self.words_of(one.id), one.icon, value == one.id)
            for one in self.open(known)
        )
