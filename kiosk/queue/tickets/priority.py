"""Priority from data, without anyone starving.

Waiting raises every ticket at the same pace, so the order of two tickets never changes while they
wait. A weight is therefore a head start in time: a ticket is *due* at its creation minus
weight / raise_per_minute, and the earliest due is served first.

Rule: 急事急办 and 优先通道 (SERVICE-RULES, 2 and 3); the weights are the branch's to edit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from kiosk.queue.tickets.request import Flag, Preset, PriorityGroup, Request

NO_REASON = "none"
LONG_WAIT = "long_wait"


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class When(_Data):
    """Applies if any of it does."""

    flags: tuple[Flag, ...] = ()
    groups: tuple[PriorityGroup, ...] = ()
    presets: tuple[Preset, ...] = ()
    urgent_task: bool = False

    def applies(self, request: Request) -> bool:
        return (
            not {*self.flags}.isdisjoint(request.flags)
            or request.priority_group in self.groups
            or not {*self.presets}.isdisjoint(request.communication.presets)
            or (self.urgent_task and any(task.urgent for task in request.tasks))
        )


class PriorityClass(_Data):
    id: str
    weight: float = Field(ge=0)
    when: When


class Rules(_Data):
    """The whole file; `weight` is in the unit of `raise_per_minute`."""

    raise_per_minute: float = Field(gt=0)
    long_wait_minutes: float = Field(gt=0)
    classes: tuple[PriorityClass, ...]

    @model_validator(mode="after")
    def _classes_have_own_ids(self) -> Rules:
        ids = [one.id for one in self.classes]
        if len({*ids, NO_REASON, LONG_WAIT}) != len(ids) + 2:
            raise ValueError(f"class ids {ids} repeat or are reserved; give each its own")
        return self


@dataclass(frozen=True, slots=True)
class Priority:
    """`rank` is the strongest weight; `reasons` are class ids, the strongest first."""

    rank: float
    reasons: tuple[str, ...]


def load_rules(path: Path | None = None) -> Rules:
    """The packaged rules, or a branch's own file. Raises `pydantic.ValidationError`."""
    source = path or files("kiosk.queue.tickets") / "priority.yaml"
    return Rules.model_validate(yaml.safe_load(source.read_text(encoding="utf-8")))


def score(request: Request, rules: Rules) -> Priority:
    found = [one for one in rules.classes if one.when.applies(request)]
    found.sort(key=lambda one: -one.weight)
    if not found:
        return Priority(0, (NO_REASON,))
    return Priority(found[0].weight, tuple(one.id for one in found))


def due_at(created_at: datetime, rank: float, rules: Rules) -> datetime:
    """The time by which tickets are ordered, the earliest first."""
    return created_at - timedelta(minutes=rank / rules.raise_per_minute)


def shown_reasons(reasons: tuple[str, ...], waited: timedelta, rules: Rules) -> tuple[str, ...]:
    """The stored reasons, with `long_wait` once a ticket has waited that long."""
    if waited < timedelta(minutes=rules.long_wait_minutes):
        return reasons
    return (*(one for one in reasons if one != NO_REASON), LONG_WAIT)
