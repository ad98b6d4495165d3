"""What taking the number along does to a visit. Pure."""

from __future__ import annotations

from dataclasses import replace

from kiosk.flow.events import Draft
from kiosk.session.events import Fetch, LookAfter, Mistyped, TakeSheet, TakeText
from kiosk.session.ports import TicketStatus
from kiosk.session.state import State
from kiosk.session.taking import asked_as
from kiosk.session.world import World

#: States of a ticket in which there is still something to wait for.
WAITS = frozenset({"unread", "waiting", "seen", "coming", "held"})
#: The pages that are laid over the waiting page for this.
PAGES = frozenset({"take", "taking", "take_text", "take_card", "take_fetch"})
#: Beyond so many characters nothing of what is typed is kept.
_LONGEST = 40


def took(state: State, event: TakeSheet, world: World) -> State:
    return _shown(state, event.way, event.turn)


def texted(state: State, event: TakeText, world: World) -> State:
    return replace(_shown(state, "phone", event.turn), text_to=event.phone)


def looked_after(state: State, event: LookAfter, world: World) -> State:
    return _laid(state, "taking", taking=event.way)


def mistyped(state: State, event: Mistyped, world: World) -> State:
    """What was typed stays, with what is wrong with it."""
    return replace(state, text_draft=event.text[:_LONGEST], text_problem=event.problem)


def drafted(state: State, event: Draft) -> State:
    return replace(state, text_draft=event.text[:_LONGEST], text_problem=None)


def fetched(state: State, event: Fetch, world: World) -> State:
    if state.place != "ticket":
        return state
    return replace(_laid(state, "take_fetch" if event.wanted else "take"), fetch=event.wanted)


def called(state: State, ticket: TicketStatus | None) -> State:
    """Whoever is called sees it: nothing of this lies over the waiting page then."""
    if state.overlay not in PAGES or ticket is None or ticket.state in WAITS:
        return state
    return _laid(state, None)


def _shown(state: State, way: str, turn: int) -> State:
    if state.place != "ticket":
        return state
    name = asked_as(way, turn)
    taken = state.taken if name in state.taken else (*state.taken, name)
    return _laid(replace(state, taken=taken), "taking", taking=way)


def _laid(state: State, overlay: str | None, taking: str | None = None) -> State:
    return replace(
        state,
        overlay=overlay,
        taking=taking or state.taking,
        text_draft="",
        text_problem=None,
        cursor=-1,
        notice=None,
    )
