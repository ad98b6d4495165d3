"""The video call to an officer who signs."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.flow.prompt import Prompt
from kiosk.session.events import Close, HangUp, Open, Ring
from kiosk.session.screens.screen import Screen, only, option, prompt_of
from kiosk.session.state import State
from kiosk.session.world import World

_CLOSE, _AGAIN, _BOARD = ("close", "back"), ("again", "videocam"), ("board", "edit-note")
_HANG_UP = ("hang_up", "call-end")
#: What may be pressed beside the picture, by how the call stands.
_CHOICES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "ringing": (_HANG_UP,),
    "connected": (_HANG_UP,),
    "over": (_CLOSE, _AGAIN, _BOARD),
    "away": (_CLOSE, _BOARD, _AGAIN),
    "closed": (_CLOSE, _AGAIN),
}


def _prompt(state: State, world: World) -> Prompt:
    phase = world.call_state or ("away" if state.officer_wanted else "over")
    if phase == "away" and not world.attended:
        phase = "closed"
    choices = tuple(option("call", value, icon) for value, icon in _CHOICES[phase])
    return prompt_of("call", choices, phase=phase, icon="sign-language")


SCREEN = Screen(
    "call",
    "/call",
    _prompt,
    only({"hang_up": HangUp(), "close": Close(), "again": Ring(), "board": Open("board")}),
    phases=tuple(_CHOICES),
    template="call",
    in_place=True,
    with_person=True,
)
