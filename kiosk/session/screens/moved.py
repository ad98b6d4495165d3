"""The wait goes on in the lobby: the kiosk is for the next. The place in the queue stays."""

from __future__ import annotations

from kiosk.flow.prompt import Prompt
from kiosk.flow.text import Said, Slot, Text
from kiosk.session.events import End, StayOn
from kiosk.session.screens.screen import Screen, only, option, prompt_of
from kiosk.session.state import State
from kiosk.session.world import World

#: Whether somebody who is still here may wait on.
PHASES = ("may", "now")


def _prompt(state: State, world: World) -> Prompt:
    way = world.ticket.call_by if world.ticket else None
    stay = (option("moved", "stay", "chair"),) if world.may_stay else ()
    params: dict[str, Said] = {
        "ticket": Slot("ticket", state.ticket_no or ""),
        "how": Text(f"screen.moved.how.{way or 'any'}"),
    }
    return prompt_of(
        "moved",
        (*stay, option("moved", "end", "logout")),
        phase="may" if world.may_stay else "now",
        params=params,
        icon="chair",
        can_back=False,
    )


SCREEN = Screen(
    "moved",
    "/ticket/moved",
    _prompt,
    only({"stay": StayOn(), "end": End()}),
    place="moved",
    phases=PHASES,
)
