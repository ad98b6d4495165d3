"""How the customer wants to be called."""

from __future__ import annotations

from kiosk.flow.prompt import Prompt
from kiosk.session.events import BeCalled, Close, Submit
from kiosk.session.numbers import CallBy
from kiosk.session.screens.screen import Events, Screen, option, prompt_of
from kiosk.session.state import State
from kiosk.session.world import World

#: Each way, with its picture.
ICONS: dict[CallBy, str] = {
    "voice": "volume-up",
    "screen": "visibility",
    "fetch": "handshake",
    "message": "edit-note",
}


def _prompt(state: State, world: World) -> Prompt:
    now = world.ticket.call_by if world.ticket else None
    ways = tuple(
        option("called_by", way, icon, selected=way == now)
        for way, icon in ICONS.items()
        if way in world.calls and (way != "message" or _takes_texts(world))
    )
    return prompt_of("called_by", (*ways, option("called_by", "close", "check")), icon="campaign")


def _takes_texts(world: World) -> bool:
    """Whoever left no telephone can't be texted."""
    return world.holding is not None and world.holding.texts


def _choose(state: State, prompt: Prompt, sent: Submit) -> Events:
    way = next((one for one in ICONS if one == sent.value), None)
    return (Close(),) if way is None else (BeCalled(way),)


SCREEN = Screen("called_by", "/ticket/how", _prompt, _choose)
