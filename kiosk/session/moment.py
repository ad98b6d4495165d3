"""What the customer meets at one time, as every companion of a session looks at it."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.flow.prompt import Prompt
from kiosk.session.screens import World, screen_of
from kiosk.session.state import State


@dataclass(frozen=True, slots=True)
class Moment:
    state: State
    world: World
    prompt: Prompt

    @property
    def place(self) -> tuple[str, ...]:
        """Where this is; another place is told from the start."""
        task = self.state.visit.task
        at = (task.service, task.at) if task else ()
        return (screen_of(self.state), self.prompt.key, *at)
