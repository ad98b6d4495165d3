"""A time for a call in sign, where no officer is free now."""

from __future__ import annotations

from kiosk.flow.prompt import Prompt, PromptChoice
from kiosk.session.booked import TAKEN, said
from kiosk.session.call_events import BookCall
from kiosk.session.events import Open, Submit, Tell
from kiosk.session.screens.screen import Events, Screen, option, prompt_of
from kiosk.session.state import State
from kiosk.session.world import World
from kiosk.sign_slots import slot_of

#: The times that are free; none is; the desk can't say which are.
PHASES = ("", "none", "unread")


def _prompt(state: State, world: World) -> Prompt:
    phase = "unread" if world.slots is None else "" if world.slots else "none"
    times = tuple(
        PromptChoice(one.id, said(one, world.today), "event") for one in world.slots or ()
    )
    back = option("book_call", "close", "back")
    return prompt_of("book_call", (*times, back), phase=phase, icon="event")


def _choose(state: State, prompt: Prompt, sent: Submit) -> Events:
    if sent.value == "close":
        return (Open("call"),)
    try:
        slot = slot_of(sent.value)
    except ValueError:
        return ()
    # The page may be older than what somebody else has booked since.
    is_free = slot.id in {choice.value for choice in prompt.choices}
    return (BookCall(slot),) if is_free else (Tell(TAKEN),)


SCREEN = Screen("book_call", "/call/book", _prompt, _choose, parent="call", phases=PHASES)
