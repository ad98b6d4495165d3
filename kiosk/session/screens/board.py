"""Writing with a member of staff."""

from __future__ import annotations

from kiosk.flow.prompt import Prompt
from kiosk.session.events import Close
from kiosk.session.screens.screen import Screen, only, option, prompt_of
from kiosk.session.state import State
from kiosk.session.world import World


def _prompt(state: State, world: World) -> Prompt:
    return prompt_of("board", (option("board", "close", "back"),), icon="edit-note")


SCREEN = Screen(
    "board",
    "/board",
    _prompt,
    only({"close": Close()}),
    template="board",
    with_person=True,
)
