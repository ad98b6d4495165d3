"""The four digits that show whose a number is: the same question whether the number is known."""

from __future__ import annotations

from dataclasses import replace

from kiosk.flow.prompt import Entry, Prompt
from kiosk.flow.text import Text
from kiosk.session.events import Prove, Submit
from kiosk.session.finding import PROOF
from kiosk.session.screens.number import lookup_of
from kiosk.session.screens.screen import Events, Screen, prompt_of
from kiosk.session.state import State
from kiosk.session.world import World


def _prompt(state: State, world: World) -> Prompt:
    lookup = lookup_of(state)
    entry = Entry("last4", lookup.draft, PROOF, private=True)
    problem = Text(f"screen.number.problem.{lookup.problem}") if lookup.problem else None
    shown = prompt_of("proof", icon="lock")
    return replace(shown, kind="digits", entry=entry, problem=problem)


def _choose(state: State, prompt: Prompt, sent: Submit) -> Events:
    return (Prove(sent.value),)


def _here(state: State) -> bool:
    lookup = lookup_of(state)
    return lookup.number is not None and not lookup.asking and not lookup.found


SCREEN = Screen(
    "proof", "/number/digits", _prompt, _choose, place="number", here=_here, template="entry"
)
