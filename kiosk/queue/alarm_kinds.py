"""The kinds of alarm as data: their order, when they grow more urgent, and how they sound."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from importlib.resources import files
from typing import Annotated, Literal, get_args

import yaml
from pydantic import BaseModel, ConfigDict, Field, RootModel, model_validator

AlarmKind = Literal["medical", "emergency", "fraud_now", "person", "companion", "officer"]

Seconds = Annotated[int, Field(ge=1, le=3600)]
#: Hertz (0 is a rest) and milliseconds.
Note = tuple[Annotated[int, Field(ge=0, le=4000)], Annotated[int, Field(ge=20, le=2000)]]


class Kind(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    #: Without an answer for so long, it goes one level up.
    escalate: tuple[Seconds, Seconds]
    repeat: Seconds
    sound: tuple[Note, ...] = Field(min_length=1)

    @property
    def tones(self) -> str:
        """Its sound as a page's script takes it: `hertz:milliseconds` one after another."""
        return " ".join(f"{hertz}:{length}" for hertz, length in self.sound)

    @property
    def limits(self) -> tuple[timedelta, ...]:
        return tuple(timedelta(seconds=one) for one in self.escalate)

    def level(self, waited: timedelta) -> int:
        """How many of its limits have passed."""
        return sum(waited >= limit for limit in self.limits)


class Kinds(RootModel[dict[AlarmKind, Kind]]):
    """All of them, in their order."""

    @model_validator(mode="after")
    def _each_is_there_and_sounds_by_itself(self) -> Kinds:
        missing = set(get_args(AlarmKind)) - self.root.keys()
        if missing:
            raise ValueError(f"no alarm of kind {', '.join(sorted(missing))}; give it its own")
        if len({one.sound for one in self.root.values()}) != len(self.root):
            raise ValueError("two kinds of alarm sound alike; give each a sound of its own")
        return self


@cache
def alarm_kinds() -> Mapping[AlarmKind, Kind]:
    """The packaged table, the most urgent first. Raises `pydantic.ValidationError`."""
    source = files("kiosk.queue") / "alarms.yaml"
    return Kinds.model_validate(yaml.safe_load(source.read_text(encoding="utf-8"))).root


def rank(kind: AlarmKind) -> int:
    """Its place in the order, the most urgent 0."""
    return list(alarm_kinds()).index(kind)
