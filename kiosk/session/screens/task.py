"""A step of a service: the prompt is the flow's, and so are its words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from kiosk.flow import asking
from kiosk.flow.events import Answer, Change, Confirm, DontKnow, Enough, More, Next
from kiosk.flow.kinds.documents import Documents
from kiosk.flow.kinds.notice import ENOUGH
from kiosk.flow.matter import Matter
from kiosk.flow.model import Catalog
from kiosk.flow.prompt import Prompt
from kiosk.session.events import Submit
from kiosk.session.informing import informing
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
    found = asking.prompt(task, world.courses(state.switches).of(task.service))
    if not world.attended and any(choice.value == ENOUGH for choice in found.choices):
        found = _alone(found)
    # Back from the first question is the menu; from a matter that is noted there is no back.
    return informing(replace(found, can_back=found.kind != "done"), state, world)


def _alone(found: Prompt) -> Prompt:
    """Nobody is there to be waited for, as is told above: other words, and only the way on."""
    onward = tuple(choice for choice in found.choices if choice.value != ENOUGH)
    return replace(found, key=f"{found.key}.alone", choices=onward)


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


#: From the read-back: to the question for more, or past it.
REVIEWED: Mapping[str, Events] = {
    "confirm": (Confirm(),),
    "finish": (Confirm(), More(another=False)),
}
#: Kinds of step whose values are no answers.
KINDS: Mapping[str, Callable[[Submit], Events]] = {
    "notice": lambda sent: (Enough(sent.step),) if sent.value == ENOUGH else (Next(sent.step),),
    "review": lambda sent: REVIEWED.get(sent.value, ()),
    "done": _more,
}


def _here(state: State) -> bool:
    return state.visit.stage != "menu"


def _parts(state: State) -> Mapping[str, str]:
    task = state.visit.task
    return {"service": task.service, "step": task.at} if task else {}


def _met(state: State, catalog: Catalog, parts: Mapping[str, str]) -> bool:
    task, service, step = state.visit.task, parts["service"], parts["step"]
    if task is not None and task.service == service and step in {*task.answers, task.at}:
        return True
    return any(
        matter.service == service and step in _may_have_been_met(matter, catalog)
        for matter in state.visit.confirmed
    )


def _may_have_been_met(matter: Matter, catalog: Catalog) -> set[str]:
    """The steps of a confirmed matter; which notices led through it isn't kept."""
    steps = catalog.service(matter.service).steps
    together = (step.together_id for step in steps if isinstance(step, Documents))
    return {*(step.id for step in steps), *together, *(told.step for told in matter.told)}


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
