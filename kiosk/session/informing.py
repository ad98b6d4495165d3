"""What is asked, why, who sees it and how long it is kept: told before the first personal answer.

It stands on that question's own page and is said first, once a visit, so it is no press more. Pure.
"""

from __future__ import annotations

from dataclasses import replace

from kiosk.flow.prompt import Prompt
from kiosk.flow.text import Slot, Text
from kiosk.session.state import State
from kiosk.session.world import World


def informed(state: State, world: World) -> State:
    """Where the first personal question is met, it is the one that tells."""
    if state.informed is not None:
        return state
    here = _question(state, world)
    return state if here is None else replace(state, informed=here)


def informing(prompt: Prompt, state: State, world: World) -> Prompt:
    """The prompt with what is told before it, where this is its question."""
    if state.informed is None or state.informed != f"{prompt.service}/{prompt.step}":
        return prompt
    days = {"days": Slot("count", world.keep_days)}
    return replace(prompt, first=Text("common.privacy", days))


def _question(state: State, world: World) -> str | None:
    """The personal question that the customer stands at, if it is one."""
    task = state.visit.task
    if state.place != "visit" or task is None:
        return None
    way = world.courses(state.switches).of(task.service).way(task.answers)
    return f"{task.service}/{task.at}" if way.step(task.at).is_personal else None
