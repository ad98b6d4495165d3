"""Somebody has a number already: its digits. The letter needn't be typed, for a keypad has none."""

from __future__ import annotations

from dataclasses import replace

from kiosk.flow.prompt import Entry, Prompt
from kiosk.flow.text import Text
from kiosk.session.events import GiveNumber, Submit
from kiosk.session.finding import LONGEST_NUMBER
from kiosk.session.screens.screen import Events, Screen, prompt_of
from kiosk.session.state import Lookup, State
from kiosk.session.world import World


def lookup_of(state: State) -> Lookup:
    return state.lookup or Lookup()


def _prompt(state: State, world: World) -> Prompt:
    lookup = lookup_of(state)
    entry = Entry("number", lookup.draft, LONGEST_NUMBER, private=False)
    problem = Text(f"screen.number.problem.{lookup.problem}") if lookup.problem else None
    shown = prompt_of("number", icon="ticket")
    return replace(shown, kind="digits", entry=entry, problem=problem)


def _choose(state: State, prompt: Prompt, sent: Submit) -> Events:
    return (GiveNumber(sent.value),)


def _here(state: State) -> bool:
    lookup = lookup_of(state)
    return lookup.number is None and not lookup.closed


SCREEN = Screen("number", "/number", _prompt, _choose, place="number", here=_here, template="entry")
