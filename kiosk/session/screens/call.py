"""The video call to an officer who signs."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.flow.prompt import Prompt
from kiosk.flow.text import Said, Slot
from kiosk.session.booked import booked_call, may_book, said
from kiosk.session.events import Close, HangUp, Open, Ring
from kiosk.session.screens.screen import Screen, only, option, prompt_of
from kiosk.session.state import State
from kiosk.session.world import World

_CLOSE, _AGAIN, _BOARD = ("close", "back"), ("again", "videocam"), ("board", "edit-note")
_HANG_UP, _BOOK, _OTHER = ("hang_up", "call-end"), ("book", "event"), ("rebook", "event")
_BUSY = (_CLOSE, _BOOK, _BOARD, _AGAIN)
#: What may be pressed beside the picture, by how the call stands.
_CHOICES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "ringing": (_HANG_UP,),
    "connected": (_HANG_UP,),
    "over": (_CLOSE, _AGAIN, _BOARD),
    "away": (_CLOSE, _BOOK, _BOARD, _AGAIN),
    "busy": _BUSY,
    "busy_minutes": _BUSY,
    "free": (_AGAIN, _CLOSE, _BOARD),
    "booked": (_CLOSE, _OTHER, _BOARD, _AGAIN),
    "closed": (_CLOSE, _BOOK, _AGAIN),
}
#: What can be pressed only while a time can be had.
_TIMES = frozenset({_BOOK, _OTHER})


def _prompt(state: State, world: World) -> Prompt:
    phase = _phase(state, world)
    choices = tuple(
        option("call", *one)
        for one in _CHOICES[phase]
        if one not in _TIMES or may_book(state, world)
    )
    params = _params(phase, state, world)
    return prompt_of("call", choices, phase=phase, params=params, icon="sign-language")


def _phase(state: State, world: World) -> str:
    phase = world.call_state or ("away" if state.officer_wanted else "over")
    if phase not in ("away", "busy"):
        return phase
    if booked_call(state, world) is not None:
        return "booked"
    if phase == "busy":
        measured = world.call_wait is not None and world.call_wait.minutes is not None
        return "busy_minutes" if measured else "busy"
    return phase if world.attended else "closed"


def _params(phase: str, state: State, world: World) -> Mapping[str, Said]:
    slot, wait = booked_call(state, world), world.call_wait
    if phase == "booked" and slot is not None:
        return {"call": said(slot, world.today)}
    if wait is None:
        return {}
    return {"ahead": Slot("count", wait.ahead), "minutes": Slot("count", wait.minutes or 1)}


SCREEN = Screen(
    "call",
    "/call",
    _prompt,
    only(
        {
            "hang_up": HangUp(),
            "close": Close(),
            "again": Ring(),
            "board": Open("board"),
            "book": Open("book_call"),
            "rebook": Open("book_call"),
        }
    ),
    phases=tuple(_CHOICES),
    template="call",
    in_place=True,
    with_person=True,
)
