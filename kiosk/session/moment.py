"""What the customer meets at one time, computed once a change, as every sense looks at it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.flow.prompt import Prompt
from kiosk.session.events import FROM_OUTSIDE, AnyEvent, Press
from kiosk.session.keys import ANYWHERE
from kiosk.session.screens import World, current_prompt, screen_of
from kiosk.session.state import State


@dataclass(frozen=True, slots=True)
class Question:
    """What an answer is an answer to. A form knows only the step; ears and fingers all of it."""

    visit_id: str
    step: str
    place: tuple[str, ...] = ()

    def is_asked(self, now: Moment) -> bool:
        """Whether this is still what the customer is asked."""
        asked = now.question
        return (self.visit_id, self.step) == (asked.visit_id, asked.step) and (
            not self.place or self.place == asked.place
        )


def of_visit(visit_id: str) -> Question:
    """What something is about that means the same on every screen of one visit."""
    return Question(visit_id, "")


@dataclass(frozen=True, slots=True)
class Moment:
    #: Counts every change of what is here.
    version: int
    #: Another for every customer.
    visit_id: str
    state: State
    world: World
    prompt: Prompt
    #: Where this is; another place is told from the start.
    place: tuple[str, ...]

    @classmethod
    def of(cls, version: int, visit_id: str, state: State, world: World) -> Moment:
        """Raises where a state from elsewhere has no screen in this world."""
        prompt = current_prompt(state, world)
        return cls(version, visit_id, state, world, prompt, _place(state, prompt))

    @property
    def question(self) -> Question:
        return Question(self.visit_id, self.prompt.step, self.place)


def _place(state: State, prompt: Prompt) -> tuple[str, ...]:
    task = state.visit.task
    # The same question comes again with the next matter.
    at = (task.service, task.at, str(len(state.visit.confirmed))) if task else ()
    return (screen_of(state), prompt.key, *at)


def counts(event: AnyEvent, about: Question, now: Moment) -> bool:
    """Whether an answer is in time; keys that mean the same everywhere are, in the same visit."""
    if means_the_same(event):
        return about.visit_id == now.visit_id
    return about.is_asked(now)


def means_the_same(event: AnyEvent) -> bool:
    """Whether an event means the same on every screen of a visit."""
    if isinstance(event, Press):
        return event.key in ANYWHERE
    return isinstance(event, FROM_OUTSIDE)


@dataclass(frozen=True, slots=True)
class Post:
    """What everybody is told: the moment, what led to it (None: time, or the world outside), and
    whether the event changed anything."""

    moment: Moment
    cause: AnyEvent | None = None
    changed: bool = True


#: Called with every post, in order. It must not wait: it only puts the post where it is read.
Listener = Callable[[Post], object]
