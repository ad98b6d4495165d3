"""A step of a service: the prompt is the flow's, and so are its words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from kiosk.flow import prompt as prompts
from kiosk.flow import visit as visits
from kiosk.flow.engine import Task
from kiosk.flow.events import Answer, Change, Confirm, DontKnow, More, Next
from kiosk.flow.model import Catalog
from kiosk.flow.prompt import Prompt
from kiosk.session.events import Submit
from kiosk.session.screens.screen import Events, Screen
from kiosk.session.state import State
from kiosk.session.world import World

#: What stands for "I don't know" among a step's values.
UNKNOWN = "unknown"
#: Before a step's id: change that answer.
CHANGE = "change:"


def prompt(state: State, world: World) -> Prompt:
    task = state.visit.task
    if task is None:
        raise ValueError("the screen 'task' needs a task")
    course = visits.course_of(task, world.catalog, world.facts(state.switches))
    found = prompts.prompt(task, course)
    closing = task.service == world.catalog.closing.id
    # Back from the first question is the menu; from a matter that is noted there is no back.
    return replace(found, can_back=found.kind != "done", left=None if closing else found.left)


def _choose(state: State, prompt: Prompt, sent: Submit) -> Events:
    if sent.value.startswith(CHANGE):
        return (Change(sent.value.removeprefix(CHANGE)),)
    if sent.value == UNKNOWN:
        return (DontKnow(sent.step),)
    if sent.step == prompt.step and prompt.kind in KINDS:
        return KINDS[prompt.kind](sent)
    return (Answer(sent.step, sent.value),)


def _more(sent: Submit) -> Events:
    return (More(another=sent.value == "yes"),) if sent.value in ("yes", "no") else ()


#: Kinds of step whose values are no answers.
KINDS: Mapping[str, Callable[[Submit], Events]] = {
    "notice": lambda sent: (Next(sent.step),),
    "review": lambda sent: (Confirm(),) if sent.value == "confirm" else (),
    "done": _more,
}


def _here(state: State) -> bool:
    return state.visit.stage != "menu"


def _parts(state: State) -> Mapping[str, str]:
    task = state.visit.task
    return {"service": task.service, "step": task.at} if task else {}


def _met(state: State, catalog: Catalog, parts: Mapping[str, str]) -> bool:
    tasks = [*state.visit.confirmed, *([state.visit.task] if state.visit.task else [])]
    return any(
        task.service == parts["service"] and parts["step"] in _stood_on(task) for task in tasks
    )


def _stood_on(task: Task) -> set[str]:
    """The steps of a task that the customer has stood on."""
    ends = {"review", "done"} if task.confirmed else set()
    return {*task.answers, task.at, *ends}


SCREEN = Screen(
    "task",
    "/visit/{service}/{step}",
    prompt,
    _choose,
    place="visit",
    here=_here,
    phases=(),
    parts=_parts,
    met=_met,
    template="task",
)
