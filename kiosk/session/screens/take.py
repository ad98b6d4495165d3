"""How the number goes along: on a sheet, to a telephone, by eye and ear, or staff come."""

from __future__ import annotations

from kiosk.flow.prompt import Prompt
from kiosk.flow.text import Slot
from kiosk.session.events import Fetch, LookAfter, Open, Submit, TakeSheet, TakeText
from kiosk.session.screens.screen import Events, Screen, option, prompt_of
from kiosk.session.state import State
from kiosk.session.taking import asked_as, phone_of, turns
from kiosk.session.world import World

#: The ways that a branch may have, and those that are everywhere, in their order.
ICONS = {
    "paper": "print",
    "braille": "braille",
    "phone": "sms",
    "card": "confirmation-number",
    "fetch": "handshake",
}
EVERYWHERE = frozenset({"card", "fetch"})


def _prompt(state: State, world: World) -> Prompt:
    offered = world.taking.ways | EVERYWHERE
    choices = tuple(
        option("take", way, icon, selected=_is_taken(way, state, world))
        for way, icon in ICONS.items()
        if way in offered
    )
    params = {"ticket": Slot("ticket", state.ticket_no or "")}
    return prompt_of("take", choices, params=params, icon="confirmation-number")


def _is_taken(way: str, state: State, world: World) -> bool:
    if way == "fetch":
        return state.fetch or (world.ticket is not None and world.ticket.call_by == "fetch")
    return turns(state, way) > 0


def _choose(state: State, prompt: Prompt, sent: Submit) -> Events:
    if sent.value not in {choice.value for choice in prompt.choices}:
        return ()
    if sent.value == "card":
        return (Open("take_card"),)
    if sent.value == "fetch":
        return (Fetch(wanted=True),)
    return _first(state, sent.value)


def _first(state: State, way: str) -> Events:
    """Once a visit; what was taken before is shown, and only there it is asked for again."""
    if asked_as(way, 1) in state.taken:
        return (LookAfter(way),)
    if way != "phone":
        return (TakeSheet(way, 1),)
    phone = phone_of(state)
    return (Open("take_text"),) if phone is None else (TakeText(1, phone),)


SCREEN = Screen("take", "/take", _prompt, _choose)
