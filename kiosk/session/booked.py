"""How a booked call in sign is said: its day and time, and the officer. Pure."""

from __future__ import annotations

from datetime import date

from kiosk.flow.text import Slot, Text
from kiosk.session.state import State
from kiosk.session.world import World
from kiosk.sign_slots import SignSlot

#: Somebody else was quicker.
TAKEN = Text("notice.call.taken")


def booked_call(state: State, world: World) -> SignSlot | None:
    """The call that is booked: as the desk says it, once there is a ticket."""
    return state.sign_call if world.ticket is None else world.ticket.sign_call


def may_book(state: State, world: World) -> bool:
    """Whether a time can be booked now. Before a visit there is nothing that it could be of."""
    return state.request_id is not None and bool(world.slots)


def said(slot: SignSlot, today: str) -> Text:
    """When and with whom, as one says it on the day `today` (ISO)."""
    days = (date.fromisoformat(slot.day) - date.fromisoformat(today)).days
    near = {0: "today", 1: "tomorrow"}
    return _said(slot, near.get(days, "day"))


def later(slot: SignSlot) -> Text:
    """When and with whom, as it stays true from day to day."""
    return _said(slot, "day")


def written(slot: SignSlot, key: str) -> Text:
    """A sentence that says it for later."""
    return Text(key, {"call": later(slot)})


def _said(slot: SignSlot, when: str) -> Text:
    params = {"time": Slot("time", slot.clock), "officer": Slot("free", slot.officer)}
    day = {"day": Slot("date", slot.day)} if when == "day" else {}
    return Text(f"call.booked.{when}", {**day, **params})
