"""The base of everything a branch writes in YAML: immutable, and strict about names."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from kiosk.flow.rules import Rule, parse_rule

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
RuleField = Annotated[Rule, BeforeValidator(parse_rule)]


class Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
