"""A person was called: how that stands, and other ways to reach one."""

from __future__ import annotations

from kiosk.flow.prompt import Prompt
from kiosk.session.events import CallHelp, Close, NoHelp, Open, Ring
from kiosk.session.screens import hours
from kiosk.session.screens.screen import Screen, only, option, prompt_of
from kiosk.session.state import State
from kiosk.session.world import World

#: The call didn't go out, nobody is there to hear it, or how far it is.
PHASES = ("failed", "closed", "raised", "seen", "coming")


def _prompt(state: State, world: World) -> Prompt:
    officer = (option("person", "officer", "sign-language"),) if state.switches.sign else ()
    no_help = (option("person", "no_help", "close"),) if world.help_state is not None else ()
    choices = (
        option("person", "close", "back"),
        option("person", "emergency", "e911-emergency"),
        *officer,
        option("person", "board", "edit-note"),
        *no_help,
    )
    phase = world.help_state or "failed"
    if not world.attended and phase in ("failed", "raised"):
        phase = "closed"
    params = hours.closed(world) if phase == "closed" else None
    return prompt_of("person", choices, phase=phase, params=params, icon="person-raised-hand")


SCREEN = Screen(
    "person",
    "/person",
    _prompt,
    only(
        {
            "close": Close(),
            "emergency": CallHelp("emergency"),
            "officer": Ring(),
            "board": Open("board"),
            "no_help": NoHelp(),
        }
    ),
    phases=PHASES,
)
