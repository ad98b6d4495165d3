"""The telephone that the number is sent to."""

from __future__ import annotations

from kiosk.flow.kinds.digits import FIELDS, read_digits
from kiosk.flow.prompt import Entry, Prompt
from kiosk.flow.text import Text
from kiosk.flow.values import Problem, tidy
from kiosk.session.events import Mistyped, Submit, TakeText
from kiosk.session.screens.screen import Events, Screen, prompt_of
from kiosk.session.state import State
from kiosk.session.taking import is_mobile, turns
from kiosk.session.world import World

NAME = "take_text"


def _prompt(state: State, world: World) -> Prompt:
    entry = Entry("phone", state.text_draft, FIELDS["phone"].longest, private=True)
    return prompt_of(NAME, icon="sms", entry=entry, problem=state.text_problem)


def _choose(state: State, prompt: Prompt, sent: Submit) -> Events:
    found = read_digits("phone", tidy(sent.value))
    if isinstance(found, Problem):
        empty = found.code == "phone_empty"
        return (Mistyped(sent.value, Text(f"screen.{NAME}.empty") if empty else found.text),)
    phone = str(found.value)
    if not is_mobile(phone):
        return (Mistyped(sent.value, Text(f"screen.{NAME}.landline")),)
    return (TakeText(turns(state, "phone") + 1, phone),)


SCREEN = Screen(NAME, "/take/text", _prompt, _choose, parent="take", template="task")
