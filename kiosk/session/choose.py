"""From what was pressed on a screen to events: one entry a screen, one a kind of step."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kiosk.flow.events import (
    Answer,
    Cancel,
    Change,
    Choose,
    Confirm,
    DontKnow,
    More,
    Next,
    OpenMenu,
)
from kiosk.flow.prompt import Prompt
from kiosk.session.events import (
    AnyEvent,
    AskSurvey,
    CallHelp,
    Close,
    End,
    HangUp,
    NoHelp,
    Open,
    Put,
    Rate,
    Retry,
    Ring,
    Start,
    Stay,
)
from kiosk.session.screens import SURVEY_SCORES, screen_of
from kiosk.session.state import State
from kiosk.session.switches import PRESETS, TOGGLES

#: What stands for "I don't know" among a step's values.
UNKNOWN = "unknown"
#: Before a step's id: change that answer.
CHANGE = "change:"


def events_for(state: State, prompt: Prompt, step: str, value: str) -> tuple[AnyEvent, ...]:
    """The events that `value`, sent from the page of `step`, stands for.

    Empty where it stands for nothing: an old page, a forged form.
    """
    screen = screen_of(state)
    if screen == "task":
        return _task_events(prompt, step, value)
    return SCREENS[screen](state, value) if step == screen else ()


def _task_events(prompt: Prompt, step: str, value: str) -> tuple[AnyEvent, ...]:
    if value.startswith(CHANGE):
        return (Change(value.removeprefix(CHANGE)),)
    if value == UNKNOWN:
        return (DontKnow(step),)
    if step == prompt.step and prompt.kind in KINDS:
        return KINDS[prompt.kind](step, value)
    return (Answer(step, value),)


KINDS: Mapping[str, Callable[[str, str], tuple[AnyEvent, ...]]] = {
    "notice": lambda step, value: (Next(step),),
    "review": lambda step, value: (Confirm(),) if value == "confirm" else (),
    "done": lambda step, value: (More(another=value == "yes"),) if value in ("yes", "no") else (),
}


Events = tuple[AnyEvent, ...]


def _toggle(state: State, name: str) -> Events:
    return (Put(name, "off" if getattr(state.switches, name) else "on"),)


def _only(events: Mapping[str, AnyEvent]) -> Callable[[State, str], Events]:
    """Values that each stand for one event, whatever the state."""

    def chosen(state: State, value: str) -> Events:
        return (events[value],) if value in events else ()

    return chosen


def _switch(name: str) -> Callable[[State, str], Events]:
    """A page of one switch: every value sets it; "done" goes back to the settings."""

    def chosen(state: State, value: str) -> Events:
        return (Open("settings"),) if value == "done" else (Put(name, value),)

    return chosen


def _attract(state: State, value: str) -> Events:
    """One of the four ways, or ``language:`` and a language."""
    name, _, language = value.partition(":")
    if name == "language":
        return (Put("language", language),)
    return (Start(value),) if value in PRESETS else ()


def _menu(state: State, value: str) -> Events:
    return (More(another=False),) if value == "finish" else (OpenMenu(value),)


def _settings(state: State, value: str) -> Events:
    if value == "low_reach":
        return _toggle(state, value)
    return _SETTINGS(state, value)


def _modes(state: State, value: str) -> Events:
    if value == "done":
        return (Open("settings"),)
    return _toggle(state, value) if value in TOGGLES else ()


def _leave(state: State, value: str) -> Events:
    if value != "yes":
        return (Close(),)
    in_task = state.place == "visit" and state.visit.task is not None
    return (Close(), Cancel()) if in_task else (End(),)


_SETTINGS = _only(
    {
        "settings_text_size": Open("settings_text_size"),
        "settings_theme": Open("settings_theme"),
        "settings_language": Open("settings_language"),
        "settings_modes": Open("settings_modes"),
        "keys": Open("keys"),
    }
)

_HELP = _only(
    {
        "close": Close(),
        "settings": Open("settings"),
        "keys": Open("keys"),
        "person": CallHelp("person"),
        "leave": Open("leave"),
    }
)


def _help(state: State, value: str) -> Events:
    return _toggle(state, value) if value == "aloud" else _HELP(state, value)


SCREENS: Mapping[str, Callable[[State, str], Events]] = {
    "attract": _attract,
    "menu": _menu,
    "group": lambda state, value: (Choose(value),),
    "saved": _only({"retry": Retry()}),
    "ticket": _only({"stay": Stay(), "survey": AskSurvey(), "end": End()}),
    "survey": _only({"skip": Rate(None), **{str(n): Rate(n) for n in SURVEY_SCORES}}),
    "thanks": _only({"end": End()}),
    "help": _help,
    "keys": _only({"close": Close()}),
    "person": _only(
        {
            "close": Close(),
            "emergency": CallHelp("emergency"),
            "officer": Ring(),
            "board": Open("board"),
            "no_help": NoHelp(),
        }
    ),
    "call": _only({"hang_up": HangUp(), "close": Close(), "again": Ring(), "board": Open("board")}),
    "board": _only({"close": Close()}),
    "leave": _leave,
    "idle": lambda state, value: (Close(),),
    "settings": _settings,
    "settings_text_size": _switch("text_size"),
    "settings_theme": _switch("theme"),
    "settings_language": _switch("language"),
    "settings_modes": _modes,
}
