"""A person was called: how that stands, and other ways to reach one."""

from __future__ import annotations

from kiosk.flow.prompt import Prompt, PromptChoice
from kiosk.session.events import CallHelp, Close, NoHelp, Open, Ring
from kiosk.session.screens import hours
from kiosk.session.screens.screen import Screen, only, option, prompt_of
from kiosk.session.state import State
from kiosk.session.world import World

#: The call didn't go out, nobody is there to hear it, or how far it is.
PHASES = ("failed", "closed", "raised", "seen", "coming")


def _prompt(state: State, world: World) -> Prompt:
    phase = world.help_state or "failed"
    if not world.attended and phase in ("failed", "raised"):
        phase = "closed"
    close = option("person", "close", "back")
    no_help = (option("person", "no_help", "close"),) if world.help_state is not None else ()
    # Where nobody is, no other way reaches anybody either: the numbers on the screen do.
    ways = _ways(state) if phase != "closed" else ()
    params = hours.closed(world) if phase == "closed" else None
    choices = (close, *ways, *no_help)
    return prompt_of("person", choices, phase=phase, params=params, icon="person-raised-hand")


def _ways(state: State) -> tuple[PromptChoice, ...]:
    """Other ways to reach somebody."""
    officer = (option("person", "officer", "sign-language"),) if state.switches.sign else ()
    return (
        option("person", "emergency", "e911-emergency"),
        *officer,
        option("person", "board", "edit-note"),
    )


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
