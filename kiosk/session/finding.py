"""Somebody who has a number: from its digits to the ticket. Pure.

A number that isn't there and digits that don't go with it look alike, so that trying teaches
nothing about others' numbers.
"""

from __future__ import annotations

from dataclasses import replace
from string import ascii_letters
from typing import Any

from kiosk.flow.values import tidy
from kiosk.session.events import AskNumber, GiveNumber, Prove, Searched, Take
from kiosk.session.numbers import Found, Search
from kiosk.session.state import Lookup, State
from kiosk.session.world import World

#: A number that was wrong so often is a person's matter.
MOST_WRONG = 3
#: Digits of a number, and of what shows whose it is.
LONGEST_NUMBER, PROOF = 4, 4


def asked(state: State, event: AskNumber, world: World) -> State:
    """On to the number, from where nothing would be lost."""
    begun = state.place == "visit" and (state.visit.confirmed or state.visit.task)
    if state.place not in ("attract", "visit") or begun:
        return state
    return replace(state, place="number", lookup=Lookup(), overlay=None, cursor=-1, notice=None)


def drafted(state: State, text: str) -> State:
    """What stands in the entry, half-typed."""
    lookup = state.lookup
    if lookup is None or lookup.draft == text:
        return state
    return replace(state, lookup=replace(lookup, draft=text), cursor=-1, notice=None)


def given(state: State, event: GiveNumber, world: World) -> State:
    lookup = state.lookup
    if lookup is None or lookup.number is not None:
        return state
    digits = digits_of(event.text)
    if digits is None or len(digits) > LONGEST_NUMBER or not int(digits):
        problem = "form" if event.text.strip() else "empty"
        return _with(state, replace(lookup, draft=event.text[:LONGEST_NUMBER], problem=problem))
    return _with(state, replace(lookup, draft="", number=digits, problem=None))


def proved(state: State, event: Prove, world: World) -> State:
    """The desk is asked, where the digits are four; they aren't kept."""
    lookup = state.lookup
    if lookup is None or lookup.number is None or lookup.asking or lookup.closed:
        return state
    digits = digits_of(event.text)
    if digits is None or len(digits) != PROOF:
        return _with(state, replace(lookup, draft="", problem="digits"))
    return _with(state, replace(lookup, draft="", problem=None, asking=True))


def searched(state: State, event: Searched, world: World) -> State:
    lookup = state.lookup
    if lookup is None or not lookup.asking:
        return state
    search = event.search
    if search is None:
        return _with(state, _again(lookup, "away"))
    if len(search.tickets) == 1:
        return _with_ticket(state, search.tickets[0])
    if search.tickets:
        return _with(state, replace(lookup, asking=False, found=search.tickets))
    return _with(state, _wrong(lookup, search))


def taken(state: State, event: Take, world: World) -> State:
    found = state.lookup.found if state.lookup else ()
    one = next((one for one in found if one.ticket_id == event.ticket_id), None)
    return state if one is None else _with_ticket(state, one)


def back(state: State) -> State:
    """To the number from its digits; from there to where the customer came from."""
    lookup = state.lookup
    if lookup is not None and lookup.number is not None:
        return _with(state, replace(_again(lookup, None), found=()))
    begun = replace(state, place="visit", lookup=None, cursor=-1, notice=None)
    return begun if state.presets else replace(begun, place="attract")


def resumed(state: State) -> State:
    """After a restart nobody is asked any more: the digits are asked again."""
    lookup = state.lookup
    if lookup is None or not lookup.asking:
        return state
    return replace(state, lookup=replace(lookup, asking=False))


def digits_of(text: str) -> str | None:
    """What was typed or said, without the letter before it; None for what is no digits."""
    plain = "".join(tidy(text).split()).lstrip(ascii_letters)
    return plain if plain.isascii() and plain.isdigit() else None


def _wrong(lookup: Lookup, search: Search) -> Lookup:
    wrong = lookup.wrong + 1
    closed = search.refusal == "often" or wrong >= MOST_WRONG
    problem = "wrong" if wrong < MOST_WRONG - 1 else "wrong_last"
    again = _again(lookup, None if closed else problem)
    return replace(again, wrong=wrong, closed=closed)


def _again(lookup: Lookup, problem: str | None) -> Lookup:
    """The number is asked once more; it stands in its entry as it was given."""
    number = lookup.number or ""
    return replace(lookup, draft=number, number=None, asking=False, problem=problem)


def _with(state: State, lookup: Lookup) -> State:
    return replace(state, lookup=lookup, cursor=-1, notice=None)


def _with_ticket(state: State, found: Found) -> State:
    return replace(
        state,
        place="ticket",
        ticket_id=found.ticket_id,
        ticket_no=found.ticket_no,
        returned=True,
        lookup=None,
        cursor=-1,
        notice=None,
    )


#: What each event does.
HANDLERS: dict[type, Any] = {
    AskNumber: asked,
    GiveNumber: given,
    Prove: proved,
    Searched: searched,
    Take: taken,
}
